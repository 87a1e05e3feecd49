"""Periods of classes, and visits."""

from datetime import date, time

from circulation.models import LibraryPeriod
from readers.models import SchoolClass
from tests.factories.readers import make_class

MORNING = (time(10, 10), time(10, 50))
NOON_BREAK = (time(12, 10), time(12, 50))


def make_period(
    school_class: SchoolClass | None = None,
    *,
    weekday: int = 0,
    slot: tuple[time, time] = NOON_BREAK,
    valid_from: date = date(2026, 9, 1),
    **fields: object,
) -> LibraryPeriod:
    """A class's period, weekly on Monday noon unless told otherwise."""
    return LibraryPeriod.objects.create(
        school_class=school_class or make_class(), weekday=weekday, starts=slot[0], ends=slot[1],
        valid_from=valid_from, **fields,
    )  # fmt: skip
