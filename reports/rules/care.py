"""What care of the rooms is still to be done in a month."""

from collections.abc import Collection, Sequence
from datetime import date

from reports.models import RoomCare

# From this day of the month on, the start page says what is missing.
REMINDED_FROM = 20


def missing_kinds(used: Collection[str], done: Collection[str]) -> Sequence[RoomCare.Kind]:
    """Of the kinds that the school enters (`used`), those that were not `done` in the month, in the register's order.

    A school that has entered nothing yet is asked for every kind.
    """
    asked = set(used) or set(RoomCare.Kind.values)
    return [kind for kind in RoomCare.Kind if kind.value in asked and kind.value not in done]


def reminds(day: date) -> bool:
    """Whether the month is so far gone that what is missing should be said."""
    return day.day >= REMINDED_FROM
