"""What the first start sets up, and the values it offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from library_site.models.school import Stage
from readers.models import Reader
from readers.rules.naming import default_grades
from readers.rules.school_years import YearDates, usual_dates

# (form field, grade over the whole school, name). Which stage a grade belongs to follows from the school's system.
GRADES = [
    ("grade_1", 1, _("Grade 1")),
    ("grade_2", 2, _("Grade 2")),
    ("grade_3", 3, _("Grade 3")),
    ("grade_4", 4, _("Grade 4")),
    ("grade_5", 5, _("Grade 5")),
    ("grade_6", 6, _("Grade 6")),
    ("grade_7", 7, _("Grade 7")),
    ("grade_8", 8, _("Grade 8")),
    ("grade_9", 9, _("Grade 9")),
    ("grade_10", 10, _("Senior 1")),
    ("grade_11", 11, _("Senior 2")),
    ("grade_12", 12, _("Senior 3")),
]
CLASSES_PER_GRADE = 2
# reader category -> (books at a time, days)
LOAN_RULES = {
    Reader.Category.STUDENT: (2, 14),
    Reader.Category.TEACHER: (10, 60),
    Reader.Category.STAFF: (10, 60),
}
OPENING_DAYS = range(5)
OPENS, CLOSES = time(12, 0), time(13, 30)
NEW_YEAR_IS_OFFERED_FROM_MONTH = 8


@dataclass(frozen=True)
class LoanRule:
    category: str
    max_loans: int
    loan_days: int


@dataclass(frozen=True)
class OpenSpan:
    """Open on a weekday (0 is Monday) from `opens` to `closes`."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    password: str


@dataclass(frozen=True)
class Plan:
    """Everything that the guide asks for. `classes` is how many classes each (stage, year of the stage) has."""

    name: str
    stages: list[str]
    system: str
    year: YearDates
    classes: Mapping[tuple[str, int], int]
    loan_rules: list[LoanRule]
    opening: list[OpenSpan]
    location: str
    account: Account


def offered_year(today: date) -> YearDates:
    """The school year of `today`, with the usual dates; from August on the one about to begin."""
    start = today.year if today.month >= NEW_YEAR_IS_OFFERED_FROM_MONTH else today.year - 1
    return usual_dates(start)


def place_of_grade(grade: int, system: str) -> tuple[str, int]:
    """The stage of a grade counted over the whole school (1 to 12), and which year of the stage it is."""
    primary_years = 5 if system == "5-4" else 6
    if grade <= primary_years:
        return Stage.PRIMARY, grade
    if grade <= 9:
        return Stage.JUNIOR, grade - primary_years
    return Stage.SENIOR, grade - 9


def grades_of(stages: list[str], system: str) -> set[tuple[str, int]]:
    """The (stage, year of the stage) pairs that a school of these stages has."""
    return {(stage, position) for stage, position, _name in default_grades(stages, system)}
