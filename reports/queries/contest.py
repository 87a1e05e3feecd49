"""The contest between classes (班级评比): who stands where by one figure of the class table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.queries.class_table import NUMBERS, ClassRow
from reports.rules.standings import Place, places


@dataclass(frozen=True)
class Measure:
    """A figure that classes can be compared by: the sum is `over` ÷ `under`."""

    code: str
    name: str | Promise
    formula: str | Promise
    value: Callable[[ClassRow], Decimal | None]
    over: Callable[[ClassRow], int | None]
    under: Callable[[ClassRow], int | None]
    over_name: str | Promise
    under_name: str | Promise
    percent: bool = False
    higher_is_better: bool = True


@dataclass(frozen=True)
class ContestLine:
    """A class with its place and the sum behind its figure."""

    place: int | None
    row: ClassRow
    value: Decimal | None
    over: int | None
    under: int | None


@dataclass(frozen=True)
class ContestGroup:
    """The classes of a grade, or of the school (`grade` empty)."""

    grade: str
    lines: Sequence[ContestLine]


MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        Measure(
            "per_student",
            _("Books per student"),
            _("loans by students ÷ students enrolled"),
            lambda row: row.per_student,
            lambda row: row.loans,
            lambda row: row.students,
            NUMBERS["loans"],
            NUMBERS["students"],
        ),
        Measure(
            "rate",
            _("Borrowing rate"),
            _("students who borrowed ÷ students enrolled × 100%"),
            lambda row: row.rate,
            lambda row: row.borrowers,
            lambda row: row.students,
            NUMBERS["borrowers"],
            NUMBERS["students"],
            percent=True,
        ),
        Measure(
            "late",
            _("Late of 100 lent"),
            _("(brought back late + overdue now) ÷ lent × 100%"),
            lambda row: row.late_rate,
            lambda row: row.late,
            lambda row: row.loans,
            NUMBERS["late"],
            NUMBERS["loans"],
            higher_is_better=False,
        ),
        Measure(
            "missed",
            _("Missed periods of 100"),
            _("periods missed ÷ periods that were due × 100%"),
            lambda row: row.missed_rate,
            lambda row: row.missed,
            lambda row: row.due,
            NUMBERS["missed"],
            NUMBERS["due"],
            higher_is_better=False,
        ),
    )
}


def contest_of(classes: Sequence[ClassRow], measure: Measure, *, whole: bool) -> list[ContestGroup]:
    """The classes by grade, or all in one group, each from the first place to the last."""
    if whole:
        return [ContestGroup("", _lines(classes, measure))] if classes else []
    groups = groupby(classes, key=lambda row: row.grade)
    return [ContestGroup(grade, _lines(list(rows), measure)) for grade, rows in groups]


def _lines(rows: Iterable[ClassRow], measure: Measure) -> list[ContestLine]:
    placed: list[Place[ClassRow]] = places(rows, measure.value, higher_is_better=measure.higher_is_better)
    return [
        ContestLine(one.place, one.entrant, one.value, measure.over(one.entrant), measure.under(one.entrant))
        for one in placed
    ]
