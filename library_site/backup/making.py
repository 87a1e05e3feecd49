"""Making a backup: one look at the database for the dump and for the count, then the uploads, then one file."""

import os
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings

from library_site.backup import archive, notes, shelf
from library_site.backup.manifest import FORMAT, LEFT_OUT, Manifest, Member, Table, tables_of
from library_site.backup.problems import BackupProblem
from library_site.backup.programs import run
from library_site.backup.server import Server
from library_site.paths import BASE_DIR

STEPS = 3
Tell = Callable[[int], None]


def silent(step: int) -> None:
    """Tells nobody how far it is."""


def make_backup(
    *, server: Server, kind: str, at: datetime, by: str = "", to: Path | None = None, wait: bool = False,
    tell: Tell = silent,
) -> Path:  # fmt: skip
    """Writes a backup of the database and the uploads, reads it again, and returns its path.

    It is written to the shelf in the data folder, where older ones of its kind make room, or into the folder `to`,
    where nothing is deleted. `tell` hears the number of each of the `STEPS`. A file is there whole or not at all.
    Refused by `BackupProblem`: another one under way (unless `wait`), no fitting program, no folder, no space.
    """
    with shelf.at_work(wait=wait):
        return write_backup(server=server, kind=kind, at=at, by=by, to=to, tell=tell)


def write_backup(
    *, server: Server, kind: str, at: datetime, by: str, to: Path | None = None, tell: Tell = silent
) -> Path:
    """`make_backup` for those who hold the shelf already."""
    folder = to or notes.folder()
    if not folder.is_dir():
        raise BackupProblem("no_folder", folder=folder)
    path = folder / shelf.new_name(server.database, kind, at)
    draft, dump = folder / f".part-{path.name}", shelf.free_part()
    try:
        _write(server, draft, dump, kind=kind, at=at, by=by, tell=tell)
        tell(3)
        archive.check(draft)
        draft.replace(path)
    except OSError as error:
        raise BackupProblem("cannot_write", reason=error.strerror or str(error)) from error
    finally:
        dump.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
    if to is None:
        shelf.tidy(server.database)
    notes.record("backup", database=server.database, file=str(path) if to else path.name, by=by)
    return path


def _write(server: Server, draft: Path, dump: Path, *, kind: str, at: datetime, by: str, tell: Tell) -> None:
    tell(1)
    with _one_look(server) as (connection, snapshot):
        major = connection.info.server_version // 10000
        left_out = [f"--exclude-table-data={name}" for name in LEFT_OUT]
        dump.touch(mode=0o600)
        options = ["--format=custom", "--compress=5", f"--snapshot={snapshot}", *left_out, f"--file={dump}"]
        run("pg_dump", options, server=server, major=major)
        tell(2)
        archive.need_space(draft.parent, dump.stat().st_size)
        with _private_zip(draft) as target:
            files = dict(_members(target, dump))
            archive.add_manifest(target, _manifest(connection, server, files, kind=kind, at=at, by=by))


@contextmanager
def _one_look(server: Server) -> Iterator[tuple[psycopg.Connection, str]]:
    """A transaction that sees one moment, and its name, by which pg_dump sees the same."""
    with server.connect() as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection, (connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",))[0]


@contextmanager
def _private_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w") as target:
            yield target
        file.flush()
        os.fsync(file.fileno())


def _members(target: zipfile.ZipFile, dump: Path) -> Iterator[tuple[str, Member]]:
    yield archive.DUMP, archive.add_file(target, archive.DUMP, dump)
    uploads = Path(settings.MEDIA_ROOT)
    for path in sorted(uploads.rglob("*")) if uploads.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            name = f"{archive.UPLOADS}/{path.relative_to(uploads).as_posix()}"
            yield name, archive.add_file(target, name, path)


def _manifest(
    connection: psycopg.Connection, server: Server, files: dict[str, Member], *, kind: str, at: datetime, by: str
) -> Manifest:
    tables: dict[str, Table] = tables_of(connection)
    return Manifest(
        format=FORMAT,
        application=application_version(),
        made_at=at.isoformat(),
        kind=kind,
        by=by,
        school=_school(connection, tables),
        database=server.database,
        postgresql=connection.info.server_version,
        migrations=_migrations(connection, tables),
        tables=tables,
        files=files,
    )


def _school(connection: psycopg.Connection, tables: dict[str, Table]) -> str:
    # By SQL: before an update the tables are older than the models.
    if "library_site_school" not in tables:
        return ""
    return str((connection.execute("SELECT name FROM library_site_school").fetchone() or ("",))[0])


def _migrations(connection: psycopg.Connection, tables: dict[str, Table]) -> list[list[str]]:
    if "django_migrations" not in tables:
        return []
    return [list(row) for row in connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()]


@cache
def application_version() -> str:
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
