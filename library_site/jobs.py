"""Work for the background worker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from library_site.backup import notes, shelf
from library_site.backup.making import make_backup
from library_site.backup.problems import BackupProblem
from library_site.backup.restoring import trial
from library_site.backup.server import Server
from library_site.imports import engine
from library_site.models import School, User


@app.task(queue="imports")
def check_import(*, run_id: int) -> None:
    """Compares a staged sheet with the library."""
    try:
        engine.check(run_id=run_id)
    finally:
        _give_connection_back()


@app.task(queue="imports")
def apply_import(*, run_id: int, by_id: int | None) -> None:
    """Writes the good rows of a checked sheet; one that is applied already is only finished."""
    try:
        by = User.objects.get(pk=by_id) if by_id else None
        engine.apply(run_id=run_id, by=by)
        engine.finish(run_id=run_id, by=by)
    finally:
        _give_connection_back()


@app.task(queue="backups", name="library_site.back_up")
def back_up(*, by: str) -> None:
    """A backup that somebody asked for. What went wrong is noted for the page."""
    with _noting_problems():
        make_backup(
            server=Server.current(), kind=shelf.MANUAL, at=timezone.now(), by=by, wait=True, tell=_teller("backup", 3)
        )


@app.task(queue="backups", name="library_site.check_backup")
def check_backup(*, name: str) -> None:
    """Restores a backup on trial."""
    found = shelf.find(Server.current().database, name)
    if found is None:
        return
    with _noting_problems():
        trial(found.path, server=Server.current(), at=timezone.now(), wait=True, tell=_teller("check", 2))


# A school's computer is off at night: the first full hour of each day at which it is on.
@app.periodic(cron="40 * * * *")
@app.task(queue="backups", name="library_site.back_up_daily", queueing_lock="library_site.back_up_daily")
def back_up_daily(timestamp: int) -> None:
    """One backup a day, of a school that is set up; proved by a trial restore."""
    server, at = Server.current(), timezone.now()
    days = [timezone.localdate(each.manifest.at) for each in shelf.backups(server.database) if each.manifest]
    if timezone.localdate(at) in days or not School.objects.exists():
        return
    with _noting_problems():
        path = make_backup(server=server, kind=shelf.DAILY, at=at, wait=True, tell=_teller("backup", 3))
        trial(path, server=server, at=timezone.now(), wait=True, tell=_teller("check", 2))


def _teller(what: str, steps: int) -> Callable[[int], None]:
    return lambda step: notes.write("working.json", {"what": what, "step": step, "steps": steps})


@contextmanager
def _noting_problems() -> Iterator[None]:
    """A problem is shown on the page of backups until the next act succeeds."""
    try:
        yield
        notes.remove("problem.json")
    except BackupProblem as problem:
        notes.write("problem.json", {"at": timezone.now().isoformat(), "code": problem.code, "params": problem.params})
    finally:
        notes.remove("working.json")
        _give_connection_back()


def _give_connection_back() -> None:
    """The worker's threads live long; between jobs their connections belong to the pool."""
    if not connection.in_atomic_block:
        connection.close()
