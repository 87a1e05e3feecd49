"""The class-by-class table of a period, with a total per grade and in all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from circulation.queries.late_totals import Lateness
from circulation.queries.missed_periods import ClassPeriods
from library_site.shared.figures import ratio
from readers.queries.classes import NamedClass
from reports.queries.facts import ADULTS, ClassCounts, ClassFacts, ClassKey, Facts

CLASS, GRADE, OTHER, TOTAL = "class", "grade", "other", "total"
TITLES = {
    OTHER: gettext_lazy("No class of that year"),
    TOTAL: gettext_lazy("Total"),
    "teacher": gettext_lazy("Teachers"),
    "staff": gettext_lazy("Staff"),
}
# The numbers that a row is made of.
NUMBERS = {
    "students": pgettext_lazy("number", "Students"),
    "loans": gettext_lazy("Books lent"),
    "borrowers": gettext_lazy("Students who borrowed"),
    "corner": gettext_lazy("From the book corner"),
    "due": gettext_lazy("Periods due"),
    "missed": gettext_lazy("Periods missed"),
    "late": gettext_lazy("Late and overdue"),
    "lost": gettext_lazy("Lost"),
}


@dataclass(frozen=True)
class ClassRow:
    """A row as published: 班级 | 外借册数 | 读者人数 | 人均册数, with 合计; what stands beside it may be unknown: None.

    `kind`: "class", "grade" (total of a grade), "other" (students in no class of that year), "total" (all students),
    and below the total "teacher" and "staff". `corner` of the `loans` were made at the class's corner; `late` of them
    came back late or are overdue, `lost` were reported lost; `missed` of the `due` periods in the library.
    """

    name: str
    grade: str
    kind: str
    students: int
    loans: int | None
    borrowers: int | None
    corner: int | None = None
    late: int | None = None
    lost: int | None = None
    due: int | None = None
    missed: int | None = None
    pk: int | None = None

    @property
    def title(self) -> str:
        """What the row is called: the class as it was called then, or what it is the sum of."""
        grade = _("Grade %(grade)s in all") % {"grade": self.grade}
        return {GRADE: grade, **{kind: str(title) for kind, title in TITLES.items()}}.get(self.kind, self.name)

    @property
    def per_student(self) -> Decimal | None:
        return None if self.loans is None else ratio(self.loans, self.students)

    @property
    def rate(self) -> Decimal | None:
        return None if self.borrowers is None else ratio(self.borrowers, self.students, percent=True)

    @property
    def late_rate(self) -> Decimal | None:
        """Late and overdue of 100 lent."""
        return None if self.late is None or self.loans is None else ratio(self.late, self.loans, percent=True)

    @property
    def missed_rate(self) -> Decimal | None:
        """Missed of 100 periods that were due."""
        return None if self.missed is None or self.due is None else ratio(self.missed, self.due, percent=True)


@dataclass(frozen=True)
class Beside:
    """What stands beside the loans of a class, by its key; a class that is left out has no such facts."""

    late: Mapping[int, Lateness] = field(default_factory=dict)
    periods: Mapping[int, ClassPeriods] = field(default_factory=dict)


NOTHING = Beside()


def class_table(facts: Facts | ClassCounts, classes: Sequence[NamedClass], beside: Beside = NOTHING) -> list[ClassRow]:
    """Rows of the classes (in school order) with a total after each grade, and the total of the school.

    A student who borrowed in two classes counts once in each, once in their grade and once in the school. What was
    lent to students of no class of that year stands in a row of its own, so that the rows add up to the total.
    """
    rows: list[ClassRow] = []
    for _grade, group in groupby(classes, key=lambda row: (row.stage, row.position)):
        rows += _grade_rows(list(group), facts, beside)
    known = {row.pk for row in classes}
    others = [row for key, row in facts.classes.items() if key not in known]
    if any(row.students or row.loans for row in others):
        rows.append(_row("", "", OTHER, others))
    own = [row for row in rows if row.kind == CLASS]
    rows.append(_row("", "", TOTAL, facts.classes.values(), **_sums(own)))
    return rows


def adult_rows(facts: Facts | ClassCounts) -> list[ClassRow]:
    """Teachers and staff as one row each, counts only: the system knows no subject groups (教研组)."""
    return [_row("", "", category, [facts.adults[category]]) for category in ADULTS if facts.adults[category].students]


def table_json(rows: Iterable[ClassRow]) -> list[dict[str, Any]]:
    """The rows as a snapshot keeps them, under the names of their time."""
    return [{name: getattr(row, name) for name in ClassRow.__dataclass_fields__} for row in rows]


def rows_of(kept: Iterable[Mapping[str, Any]]) -> list[ClassRow]:
    """The rows of a snapshot; what was not kept then is unknown."""
    fields = ClassRow.__dataclass_fields__
    return [ClassRow(**{name: value for name, value in row.items() if name in fields}) for row in kept]


@dataclass(frozen=True)
class NumberDifference:
    """A number of a row that a recount shows otherwise than it was reported; None where it was or is unknown."""

    row: ClassRow
    name: str | Promise
    kept: int | None
    counted: int | None


def row_differences(kept: Iterable[ClassRow], counted: Iterable[ClassRow]) -> list[NumberDifference]:
    """The numbers of two tables of one period that are not equal, in the order of the table reported."""
    before, after = {_key(row): row for row in kept}, {_key(row): row for row in counted}
    return [
        NumberDifference(before.get(key) or after[key], name, old, new)
        for key in {**before, **after}
        for column, name in NUMBERS.items()
        if (old := getattr(before.get(key), column, None)) != (new := getattr(after.get(key), column, None))
    ]


def _key(row: ClassRow) -> tuple[str, str, int | None]:
    return row.kind, row.grade, row.pk


def _grade_rows(group: list[NamedClass], facts: Facts | ClassCounts, beside: Beside) -> list[ClassRow]:
    present = [(row, facts.classes[row.pk]) for row in group if _counts(facts.classes, row.pk)]
    if not present:
        return []
    rows = [_row(row.name, row.grade, CLASS, [counts], pk=row.pk, **_beside(row.pk, beside)) for row, counts in present]
    return [*rows, _row("", group[0].grade, GRADE, [counts for _own, counts in present], **_sums(rows))]


def unknown(row: ClassRow) -> ClassRow:
    """The row of a time of which the system has no loans: what was lent then is unknown."""
    return replace(row, loans=None, borrowers=None, corner=None, late=None, lost=None, due=None, missed=None)


def _counts(classes: dict[ClassKey, ClassFacts], key: int) -> bool:
    return key in classes and bool(classes[key].students or classes[key].loans)


def _beside(key: int, beside: Beside) -> dict[str, int | None]:
    late, periods = beside.late.get(key), beside.periods.get(key)
    return {
        "late": late.late + late.overdue if late else None,
        "lost": late.lost if late else None,
        "due": periods.due if periods else None,
        "missed": len(periods.missed) if periods else None,
    }


def _sums(rows: Sequence[ClassRow]) -> dict[str, int | None]:
    """Of what is known; None where it is known of no class."""
    found: dict[str, int | None] = {}
    for name in ("late", "lost", "due", "missed"):
        known = [value for row in rows if (value := getattr(row, name)) is not None]
        found[name] = sum(known) if known else None
    return found


def _row(name: str, grade: str, kind: str, parts: Iterable[ClassFacts], **beside: int | None) -> ClassRow:
    parts = list(parts)
    return ClassRow(
        name=name,
        grade=grade,
        kind=kind,
        students=sum(part.students for part in parts),
        loans=sum(part.loans for part in parts),
        borrowers=len(set().union(*(part.borrowers for part in parts))),
        corner=sum(part.corner for part in parts),
        **beside,
    )
