"""Opening hours and recall dates that make sense."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from circulation.rules.calendar import OpenDays
from library_site.shared.problems import Problem
from readers.models import Semester

# 《中小学图书馆（室）规程》(2018): open at least 40 hours a week in teaching time.
HOURS_A_WEEK = 40


@dataclass(frozen=True, order=True)
class Span:
    """One span of opening on a weekday (0 = Monday)."""

    weekday: int
    opens: time
    closes: time


def span_problems(spans: Sequence[Span], *, for_all: bool) -> list[Problem]:
    """Why the hours cannot be so: closing before opening, spans that overlap, nothing open for anybody."""
    problems = []
    if for_all and not spans:
        problems.append(Problem("never_open", _("The library is open on at least one day.")))
    if any(span.closes <= span.opens for span in spans):
        problems.append(Problem("hours_order", _("Closing must be later than opening.")))
    ordered = sorted(spans)
    if any(one.weekday == other.weekday and other.opens < one.closes for one, other in pairwise(ordered)):
        problems.append(Problem("hours_overlap", _("Two spans of a day overlap.")))
    return problems


def hours_a_week(spans: Sequence[Span]) -> float:
    """Hours open in a usual week, to one decimal."""
    seconds = sum((_moment(span.closes) - _moment(span.opens)).total_seconds() for span in spans)
    return round(seconds / 3600, 1)


def _moment(clock: time) -> datetime:
    return datetime.combine(date.min, clock)


@dataclass(frozen=True)
class SemesterEnd:
    """How a semester's lending ends: recall dates, and {category: the day from which it may keep books}."""

    recall_on: date | None
    graduating_on: date | None
    lending: Mapping[str, date]


def end_problems(end: SemesterEnd, *, semester: Semester, open_days: OpenDays) -> list[Problem]:
    """Why a semester cannot end so; each names the field that it is about."""
    problems = []
    for field, day in (("recall_on", end.recall_on), ("graduating_on", end.graduating_on)):
        if day and not semester.starts_on < day <= semester.ends_on:
            problems.append(Problem("outside_semester", _("This day is not in the semester."), field=field))
        elif day and not open_days.is_open(day):
            before = open_days.on_or_before(day)
            closed = _("The library is closed on this day; the open day before it is %(day)s.") % {"day": before}
            problems.append(Problem("recall_closed", closed, field=field))
    if end.recall_on and end.graduating_on and end.graduating_on > end.recall_on:
        later = Problem("graduating_later", _("The graduating grades give back first."), field="graduating_on")
        problems.append(later)
    if end.lending and not end.recall_on:
        needed = _("Holiday lending needs the day by which everybody else gives back.")
        problems.append(Problem("no_recall", needed, field="recall_on"))
    problems += [
        _lending_problem(category, day, semester)
        for category, day in end.lending.items()
        if not semester.starts_on <= day <= semester.ends_on + timedelta(days=90)
    ]
    return problems


def _lending_problem(category: str, day: date, semester: Semester) -> Problem:
    return Problem("outside_semester", _("This day is not in the semester."), field=f"lending_{category}")
