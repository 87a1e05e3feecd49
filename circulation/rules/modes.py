"""Modes of a desk: acts dated back, a book drop emptied, an amnesty. Each ends by itself."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from circulation.models import ModeKind, OpeningHours
from circulation.rules.calendar import DAY, OpenDays

LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Mode:
    """What all acts of a desk are until `ends`: dated `at` (None: now), returns only, or late without a cost."""

    kind: str
    ends: datetime
    at: datetime | None = None
    reason: str = ""

    @property
    def mark(self) -> str:
        """What a page says that it shows; another mode, or the same one begun anew for another day, has another."""
        return f"{self.kind}:{self.at.isoformat() if self.at else ''}"

    @property
    def label(self) -> Any:
        return ModeKind(self.kind).label

    @property
    def returns_only(self) -> bool:
        return self.kind == ModeKind.BOOK_DROP

    @property
    def is_amnesty(self) -> bool:
        return self.kind == ModeKind.AMNESTY

    @property
    def details(self) -> dict[str, str]:
        """What each event keeps of it."""
        return {"mode": self.kind, **({"reason": self.reason} if self.reason else {})}


def ends_at(now: datetime) -> datetime:
    """Half an hour from now, and never beyond midnight."""
    midnight = (now + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(now + LASTS, midnight)


def last_closing(hours: list[OpeningHours], open_days: OpenDays, now: datetime) -> datetime:
    """When the library last closed: what lies in the book drop had come since. Noon where no hours are set.

    A make-up working day closes with the latest of the week.
    """
    day = now.date()
    if not open_days.is_open(day) or _closes(hours, day.weekday()) > now.time():
        day = open_days.on_or_before(day - DAY)
    return datetime.combine(day, _closes(hours, day.weekday()), tzinfo=now.tzinfo)


def _closes(hours: list[OpeningHours], weekday: int) -> time:
    rows = [row for row in hours if row.weekday == weekday] or hours
    return max((row.closes for row in rows), default=time(12))
