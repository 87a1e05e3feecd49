"""Forgetting after some years who borrowed what; every figure stays what it was.

Works in windows of rows, each a transaction of its own, so that the desk never waits for it. Safe to run again, and
to cut short: what is left is done the next time.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from circulation.models import Loan, Reservation, RetentionRun
from circulation.models.loans import OPEN
from circulation.models.reservations import ACTIVE
from circulation.operations.desk import local_day, lock_reader
from circulation.operations.erasure import forget, open_door, why_not
from circulation.operations.forgetting import Step, registered_steps
from circulation.operations.retention_steps import STEPS
from circulation.queries.unsettled import unsettled_charges
from circulation.rules.retention import ERASED_NAME
from library_site.audit import act
from library_site.models import User
from readers.models import Reader

WINDOW = 2000
# Sheets and failed logins are of use for a while only, whatever the school keeps of loans.
SHEETS_DAYS, LOGINS_DAYS = 90, 30

_OLD_KEYS = """
    FROM circulation_borrowerkey AS k USING readers_schoolyear AS y
    WHERE y.id = k.school_year_id AND y.ends_on < %(day)s AND NOT EXISTS (
        SELECT 1 FROM circulation_loan AS l WHERE l.reader_id = k.reader_id AND l.lent_at < %(before)s
    )
"""


def preview(*, before: date, at: datetime) -> dict[str, int]:
    """How many rows of what would be forgotten now; changes nothing."""
    counts: dict[str, int] = {"readers": _leavers(before).count()}
    for step in _steps():
        number = _one(f"SELECT count(*) FROM {step.table} WHERE {step.condition}", _values(before, at))  # noqa: S608
        counts[step.what] = counts.get(step.what, 0) + number
    return counts


def forget_old(*, before: date, by: User | None, at: datetime) -> RetentionRun | None:
    """Cuts loans that ended before the day from their readers, and empties what history of that time says of people.

    What is open stays with all that belongs to it: books out, money owed, reservations that wait. Whoever left before
    that day and has nothing of these is erased. Returns the record of the run, None if there was nothing to forget.
    """
    values = _values(before, at)
    counts: dict[str, int] = {}
    for step in _steps():
        counts[step.what] = counts.get(step.what, 0) + _forget_step(step, values)
    counts["keys"] = _forget_keys(values)
    counts["readers"] = sum(_forget_leaver(pk, at=at) for pk in _leavers(before).values_list("pk", flat=True))
    _sweep_logins(at)
    if not any(counts.values()):
        return None
    return RetentionRun.objects.create(
        kind=RetentionRun.Kind.RETENTION, before=before, by=by, at=at, counts={k: n for k, n in counts.items() if n}
    )


def _steps() -> list[Step]:
    return [*STEPS, *registered_steps()]


def _values(before: date, at: datetime) -> dict[str, Any]:
    return {
        "day": before,
        "before": timezone.make_aware(datetime.combine(before, time.min)),
        "today": local_day(at),
        "sheets_before": at - timedelta(days=SHEETS_DAYS),
    }


def _forget_step(step: Step, values: dict[str, Any]) -> int:
    number = 0
    for begins, ends in _windows(step, values):
        window = f"{step.key} BETWEEN %(begins)s AND %(ends)s AND {step.condition}"
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            open_door()
            for statement in step.statements:
                cursor.execute(statement.replace("{window}", window), {**values, "begins": begins, "ends": ends})
            number += cursor.rowcount
            for statement in step.after:
                cursor.execute(statement, {"begins": begins, "ends": ends})
    return number


def _windows(step: Step, values: dict[str, Any]) -> Iterator[tuple[int, int]]:
    bounds = f"SELECT min({step.key}), max({step.key}) FROM {step.table} WHERE {step.condition}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(bounds, values)
        first, last = cursor.fetchone()
    if first is not None:
        yield from ((begins, begins + WINDOW - 1) for begins in range(first, last + 1, WINDOW))


def _forget_keys(values: dict[str, Any]) -> int:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(f"DELETE {_OLD_KEYS}", values)
        return cursor.rowcount


def _leavers(before: date) -> QuerySet[Reader]:
    gone = Reader.objects.filter(status=Reader.Status.LEFT, left_on__lt=before).exclude(name=ERASED_NAME)
    gone = gone.exclude(pk__in=Loan.objects.filter(OPEN, reader__left_on__lt=before).values("reader"))
    waiting = Reservation.objects.filter(state__in=ACTIVE, reader__left_on__lt=before)
    owing = unsettled_charges().filter(reader__left_on__lt=before)
    return gone.exclude(pk__in=waiting.values("reader")).exclude(pk__in=owing.values("reader"))


def _forget_leaver(reader_id: int, *, at: datetime) -> bool:
    with act("forget_leaver", by=None):
        open_door()
        reader = lock_reader(reader_id)
        if why_not(reader):
            return False
        forget(reader, on=local_day(at))
        return True


def _sweep_logins(at: datetime) -> None:
    AccessAttempt.objects.filter(attempt_time__lt=at - timedelta(days=LOGINS_DAYS)).delete()
    Session.objects.filter(expire_date__lt=at).delete()


def _one(statement: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
