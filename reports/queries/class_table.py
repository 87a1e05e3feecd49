"""The class-by-class table of a period, with a total per grade and in all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from library_site.shared.figures import ratio
from readers.queries.classes import NamedClass
from reports.queries.facts import ClassFacts, ClassKey, Facts


@dataclass(frozen=True)
class ClassRow:
    """A row as published: 班级 | 学生人数 | 外借册数 | 借书人数 | 人均册数 | 借书率."""

    name: str
    grade: str
    kind: str  # "class", "grade" (total of a grade), "other" (in no class of that year), "total"
    students: int
    loans: int
    borrowers: int

    @property
    def per_student(self) -> Decimal | None:
        return ratio(self.loans, self.students)

    @property
    def rate(self) -> Decimal | None:
        return ratio(self.borrowers, self.students, percent=True)


def class_table(facts: Facts, classes: Sequence[NamedClass]) -> list[ClassRow]:
    """Rows of the classes (in school order) with a total after each grade, and the total of the school.

    A student who borrowed in two classes counts once in each, once in their grade and once in the school. What was
    lent to students of no class of that year stands in a row of its own, so that the rows add up to the total.
    """
    rows: list[ClassRow] = []
    for (_stage, _position), group in groupby(classes, key=lambda row: (row.stage, row.position)):
        rows += _grade_rows(list(group), facts)
    known = {row.pk for row in classes}
    others = [row for key, row in facts.classes.items() if key not in known]
    if any(row.students or row.loans for row in others):
        rows.append(_row("", "", "other", others))
    rows.append(_row("", "", "total", facts.classes.values()))
    return rows


def _grade_rows(group: list[NamedClass], facts: Facts) -> list[ClassRow]:
    present = [(row, facts.classes[row.pk]) for row in group if _counts(facts.classes, row.pk)]
    if not present:
        return []
    rows = [_row(row.name, row.grade, "class", [counts]) for row, counts in present]
    return [*rows, _row("", group[0].grade, "grade", [counts for _row, counts in present])]


def _counts(classes: dict[ClassKey, ClassFacts], key: int) -> bool:
    return key in classes and bool(classes[key].students or classes[key].loans)


def _row(name: str, grade: str, kind: str, parts: Iterable[ClassFacts]) -> ClassRow:
    parts = list(parts)
    return ClassRow(
        name=name,
        grade=grade,
        kind=kind,
        students=sum(part.students for part in parts),
        loans=sum(part.loans for part in parts),
        borrowers=len(set().union(*(part.borrowers for part in parts))),
    )
