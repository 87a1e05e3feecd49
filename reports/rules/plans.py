"""The work plan of a semester: its months, what is copied from an earlier one, and whether an aim is reached."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from reports.models import PlanItem, WorkPlan

WORDS = ("guiding_idea", "situation", "measures")


class Term(Protocol):
    """What is asked of a semester here."""

    starts_on: date
    ends_on: date
    number: int


def months_of(term: Term) -> list[date]:
    """The first days of the months that a semester touches."""
    month, months = term.starts_on.replace(day=1), []
    while month <= term.ends_on:
        months.append(month)
        month = added(month, 1)
    return months


def added(month: date, number: int) -> date:
    """The first day of the month so many months later, or earlier where the number is negative."""
    years, rest = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(years, rest + 1, 1)


def shifted(month: date, old: Term, new: Term) -> date:
    """Where an item of `month` belongs when the plan of one semester begins with that of another.

    Between autumns, or springs, the same month of the year; else as many months after the beginning. What would lie
    outside goes to the nearest month of the new semester.
    """
    apart = _months_between(old.starts_on, new.starts_on)
    whole_years = round(apart / 12) * 12 if old.number == new.number else apart
    months = months_of(new)
    return min(max(added(month, whole_years), months[0]), months[-1])


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def is_reached(value: Decimal | None, target: Decimal | None, *, higher_is_better: bool) -> bool | None:
    """Whether a value reaches its target; None where one of them is unknown."""
    if value is None or target is None:
        return None
    return value >= target if higher_is_better else value <= target


def version_of(plan: WorkPlan) -> str:
    """A mark of what a plan's words say; another one once somebody changed them."""
    said = "\x1f".join(getattr(plan, name) for name in WORDS)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def progress(items: Collection[PlanItem]) -> tuple[int, int]:
    """How many items are done, of how many."""
    return sum(item.done_on is not None for item in items), len(items)


def by_month(items: Sequence[PlanItem], months: Sequence[date]) -> list[tuple[date, list[PlanItem]]]:
    """The items under their months; a month of an item that the semester no longer touches is kept."""
    every = sorted({*months, *(item.month for item in items)})
    return [(month, [item for item in items if item.month == month]) for month in every]
