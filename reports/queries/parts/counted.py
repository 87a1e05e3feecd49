"""Figures and tables of semesters, each reckoned once for a whole paper; a closed semester as it was closed."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from library_site.shared.reference import Reference
from readers.models import Semester
from reports.queries.class_report import ClassReport, class_report
from reports.queries.collection.classes import ClassTable, collection_by_class
from reports.queries.collection.closed import closed_table
from reports.queries.facts import Facts, facts_of
from reports.queries.parts.figures import Shown
from reports.queries.parts.frame import Frame
from reports.queries.periods import period_of, semester_before
from reports.queries.semester_figures import shown_figures
from reports.queries.snapshots import snapshot_of


@dataclass
class Counted:
    """What is counted of semesters, as of `today`."""

    reference: Reference
    today: date
    _shown: dict[int, Shown] = field(default_factory=dict)
    _classes: dict[int, ClassReport] = field(default_factory=dict)
    _facts: dict[int, Facts] = field(default_factory=dict)

    def frame(self, semester: Semester) -> Frame:
        return Frame(period_of(semester, self.today), self.reference, self.today)

    def shown(self, semester: Semester) -> Shown:
        """The figures of the semester."""
        if semester.pk not in self._shown:
            self._shown[semester.pk] = shown_figures(
                semester, reference=self.reference, today=self.today, facts=self.facts(semester)
            )
        return self._shown[semester.pk]

    def facts(self, semester: Semester) -> Facts | None:
        """The counts of a semester that is open; a closed one is not counted again."""
        if semester.pk not in self._facts and snapshot_of(semester) is None:
            self._facts[semester.pk] = facts_of(
                period_of(semester, self.today), reference=self.reference, today=self.today
            )
        return self._facts.get(semester.pk)

    def last(self, semester: Semester) -> Shown:
        """The figures of the semester before it."""
        before = semester_before(self.reference, semester)
        return self.shown(before) if before else {}

    def classes(self, semester: Semester) -> ClassReport:
        """The class table of the semester."""
        if semester.pk not in self._classes:
            self._classes[semester.pk] = class_report(
                period_of(semester, self.today), semester=semester, reference=self.reference, now=timezone.now()
            )
        return self._classes[semester.pk]

    def collection(self, semester: Semester) -> ClassTable:
        """What was held at the end of the semester, and what of it was lent."""
        closed = closed_table(semester)
        if closed is not None:
            return closed.table
        return collection_by_class(period_of(semester, self.today), reference=self.reference, today=self.today)
