"""Open days, and due dates that fall on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Longer than any school holiday; past it the calendar is not entered, and a due date must still come out.
HORIZON_DAYS = 400


@dataclass(frozen=True)
class OpenDays:
    """The weekdays (0 = Monday) on which the library opens, less the closures (first and last closed day)."""

    weekdays: frozenset[int]
    closures: Sequence[tuple[date, date]] = ()

    def is_open(self, day: date) -> bool:
        closed = any(first <= day <= last for first, last in self.closures)
        return day.weekday() in self.weekdays and not closed

    def on_or_after(self, day: date) -> date:
        """The first open day from `day` on; `day` itself if none is found within `HORIZON_DAYS`."""
        for days in range(HORIZON_DAYS):
            candidate = day + timedelta(days=days)
            if self.is_open(candidate):
                return candidate
        return day


def due_date(*, lent_on: date, loan_days: int, open_days: OpenDays) -> date:
    """The day by which a book lent on `lent_on` is back: never on a closed day, never before the term is over."""
    return open_days.on_or_after(lent_on + timedelta(days=loan_days))
