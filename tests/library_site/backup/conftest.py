"""A small school in a database and a data folder of its own, which backups may destroy."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

import pytest
from psycopg import sql

from library_site.backup.server import Server
from library_site.paths import BASE_DIR

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
ROWS = "SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\")) FROM {} t"
# Constraints without needless brackets: a nested AND comes back flat from a dump.
STRUCTURE = """
    SELECT conname, pg_get_constraintdef(oid, true) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT sequencename, last_value::text FROM pg_sequences WHERE sequencename NOT LIKE 'procrastinate%'
    ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Library:
    server: Server
    folder: Path

    @property
    def uploads(self) -> Path:
        return self.folder / "uploads"

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "DATABASE_URL": self.server.url, "LIBRARY_DATA_DIR": str(self.folder)}
        return subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=BASE_DIR, env=environment, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip

    def done(self, *arguments: str) -> str:
        """What the command printed; it must succeed."""
        process = self.manage(*arguments)
        assert process.returncode == 0, process.stderr
        return process.stdout + process.stderr

    def rows(self) -> dict[str, tuple[int, str]]:
        """Count and checksum of the ordered rows of every table, but of those that live for a moment."""
        with self.server.connect() as connection:
            names = [name for (name,) in connection.execute(TABLES)]
            kept = [name for name in names if name != "django_session" and not name.startswith("procrastinate_")]
            return {name: connection.execute(sql.SQL(ROWS).format(sql.Identifier(name))).fetchone() for name in kept}

    def structure(self) -> list[tuple[str, str]]:
        with self.server.connect() as connection:
            return connection.execute(STRUCTURE).fetchall()

    def databases(self) -> list[str]:
        """Those whose names begin with ours."""
        with self.server.named("postgres").connect() as connection:
            names = [name for (name,) in connection.execute("SELECT datname FROM pg_database")]
        return [name for name in names if name.startswith(self.server.database)]

    def execute(self, statement: str) -> None:
        with self.server.connect() as connection:
            connection.execute(statement)

    def destroy(self) -> None:
        """Empties every table and the folder of uploads."""
        with self.server.connect() as connection:
            names = [sql.Identifier(name) for (name,) in connection.execute(TABLES) if name != "django_migrations"]
            connection.execute("SET library.flush = 'on'")  # what a destroyed disk does not ask for
            connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(names)))
        for path in self.uploads.rglob("*"):
            if path.is_file():
                path.unlink()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    here = Server.current()
    library = Library(here.named(f"backup_{secrets.token_hex(4)}"), tmp_path_factory.mktemp("data"))
    library.server.create(like=here.named("postgres"))
    library.done("migrate", "--no-input")
    library.done("load_demo", "--readers=60", "--copies=150", "--loans=400")
    yield library
    for name in library.databases():
        library.server.named(name).drop()


@pytest.fixture(scope="module")
def made(prepared: Library) -> Path:
    """A backup of the school, made by the command."""
    _fill_uploads(prepared)
    prepared.done("backup")
    latest = max((prepared.folder / "backups").glob("*-manual-*.zip"), key=lambda path: path.stat().st_mtime_ns)
    return latest.rename(latest.with_name("made.zip"))


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> Path:
    """The same in a place of its own, where it may be spoilt."""
    return copyfile(made, tmp_path / "copy.zip")


@pytest.fixture
def library(prepared: Library, monkeypatch: pytest.MonkeyPatch, settings) -> Library:
    """The school, seen by this process as its own data folder; its rows are there again before each test."""
    monkeypatch.setenv("LIBRARY_DATA_DIR", str(prepared.folder))
    settings.MEDIA_ROOT = prepared.uploads
    _fill_uploads(prepared)
    return prepared


def _fill_uploads(library: Library) -> None:
    (library.uploads / "照片").mkdir(parents=True, exist_ok=True)
    (library.uploads / "照片" / "阅览室.png").write_bytes(b"\x89PNG picture")
