"""Periods at which nobody of the class came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from circulation.queries.timetable import DuePeriod, periods_between
from circulation.rules.span import Span
from library_site.shared.reference import Reference
from readers.queries.classes import classes_on

# A class may come early and leave late.
MARGIN = timedelta(minutes=15)

# A sheet that was filled in by hand is keyed in later, dated to its day; it counts for the day.
_CAME = """
SELECT due.n FROM unnest(%(n)s::int[], %(classes)s::bigint[], %(begins)s::timestamptz[], %(ends)s::timestamptz[],
                         %(mornings)s::timestamptz[], %(nights)s::timestamptz[])
       AS due (n, class_id, begins, ends, morning, night)
 WHERE EXISTS (SELECT FROM circulation_visit visit
                WHERE visit.school_class_id = due.class_id AND visit.voided_at IS NULL
                  AND visit.at >= due.begins AND visit.at < due.ends)
    OR EXISTS (SELECT FROM circulation_circulationevent event
                WHERE event.at >= due.morning AND event.at < due.night AND event.school_class_id = due.class_id
                  AND event.kind IN ('checkout', 'return')
                  AND (event.at >= due.begins AND event.at < due.ends OR event.recorded_at >= due.night))
"""


@dataclass(frozen=True)
class ClassPeriods:
    """A class's periods so far: how many were due, and those that were missed."""

    class_id: int
    name: str
    due: int
    missed: Sequence[DuePeriod]

    @property
    def held(self) -> int:
        return self.due - len(self.missed)


def missed_periods(reference: Reference, span: Span, now: datetime) -> list[ClassPeriods]:
    """Every class with a period that is over by `now`, in the order of the school. One statement.

    A period was held if in its time (a quarter of an hour around it included) a visit of the class or of one of its
    pupils was counted or one of its books was lent or returned; or if a sheet of that day was keyed in later.
    """
    until = min(span.ends_on, timezone.localdate(now))
    due = [row for row in periods_between(reference, span.starts_on, until) if row.span()[1] <= now]
    came = _came(due) if due else set()
    missed = [row for number, row in enumerate(due) if number not in came]
    return [
        ClassPeriods(
            class_id=row.pk,
            name=row.name,
            due=sum(1 for one in due if one.period.school_class_id == row.pk),
            missed=[one for one in missed if one.period.school_class_id == row.pk],
        )
        for row in classes_on(reference, span.starts_on)
        if any(one.period.school_class_id == row.pk for one in due)
    ]


def _came(due: Sequence[DuePeriod]) -> set[int]:
    parameters: dict[str, Any] = {
        "n": list(range(len(due))),
        "classes": [row.period.school_class_id for row in due],
        "begins": [row.span()[0] - MARGIN for row in due],
        "ends": [row.span()[1] + MARGIN for row in due],
        "mornings": [_midnight(row.day) for row in due],
        "nights": [_midnight(row.day + timedelta(days=1)) for row in due],
    }
    with connection.cursor() as cursor:
        cursor.execute(_CAME, parameters)
        return {number for (number,) in cursor.fetchall()}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
