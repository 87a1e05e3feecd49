"""How long somebody served, and what the roster allows."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from library_site.shared.problems import Problem

# Nobody serves longer at a stretch; whoever forgot to sign off without a period on the roster gets this.
LONGEST_SHIFT = timedelta(hours=2)
Span = tuple[time, time]


def overlap(one: Span, other: Span) -> bool:
    """Whether two times of a day touch; one that ends when the other begins does not."""
    return one[0] < other[1] and other[0] < one[1]


def clashes(wanted: Span, taken: Iterable[tuple[Span, str]]) -> list[Problem]:
    """Against a duty at `wanted` for somebody who has duties at `taken` (times and name) on the same day."""
    text = _("Already on duty then: %(period)s.")
    return [Problem("duty_clash", text % {"period": name}) for span, name in taken if overlap(wanted, span)]


def minutes_between(started_at: datetime, ended_at: datetime) -> int:
    """Whole minutes of service."""
    return max(0, int((ended_at - started_at).total_seconds()) // 60)


def is_forgotten(started_at: datetime, period_ends: datetime | None, now: datetime) -> bool:
    """Whether an open shift is so old that nobody can still be serving on it."""
    return now > max(period_ends or started_at, started_at) + LONGEST_SHIFT


def end_of_forgotten(started_at: datetime, period_ends: datetime | None, now: datetime) -> datetime:
    """When a shift counts as ended that nobody signed off: with its period, else after the longest shift."""
    end = period_ends if period_ends is not None and period_ends > started_at else started_at + LONGEST_SHIFT
    return min(end, now)


def hours_text(minutes: int) -> str:
    """Minutes as hours and minutes, the same in every language: 200 is 3:20."""
    return f"{minutes // 60}:{minutes % 60:02d}"
