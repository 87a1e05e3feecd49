"""Months of a semester, and where an item goes when a plan is copied."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from reports.rules.plans import added, is_reached, months_of, shifted


@dataclass(frozen=True)
class Term:
    starts_on: date
    ends_on: date
    number: int


AUTUMN = Term(date(2026, 9, 1), date(2027, 1, 31), 1)
EARLY_SPRING = Term(date(2026, 2, 10), date(2026, 7, 10), 2)
LATE_SPRING = Term(date(2027, 3, 1), date(2027, 7, 10), 2)


def test_semester_has_the_months_it_touches():
    assert months_of(AUTUMN) == [
        date(2026, 9, 1),
        date(2026, 10, 1),
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


@pytest.mark.parametrize(
    ("month", "number", "found"),
    [
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 3, 1), 12, date(2027, 3, 1)),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(month, number, found):
    assert added(month, number) == found


@pytest.mark.parametrize(
    ("month", "old", "new", "found"),
    [
        # From one spring to the next the month of the year stays, though the semester began later.
        (date(2026, 4, 1), EARLY_SPRING, LATE_SPRING, date(2027, 4, 1)),
        # What would lie before its beginning goes to its first month.
        (date(2026, 2, 1), EARLY_SPRING, LATE_SPRING, date(2027, 3, 1)),
        # From spring to autumn: as many months after the beginning.
        (date(2026, 3, 1), EARLY_SPRING, AUTUMN, date(2026, 10, 1)),
        (date(2026, 7, 1), EARLY_SPRING, AUTUMN, date(2027, 1, 1)),
    ],
)
def test_copied_item_goes_to_the_month_it_belongs_to(month, old, new, found):
    assert shifted(month, old, new) == found


@pytest.mark.parametrize(
    ("value", "target", "higher", "reached"),
    [
        (Decimal(8), Decimal(8), True, True),
        (Decimal("7.99"), Decimal(8), True, False),
        (Decimal(3), Decimal(8), False, True),
        (None, Decimal(8), True, None),
        (Decimal(8), None, True, None),
    ],
)
def test_aim_is_reached_from_its_better_side(value, target, higher, reached):
    assert is_reached(value, target, higher_is_better=higher) is reached
