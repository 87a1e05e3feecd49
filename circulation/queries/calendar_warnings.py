"""What of the calendar is not entered yet and will soon be missed."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circulation.queries.calendar import Calendar, calendar
from circulation.rules.public_holidays import is_announced
from library_site.shared.problems import Problem
from library_site.shared.reference import Reference
from readers.queries.classes import semester_on

# The State Council announces the next year's holidays in November.
ANNOUNCED_IN = 11
NEXT_SEMESTER_WITHIN = timedelta(days=60)
RECALL_WITHIN = timedelta(days=45)


def calendar_warnings(reference: Reference, today: date) -> list[Problem]:
    """Years whose public holidays are unknown, the next semester, this semester's recall date, opening hours.

    Each with the page where it is entered. No statement once the calendar is cached.
    """
    known = calendar(reference)
    asked = [_no_hours(known), *_unknown_years(known, today), *_semester(reference, known, today)]
    return [problem for problem in asked if problem]


def holidays_known(known: Calendar, year: int) -> bool:
    """Whether the year's public holidays are announced or entered: National Day is the one that never moves."""
    word = known.words.get(date(year, 10, 1))
    return is_announced(year) or (word is not None and not word.is_open)


def _no_hours(known: Calendar) -> Problem | None:
    if known.hours:
        return None
    return Problem(
        "no_opening_hours", _("No opening hours are entered: no day counts as open."), link=reverse("calendar:hours")
    )


def _unknown_years(known: Calendar, today: date) -> list[Problem]:
    years = [today.year] + ([today.year + 1] if today.month >= ANNOUNCED_IN else [])
    return [
        Problem(
            "holidays_unknown",
            _("The public holidays of %(year)s are not entered.") % {"year": year},
            _("Until then every weekday but the fixed holidays counts as open."),
            link=reverse("calendar:holidays", args=[year]),
        )
        for year in years
        if not holidays_known(known, year)
    ]


def _semester(reference: Reference, known: Calendar, today: date) -> list[Problem]:
    semester = semester_on(reference, today)
    if semester is None:
        text = _("No school year is entered.")
        return [Problem("no_semester", text, link=reverse("readers:years"))]
    problems = []
    if today >= semester.ends_on - NEXT_SEMESTER_WITHIN and semester.starts_on == known.semesters[-1].starts_on:
        text = _("The next semester is not entered.")
        way_out = _("When the holidays end is not known, nor what is due then.")
        problems.append(Problem("next_semester_unknown", text, way_out, link=reverse("readers:years")))
    has_recall = any(row.semester_id == semester.pk and not row.graduating for row in known.recall_dates)
    if not has_recall and semester.ends_on - RECALL_WITHIN <= today <= semester.ends_on:
        text = _("This semester has no recall date: books may be due in the holidays.")
        problems.append(Problem("no_recall_date", text, link=reverse("calendar:recall", args=[semester.pk])))
    return problems
