"""Locks of the database session: gone with the process that held them, however it ended."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_KIND, _RUN = 7301, 7302  # the first key of our advisory locks


@contextmanager
def kind_lock(kind: str) -> Iterator[None]:
    """Waits until no other import that writes the same tables is being applied."""
    with _held(_KIND, {"holdings": 1, "marc": 1, "roster": 2}[kind]):
        yield


@contextmanager
def run_lock(run_id: int) -> Iterator[None]:
    """Held while a run is being worked on, so that others can see whether it really is."""
    with _held(_RUN, run_id):
        yield


def is_worked_on(run_id: int) -> bool:
    """Whether a living process is busy with the run."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s"
            " AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [_RUN, run_id],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def _held(first: int, second: int) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [first, second])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [first, second])
