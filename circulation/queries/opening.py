"""When the library is open, as readers ask: now, today, this week, and when next. From the calendar; no statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils import timezone

from circulation.models import OpeningHours
from circulation.queries.calendar import Calendar, calendar
from library_site.shared.reference import Reference

# Longer than the summer holidays.
HORIZON_DAYS = 90


@dataclass(frozen=True, order=True)
class Span:
    """From when to when; `whom` where it is for one room or for some readers only."""

    opens: time
    closes: time
    whom: str = ""


@dataclass(frozen=True)
class SameHours:
    """Days of this week that follow each other and have the same hours; closed without any."""

    first: date
    last: date
    spans: Sequence[Span]


@dataclass(frozen=True)
class Opening:
    """`now` is the span that runs, `next_day` and `next_span` the first that is still to come, None if unknown."""

    today: Sequence[Span]
    week: Sequence[SameHours]
    now: Span | None
    next_day: date | None
    next_span: Span | None


def opening(reference: Reference, at: datetime) -> Opening:
    """The hours of a moment's day and week, with what is stronger than weekdays: holidays, closures, make-up days."""
    known, local = calendar(reference), timezone.localtime(at)
    day, clock = local.date(), local.time()
    today = hours_on(known, day)
    coming = _next(known, day, clock)
    return Opening(
        today=today,
        week=_week(known, day - timedelta(days=day.weekday())),
        now=next((span for span in today if span.opens <= clock < span.closes), None),
        next_day=coming[0] if coming else None,
        next_span=coming[1] if coming else None,
    )


def hours_on(known: Calendar, day: date) -> Sequence[Span]:
    """The spans of a day in order, none for a closed one.

    A make-up day on a weekday without hours has those of the first weekday that has some.
    """
    days = known.open_days(None, "")
    if not days.is_open(day):
        return ()
    word = days.words.get(day)
    weekday = word.hours_of if word and word.hours_of is not None else day.weekday()
    rows = known.hours_of(None, "")
    least = min((row.weekday for row in rows), default=weekday)
    own = [row for row in rows if row.weekday == weekday] or [row for row in rows if row.weekday == least]
    return sorted(Span(row.opens, row.closes, _whom(row)) for row in own)


def _whom(row: OpeningHours) -> str:
    room, category = row.location, row.category
    parts = [room.name if room else "", row.get_category_display() if category else ""]
    return " ".join(part for part in parts if part)


def _week(known: Calendar, monday: date) -> list[SameHours]:
    days = [(day, hours_on(known, day)) for day in (monday + timedelta(days=n) for n in range(7))]
    groups = [list(group) for _spans, group in groupby(days, key=lambda row: tuple(row[1]))]
    return [SameHours(group[0][0], group[-1][0], group[0][1]) for group in groups]


def _next(known: Calendar, day: date, clock: time) -> tuple[date, Span] | None:
    later = [span for span in hours_on(known, day) if span.opens > clock]
    if later:
        return day, later[0]
    ahead = (day + timedelta(days=n) for n in range(1, HORIZON_DAYS))
    return next(((one, spans[0]) for one in ahead if (spans := hours_on(known, one))), None)
