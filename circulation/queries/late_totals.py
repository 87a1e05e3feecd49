"""Late and lost books of a period by class, as totals for the school's contest between classes: no names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from circulation.rules.span import Span
from readers.queries.classes import NamedClass

# A loan counts in the class of its day. Lost is what was reported lost and neither taken back nor found again; it is
# not counted as late beside.
_TOTALS = """
    WITH gone AS (
        SELECT DISTINCT lost.loan_id
          FROM circulation_circulationevent AS lost
         WHERE lost.kind = 'lost' AND lost.at >= %(begins)s
           AND NOT EXISTS (SELECT 1 FROM circulation_circulationevent AS undone WHERE undone.undoes_id = lost.id)
           AND NOT EXISTS (
               SELECT 1 FROM circulation_circulationevent AS found
                WHERE found.loan_id = lost.loan_id AND found.kind = 'found' AND found.id > lost.id)
    )
    SELECT loan.school_class_id,
           count(*),
           count(*) FILTER (WHERE gone.loan_id IS NULL
                              AND (loan.returned_at AT TIME ZONE %(zone)s)::date > loan.due_on),
           count(*) FILTER (WHERE gone.loan_id IS NULL AND loan.returned_at IS NULL AND loan.due_on < %(today)s),
           count(*) FILTER (WHERE gone.loan_id IS NOT NULL)
      FROM circulation_loan AS loan
      LEFT JOIN gone ON gone.loan_id = loan.id
     WHERE loan.lent_at >= %(begins)s AND loan.lent_at < %(ends)s AND loan.voided_at IS NULL
       AND loan.kind IN ('reader', 'corner') AND loan.school_class_id = ANY(%(classes)s)
     GROUP BY loan.school_class_id
"""


@dataclass(frozen=True)
class ClassTotals:
    """One class: `lent` in the period; of these `late` (back after the due day), `overdue` (out still), `lost`."""

    pk: int
    name: str
    lent: int = 0
    late: int = 0
    overdue: int = 0
    lost: int = 0

    @property
    def late_rate(self) -> Decimal | None:
        """Late and overdue of 100 lent, to two places; None where nothing was lent."""
        if not self.lent:
            return None
        rate = Decimal(self.late + self.overdue) * 100 / self.lent
        return rate.quantize(Decimal("0.01"), ROUND_HALF_UP)


def class_totals(span: Span, classes: Collection[NamedClass], *, now: datetime) -> Sequence[ClassTotals]:
    """The totals of these classes in their order, those that borrowed nothing included. One statement."""
    values: dict[str, Any] = {
        "begins": _midnight(span.starts_on),
        "ends": _midnight(span.ends_on + timedelta(days=1)),
        "today": timezone.localdate(now),
        "zone": timezone.get_current_timezone_name(),
        "classes": [row.pk for row in classes],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, values)
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    return [ClassTotals(row.pk, row.name, *found.get(row.pk, ())) for row in classes]


def total_of(rows: Sequence[ClassTotals]) -> ClassTotals:
    """The sums of all classes."""
    names = ("lent", "late", "overdue", "lost")
    return ClassTotals(0, "", *(sum(getattr(row, name) for row in rows) for name in names))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
