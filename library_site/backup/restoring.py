"""Restoring: into a database beside ours, compared with what was backed up, brought up to date, then swapped by name.

The renaming of the two databases is one transaction and the only point of truth: what remains to be done or undone
follows from it, so that `settle` can finish after a power cut.
"""

import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from library_site.backup import archive, notes, shelf
from library_site.backup.making import silent, write_backup
from library_site.backup.manifest import Manifest, difference, tables_of
from library_site.backup.problems import BackupProblem
from library_site.backup.programs import run
from library_site.backup.server import Server, leave_database
from library_site.database.locks import FileLock
from library_site.paths import BASE_DIR, serve_lock

STEPS = 4
PATIENCE_SECONDS = 15.0
PLAN = "restoring-{}.json"
Tell = Callable[[int], None]


def is_served() -> bool:
    """Whether `manage.py serve` or `demo` runs on this data folder."""
    lock = FileLock(serve_lock())
    alone = lock.exclude(wait=False)
    lock.release()
    return not alone


def check_restorable(path: Path, *, server: Server) -> Manifest:
    """Reads the whole file. Refused: damaged, of a newer program, of a newer PostgreSQL than ours."""
    manifest = archive.check(path)
    newer = {tuple(each) for each in manifest.migrations} - _known_migrations()
    if newer:
        raise BackupProblem("newer_format", version=manifest.application)
    with server.named("postgres").connect() as connection:
        ours = connection.info.server_version // 10000
    theirs = manifest.postgresql // 10000
    if theirs > ours:
        raise BackupProblem("newer_server", theirs=theirs, ours=ours)
    return manifest


def trial(path: Path, *, server: Server, at: datetime, wait: bool = False, tell: Tell = silent) -> Manifest:
    """Restores into a database of its own, compares every table, and throws it away: nothing else proves a backup."""
    began = time.monotonic()
    with shelf.at_work(wait=wait):
        tell(1)
        manifest = check_restorable(path, server=server)
        tell(2)
        copy = server.named(f"{server.database}_trial_{secrets.token_hex(4)}")
        try:
            _fill(copy, path, manifest, like=server, uploads=None)
        finally:
            copy.drop()
    if path.parent == notes.folder():
        shelf.note_checked(path, at=at, seconds=time.monotonic() - began)
    notes.record("check", database=server.database, file=path.name)
    return manifest


def restore(path: Path, *, server: Server, at: datetime, by: str = "", tell: Tell = silent) -> Path | None:
    """Puts the database and the uploads of the backup in the place of ours, and returns the safety backup of ours.

    All logins end. Until the last moment nothing of ours is touched; a failure leaves it as it was.
    Refused by `BackupProblem`: see `check_restorable`; a database in use; too little space; content that differs.
    """
    with shelf.at_work(), _in_journal(path, server, by):
        _settle(server)
        tell(1)
        manifest = check_restorable(path, server=server)
        archive.need_space(notes.folder(), 3 * path.stat().st_size)
        leave_database()
        _wait_until_unused(server)
        tell(2)
        safety = write_backup(server=server, kind=shelf.RESTORE, at=at, by=by) if _holds_data(server) else None
        plan = {"token": secrets.token_hex(4)}
        notes.write(PLAN.format(server.database), plan)
        try:
            tell(3)
            _prepare(path, manifest, server, plan["token"])
            tell(4)
            _wait_until_unused(server)
            server.swap(new=_new(server, plan["token"]), old=_old(server, plan["token"]))
        finally:
            _settle(server)
    return safety


def settle(*, server: Server) -> None:
    """Finishes or takes back a restore that was cut short. At rest it costs a look at one file."""
    if notes.read(PLAN.format(server.database)):
        with shelf.at_work(wait=True):
            _settle(server)


@contextmanager
def _in_journal(path: Path, server: Server, by: str) -> Iterator[None]:
    try:
        yield
    except BackupProblem as problem:
        notes.record("restore", database=server.database, file=path.name, by=by, problem=str(problem))
        raise
    notes.record("restore", database=server.database, file=path.name, by=by)


def _known_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations)


def _wait_until_unused(server: Server) -> None:
    """Pages that have just been stopped take a moment to hang up."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while server.others():
        if time.monotonic() > give_up:
            raise BackupProblem("in_use")
        time.sleep(0.1)


def _holds_data(server: Server) -> bool:
    with server.connect() as connection, connection.transaction():
        return any(table.rows for table in tables_of(connection).values())


def _prepare(path: Path, manifest: Manifest, server: Server, token: str) -> None:
    """The database and the uploads as they are to be, beside ours."""
    new = _new(server, token)
    uploads = _beside(token, "new")
    uploads.mkdir(mode=0o700, parents=True)
    _fill(new, path, manifest, like=server, uploads=uploads)
    _update(new, manifest)


def _fill(new: Server, path: Path, manifest: Manifest, *, like: Server, uploads: Path | None) -> None:
    dump = shelf.free_part()
    try:
        archive.extract(path, manifest, dump=dump, uploads=uploads)
        new.create(like=like)
        with new.connect() as connection:
            major = connection.info.server_version // 10000
        # A newer program wrote the dump perhaps, and only such a one reads it.
        options = ["--exit-on-error", "--no-owner", "--no-privileges", "--jobs=2", f"--dbname={new.database}"]
        run("pg_restore", [*options, str(dump)], server=new, major=max(major, manifest.postgresql // 10000))
    finally:
        dump.unlink(missing_ok=True)
    with new.connect() as connection, connection.transaction():
        differs = difference(tables_of(connection), manifest.tables)
    if differs:
        raise BackupProblem("wrong_content", table=differs)


def _update(new: Server, manifest: Manifest) -> None:
    """Brings the restored tables to this version's, and the planner's figures to the restored rows."""
    if _known_migrations() - {tuple(each) for each in manifest.migrations}:
        command = [sys.executable, "manage.py", "migrate", "--no-input", "--without-backup"]
        done = subprocess.run(
            command, cwd=BASE_DIR, env={**new.environment(), "DATABASE_URL": new.url}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise BackupProblem("migration_failed", reason=(done.stderr.strip().splitlines() or [""])[-1])
    with new.connect() as connection:
        connection.execute("ANALYZE")


def _new(server: Server, token: str) -> Server:
    return server.named(f"{server.database}_new_{token}")


def _old(server: Server, token: str) -> Server:
    return server.named(f"{server.database}_old_{token}")


def _beside(token: str, which: str) -> Path:
    uploads = Path(settings.MEDIA_ROOT)
    return uploads.with_name(f"{uploads.name}.{which}-{token}")


def _settle(server: Server) -> None:
    """The databases were swapped: so are the uploads, and the old is thrown away. They were not: the new is."""
    plan = notes.read(PLAN.format(server.database))
    if plan is None:
        return
    token = plan["token"]
    new, old = _beside(token, "new"), _beside(token, "old")
    if _old(server, token).exists():
        _swap_uploads(new, old)
        _old(server, token).drop()
    else:
        _new(server, token).drop()
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    notes.remove(PLAN.format(server.database))
    connections.close_all()


def _swap_uploads(new: Path, old: Path) -> None:
    """May be repeated: each step is done only where it is still to be done."""
    uploads = Path(settings.MEDIA_ROOT)
    if new.exists():
        if uploads.exists():
            uploads.rename(old)
        new.rename(uploads)
