"""Figures and class tables of semesters, each reckoned once for a whole paper."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from library_site.shared.reference import Reference
from readers.models import Semester
from reports.queries.class_report import class_rows
from reports.queries.class_table import ClassRow, rows_of
from reports.queries.facts import Facts, facts_of
from reports.queries.parts.figures import Shown
from reports.queries.parts.frame import Frame
from reports.queries.periods import period_of, semester_before
from reports.queries.semester_figures import shown_figures
from reports.queries.snapshots import snapshot_of


@dataclass
class Counted:
    """What is counted of semesters, as of `today`; a closed semester as it was closed."""

    reference: Reference
    today: date
    _shown: dict[int, Shown] = field(default_factory=dict)
    _rows: dict[int, list[ClassRow]] = field(default_factory=dict)
    _facts: dict[int, Facts] = field(default_factory=dict)

    def frame(self, semester: Semester) -> Frame:
        return Frame(period_of(semester, self.today), self.reference, self.today)

    def shown(self, semester: Semester) -> Shown:
        """The figures of the semester."""
        if semester.pk not in self._shown:
            facts = None if snapshot_of(semester) else self.facts(semester)
            self._shown[semester.pk] = shown_figures(semester, reference=self.reference, today=self.today, facts=facts)
        return self._shown[semester.pk]

    def facts(self, semester: Semester) -> Facts:
        """The counts of the semester as of now, whether it is closed or not."""
        if semester.pk not in self._facts:
            period = period_of(semester, self.today)
            self._facts[semester.pk] = facts_of(period, reference=self.reference, today=self.today)
        return self._facts[semester.pk]

    def last(self, semester: Semester) -> Shown:
        """The figures of the semester before it."""
        before = semester_before(self.reference, semester)
        return self.shown(before) if before else {}

    def rows(self, semester: Semester) -> list[ClassRow]:
        """The rows of the class report."""
        if semester.pk not in self._rows:
            self._rows[semester.pk] = self._count_rows(semester)
        return self._rows[semester.pk]

    def _count_rows(self, semester: Semester) -> list[ClassRow]:
        snapshot = snapshot_of(semester)
        if snapshot is not None and "classes" in snapshot.tables:
            return rows_of(snapshot.tables["classes"])
        return class_rows(self.facts(semester), reference=self.reference, now=timezone.now())
