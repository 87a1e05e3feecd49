"""Dates of school years and semesters, and the classes that begin and end with them."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from library_site.shared.problems import Problem
from readers.models import SchoolYear
from readers.rules.naming import GradeNames

# This long before the running year ends the next one should be entered: rosters and new classes wait for it.
NEXT_YEAR_IS_DUE = timedelta(days=75)


@dataclass(frozen=True)
class YearDates:
    """First and last days (inclusive) of a school year's two semesters; the year itself begins on `begins`."""

    begins: date
    first: tuple[date, date]
    second: tuple[date, date]

    @property
    def ends(self) -> date:
        """The day before the next school year."""
        return self.begins.replace(year=self.begins.year + 1, day=1) + timedelta(days=self.begins.day - 2)


def usual_dates(start_year: int) -> YearDates:
    """The dates that most schools have: 1 September to the end of January, mid-February to 10 July."""
    return YearDates(
        begins=date(start_year, 9, 1),
        first=(date(start_year, 9, 1), date(start_year + 1, 1, 31)),
        second=(date(start_year + 1, 2, 15), date(start_year + 1, 7, 10)),
    )


def dates_after(before: YearDates | None, start_year: int) -> YearDates:
    """Dates to offer for a year: those of the year before on the same days; the usual ones without it."""
    if before is None:
        return usual_dates(start_year)
    shift = start_year - before.begins.year
    return YearDates(
        begins=_shifted(before.begins, shift),
        first=(_shifted(before.first[0], shift), _shifted(before.first[1], shift)),
        second=(_shifted(before.second[0], shift), _shifted(before.second[1], shift)),
    )


def _shifted(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def year_problems(dates: YearDates, start_year: int, others: Iterable[SchoolYear]) -> list[Problem]:
    """Why a year cannot have these dates: days out of order, beyond the year, or within another year."""
    problems = [] if dates.begins.year == start_year else [_at("begins", _("This day lies in another year."))]
    days = {
        "begins": dates.begins,
        "first_starts": dates.first[0],
        "first_ends": dates.first[1],
        "second_starts": dates.second[0],
        "second_ends": dates.second[1],
    }
    for before, after in itertools.pairwise(days):
        if days[after] < days[before] or (days[after] == days[before] and before != "begins"):
            problems.append(_at(after, _("This day must come after the day before it in the list.")))
    if dates.second[1] > dates.ends:
        problems.append(_at("second_ends", _("The semester must end within the school year.")))
    if any(other.starts_on <= dates.ends and other.ends_on >= dates.begins for other in others):
        problems.append(_at("begins", _("Another school year has days of this one.")))
    return problems


def _at(field: str, message: object) -> Problem:
    return Problem("year_dates", message, field=field)


def missing_next_year(years: Sequence[SchoolYear], today: date) -> int | None:
    """The beginning of the school year that should be entered by now; None while all is well."""
    last = max(years, key=lambda year: year.start_year, default=None)
    if last is None or today < last.ends_on - NEXT_YEAR_IS_DUE:
        return None
    return last.start_year + 1


def entry_grades(grades: GradeNames) -> list[str]:
    """The stages of the school, in which a new class begins every year."""
    return [stage for stage, position in grades if position == 1]


def length_of(stage: str, grades: GradeNames) -> int:
    """How many years a stage has: 6 or 5 of primary school, 3 or 4 of junior middle school."""
    return max((position for own, position in grades if own == stage), default=0)


_NEXT = {"primary": "junior", "junior": "senior"}


def next_stage(stage: str, grades: GradeNames) -> str | None:
    """The stage that those who finish this one may go on to in the same school; None if it has none."""
    following = _NEXT.get(stage)
    return following if following and length_of(following, grades) else None
