"""Late and lost books of a period by class, as totals for the school's contest between classes: no names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from circulation.models import Loan
from circulation.rules.span import Span
from readers.queries.classes import NamedClass

# A loan counts in the class of its day. Lost is what was reported lost and neither taken back nor found again; it is
# not counted as late beside. Late, overdue and lost loans are few: each is found by a partial index of its own.
_TOLD = """
    WITH gone AS MATERIALIZED (
        SELECT DISTINCT lost.loan_id
          FROM circulation_circulationevent AS lost
         WHERE lost.kind = 'lost' AND lost.at >= %(begins)s
           AND NOT EXISTS (SELECT 1 FROM circulation_circulationevent AS undone WHERE undone.undoes_id = lost.id)
           AND NOT EXISTS (
               SELECT 1 FROM circulation_circulationevent AS found
                WHERE found.loan_id = lost.loan_id AND found.kind = 'found' AND found.id > lost.id)
    ), told AS (
        SELECT loan.*, 'late' AS what FROM circulation_loan AS loan
         WHERE (loan.returned_at AT TIME ZONE %(zone)s)::date > loan.due_on
           AND loan.id NOT IN (SELECT loan_id FROM gone)
         UNION ALL
        SELECT loan.*, 'overdue' FROM circulation_loan AS loan
         WHERE loan.returned_at IS NULL AND loan.voided_at IS NULL AND loan.due_on < %(today)s
           AND loan.id NOT IN (SELECT loan_id FROM gone)
         UNION ALL
        SELECT loan.*, 'lost' FROM circulation_loan AS loan WHERE loan.id IN (SELECT loan_id FROM gone)
    )
    SELECT school_class_id, what, count(*) FROM told
     WHERE lent_at >= %(begins)s AND lent_at < %(ends)s AND voided_at IS NULL
       AND kind IN ('reader', 'corner') AND school_class_id = ANY(%(classes)s)
     GROUP BY school_class_id, what
"""


@dataclass(frozen=True)
class Lateness:
    """Of the loans of a class: `late` (back after the due day), `overdue` (out still), `lost`."""

    late: int = 0
    overdue: int = 0
    lost: int = 0


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


def lateness(span: Span, class_ids: Collection[int], *, now: datetime) -> dict[int, Lateness]:
    """{class: what came late or not at all of its loans of these days}, every class among them. One statement."""
    counts: dict[int, dict[str, int]] = {pk: {} for pk in class_ids}
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, _values(span, class_ids, now))
        for pk, what, number in cursor.fetchall():
            counts[pk][what] = number
    return {pk: Lateness(**found) for pk, found in counts.items()}


def class_totals(span: Span, classes: Collection[NamedClass], *, now: datetime) -> Sequence[ClassTotals]:
    """The totals of these classes in their order, those that borrowed nothing included. Two statements."""
    class_ids = [row.pk for row in classes]
    values = _values(span, class_ids, now)
    loans = Loan.objects.filter(lent_at__gte=values["begins"], lent_at__lt=values["ends"], voided_at=None)
    loans = loans.filter(school_class__in=class_ids, kind__in=(Loan.Kind.READER, Loan.Kind.CORNER)).order_by()
    lent = dict(loans.values_list("school_class_id").annotate(number=Count("*")))
    told = lateness(span, class_ids, now=now)
    return [ClassTotals(row.pk, row.name, lent.get(row.pk, 0), **vars(told[row.pk])) for row in classes]


def _values(span: Span, class_ids: Collection[int], now: datetime) -> dict[str, Any]:
    return {
        "begins": _midnight(span.starts_on),
        "ends": _midnight(span.ends_on + timedelta(days=1)),
        "today": timezone.localdate(now),
        "zone": timezone.get_current_timezone_name(),
        "classes": list(class_ids),
    }


def total_of(rows: Sequence[ClassTotals]) -> ClassTotals:
    """The sums of all classes."""
    names = ("lent", "late", "overdue", "lost")
    return ClassTotals(0, "", *(sum(getattr(row, name) for row in rows) for name in names))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
