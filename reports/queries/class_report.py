"""The class and grade tables of a period, with all that stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from circulation.queries.late_totals import lateness
from circulation.queries.missed_periods import missed_periods
from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import NamedClass, classes_on
from reports.models import Snapshot
from reports.queries.class_table import (
    CLASS,
    GRADE,
    OTHER,
    TOTAL,
    Beside,
    ClassRow,
    NumberDifference,
    adult_rows,
    class_table,
    row_differences,
    rows_of,
    unknown,
)
from reports.queries.facts import ClassCounts, Facts, class_counts
from reports.queries.snapshots import snapshot_of
from reports.rules.figures import Period
from reports.rules.snapshots import period_of

# How the rates of the tables are made, as printed with them.
FORMULAS = gettext_lazy(
    "Books per student = books lent ÷ students; borrowing rate = students who borrowed ÷ students × 100%. A student"
    " who borrowed in two classes counts once in the grade and in the total."
)


@dataclass(frozen=True)
class ClassReport:
    """`rows` are those of students, `adults` those of teachers and staff; `closed` is the snapshot they come from.

    `differences` are what a recount shows otherwise, None where none was asked for.
    """

    period: Period
    rows: Sequence[ClassRow]
    adults: Sequence[ClassRow]
    closed: Snapshot | None = None
    differences: Sequence[NumberDifference] | None = None

    @property
    def formulas(self) -> str:
        return str(FORMULAS)

    @property
    def classes(self) -> list[ClassRow]:
        return [row for row in self.rows if row.kind == CLASS]

    @property
    def total(self) -> ClassRow:
        return next(row for row in self.rows if row.kind == TOTAL)

    @property
    def has_periods(self) -> bool:
        """Whether any class has a place on the timetable."""
        return any(row.due for row in self.rows)


def class_report(
    period: Period, *, semester: Semester | None, reference: Reference, now: datetime, recount: bool = False
) -> ClassReport:
    """The tables of a period; those of a closed semester as they were closed, with a recount beside if asked for."""
    closed = snapshot_of(semester) if semester else None
    period = period_of(closed) if closed else period
    counted = [] if closed and not recount else class_rows(class_counts(period), reference=reference, now=now)
    if closed is None:
        return _report(period, counted)
    kept = rows_of(closed.tables["classes"])
    return _report(period, kept, closed, row_differences(kept, counted) if recount else None)


def class_rows(facts: Facts | ClassCounts, *, reference: Reference, now: datetime) -> list[ClassRow]:
    """Rows of classes, grades, the total, teachers and staff: what the page, the files and the snapshot show.

    Under the names that the classes had when the period began. Of a time before the library's first loan in the
    system only the students are known.
    """
    period = facts.period
    classes = classes_on(reference, period.starts_on)
    rows = [*class_table(facts, classes, _beside(period, classes, reference, now)), *adult_rows(facts)]
    return rows if facts.loans_known else [unknown(row) for row in rows]


def _beside(period: Period, classes: Sequence[NamedClass], reference: Reference, now: datetime) -> Beside:
    return Beside(
        late=lateness(period, [row.pk for row in classes], now=now),
        periods={row.class_id: row for row in missed_periods(reference, period, now)},
    )


def _report(
    period: Period,
    rows: Sequence[ClassRow],
    closed: Snapshot | None = None,
    differences: Sequence[NumberDifference] | None = None,
) -> ClassReport:
    students = (CLASS, GRADE, OTHER, TOTAL)
    return ClassReport(
        period=period,
        rows=[row for row in rows if row.kind in students],
        adults=[row for row in rows if row.kind not in students],
        closed=closed,
        differences=differences,
    )
