"""The one chooser of what a report is about: a semester, a school year or a month, as asked for in the address."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from library_site.shared.reference import Reference
from readers.models import SchoolYear, Semester
from readers.queries.classes import school_year_on, school_years, semester_on, semesters
from reports.rules.figures import Period

SEMESTER, YEAR, MONTH = "semester", "year", "month"
# What the chooser offers of months: five school years of them.
MONTHS = 60


@dataclass(frozen=True)
class Choice:
    """One period to choose; `value` is what the address says of it."""

    kind: str
    value: str
    label: str
    is_chosen: bool = False

    @property
    def asked(self) -> str:
        """As the form sends it."""
        return f"{self.kind}-{self.value}"


@dataclass(frozen=True)
class ChosenPeriod:
    """What a report is about. `semester` and `year` are those it lies in; `semester` only where it is one itself.

    `query` ("semester=3") leads to other pages about the same period.
    """

    kind: str
    value: str
    label: str
    period: Period
    semester: Semester | None = None
    year: SchoolYear | None = None
    choices: dict[str, list[Choice]] = field(default_factory=dict)

    @property
    def query(self) -> str:
        return f"{self.kind}={self.value}"


def chosen(
    asked: Mapping[str, Any], reference: Reference, today: date, *, kinds: Collection[str] = (SEMESTER, YEAR)
) -> ChosenPeriod | None:
    """The period that `?semester=PK`, `?year=2025` or `?month=2026-03` names, of those that have begun.

    What is unknown, or not among `kinds`, is today's semester; None while no semester is entered. The chooser's own
    form sends `?period=year-2025`.
    """
    now = semester_on(reference, today)
    if now is None:
        return None
    offered = _offered(reference, today, kinds)
    found = _found(asked, offered) or Choice(SEMESTER, str(now.pk), semester_label(now))
    at_hand = {MONTH: _month, YEAR: _year, SEMESTER: _semester}[found.kind](found, reference, today)
    return ChosenPeriod(
        **at_hand, kind=found.kind, value=found.value, label=found.label, choices=_marked(offered, found)
    )


def semester_label(semester: Semester) -> str:
    """2026–2027学年第一学期 and the like."""
    return _("%(year)s school year, %(number)s semester") % {
        "year": semester.school_year,
        "number": semester.get_number_display(),
    }


def year_label(year: SchoolYear) -> str:
    """2026–2027学年."""
    return _("%(year)s school year") % {"year": year}


def period_of(semester: Semester, today: date) -> Period:
    """The semester as a period known up to today."""
    return Period.of(semester.starts_on, semester.ends_on, today=today)


def semester_before(reference: Reference, semester: Semester) -> Semester | None:
    """The semester before this one; None if it is not entered."""
    before = [row for row in semesters(reference) if row.starts_on < semester.starts_on]
    return before[-1] if before else None


def _found(asked: Mapping[str, Any], offered: Mapping[str, list[Choice]]) -> Choice | None:
    kind, _dash, value = str(asked.get("period", "")).partition("-")
    wanted = [(kind, value), *((kind, str(asked.get(kind, ""))) for kind in offered)]
    every = {(choice.kind, choice.value): choice for choices in offered.values() for choice in choices}
    return next((every[pair] for pair in wanted if pair in every), None)


def _offered(reference: Reference, today: date, kinds: Collection[str]) -> dict[str, list[Choice]]:
    makers: dict[str, Callable[[], list[Choice]]] = {
        SEMESTER: partial(_semesters, reference, today),
        YEAR: partial(_years, reference, today),
        MONTH: partial(_months, reference, today),
    }
    return {kind: make() for kind, make in makers.items() if kind in kinds}


def _marked(offered: Mapping[str, list[Choice]], found: Choice) -> dict[str, list[Choice]]:
    return {
        kind: [Choice(row.kind, row.value, row.label, row.asked == found.asked) for row in rows]
        for kind, rows in offered.items()
    }


def _semesters(reference: Reference, today: date) -> list[Choice]:
    begun = [row for row in semesters(reference) if row.starts_on <= today]
    return [Choice(SEMESTER, str(row.pk), semester_label(row)) for row in reversed(begun)]


def _years(reference: Reference, today: date) -> list[Choice]:
    begun = [row for row in school_years(reference) if row.starts_on <= today]
    return [Choice(YEAR, str(row.start_year), year_label(row)) for row in reversed(begun)]


def _months(reference: Reference, today: date) -> list[Choice]:
    first = min((row.starts_on for row in school_years(reference)), default=today)
    found: list[Choice] = []
    month = today.replace(day=1)
    while month >= first.replace(day=1) and len(found) < MONTHS:
        found.append(Choice(MONTH, f"{month:%Y-%m}", date_format(month, "YEAR_MONTH_FORMAT")))
        month = (month - timedelta(days=1)).replace(day=1)
    return found


def _semester(found: Choice, reference: Reference, today: date) -> dict[str, Any]:
    semester = next(row for row in semesters(reference) if str(row.pk) == found.value)
    return {"period": period_of(semester, today), "semester": semester, "year": semester.school_year}


def _year(found: Choice, reference: Reference, today: date) -> dict[str, Any]:
    year = next(row for row in school_years(reference) if str(row.start_year) == found.value)
    return {"period": Period.of(year.starts_on, year.ends_on, today=today), "year": year}


def _month(found: Choice, reference: Reference, today: date) -> dict[str, Any]:
    first = date.fromisoformat(f"{found.value}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return {"period": Period.of(first, last, today=today), "year": school_year_on(reference, first)}
