"""Periods at which nobody of the class came."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

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


class Due(NamedTuple):
    """A period on a day, with its moments."""

    row: DuePeriod
    begins: datetime
    ends: datetime


def missed_periods(reference: Reference, span: Span, now: datetime) -> list[ClassPeriods]:
    """Every class with a period that is over by `now`, in the order of the school. One statement.

    A period was held if in its time (a quarter of an hour around it included) a visit of the class or of one of its
    pupils was counted or one of its books was lent or returned; or if a sheet of that day was keyed in later.
    """
    until = min(span.ends_on, timezone.localdate(now))
    due = [Due(row, *row.span()) for row in periods_between(reference, span.starts_on, until)]
    due = [one for one in due if one.ends <= now]
    came = _came(due) if due else set()
    of_class: defaultdict[int, int] = defaultdict(int)
    missed: defaultdict[int, list[DuePeriod]] = defaultdict(list)
    for number, one in enumerate(due):
        class_id = one.row.period.school_class_id
        of_class[class_id] += 1
        if number not in came:
            missed[class_id].append(one.row)
    return [
        ClassPeriods(class_id=row.pk, name=row.name, due=of_class[row.pk], missed=missed[row.pk])
        for row in classes_on(reference, span.starts_on)
        if row.pk in of_class
    ]


def _came(due: Sequence[Due]) -> set[int]:
    midnights = {day: _midnight(day) for one in due for day in (one.row.day, one.row.day + timedelta(days=1))}
    parameters: dict[str, Any] = {
        "n": list(range(len(due))),
        "classes": [one.row.period.school_class_id for one in due],
        "begins": [one.begins - MARGIN for one in due],
        "ends": [one.ends + MARGIN for one in due],
        "mornings": [midnights[one.row.day] for one in due],
        "nights": [midnights[one.row.day + timedelta(days=1)] for one in due],
    }
    with connection.cursor() as cursor:
        cursor.execute(_CAME, parameters)
        return {number for (number,) in cursor.fetchall()}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
