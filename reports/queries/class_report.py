"""The class and grade tables of a period, with all that stands beside them."""

from collections.abc import Sequence
from datetime import datetime

from circulation.queries.late_totals import class_totals
from circulation.queries.missed_periods import missed_periods
from library_site.shared.reference import Reference
from readers.queries.classes import NamedClass, classes_on
from reports.queries.class_table import Beside, ClassRow, adult_rows, class_table
from reports.queries.facts import Facts
from reports.rules.figures import Period


def class_rows(facts: Facts, *, reference: Reference, now: datetime) -> list[ClassRow]:
    """Rows of classes, grades, the total, teachers and staff: what the page, the files and the snapshot show.

    Under the names that the classes had when the period began.
    """
    period = facts.period
    classes = classes_on(reference, period.starts_on)
    return [*class_table(facts, classes, _beside(period, classes, reference, now)), *adult_rows(facts)]


def _beside(period: Period, classes: Sequence[NamedClass], reference: Reference, now: datetime) -> Beside:
    return Beside(
        late={row.pk: row for row in class_totals(period, classes, now=now)},
        periods={row.class_id: row for row in missed_periods(reference, period, now)},
    )
