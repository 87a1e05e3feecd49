"""Work for the background worker."""

from django.db import connection
from procrastinate.contrib.django import app

from library_site.imports import engine
from library_site.models import User


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


def _give_connection_back() -> None:
    """The worker's threads live long; between jobs their connections belong to the pool."""
    if not connection.in_atomic_block:
        connection.close()
