"""One class month by month: what its figures of a period are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from library_site.shared.reference import Reference
from reports.queries.class_report import class_rows
from reports.queries.class_table import CLASS, ClassRow
from reports.queries.facts import class_counts
from reports.rules.figures import Period


@dataclass(frozen=True)
class MonthRow:
    """The class in the part of a month that lies in the period; `row` None where it had no student and no loan."""

    first: date
    row: ClassRow | None


def class_months(class_id: int, period: Period, *, reference: Reference, now: datetime) -> Sequence[MonthRow]:
    """The months of the period that have begun. Loans of the months add up; who borrowed in two counts in both."""
    return [MonthRow(part.starts_on, _row(class_id, part, reference, now)) for part in _months(period)]


def _row(class_id: int, part: Period, reference: Reference, now: datetime) -> ClassRow | None:
    rows = class_rows(class_counts(part), reference=reference, now=now)
    return next((row for row in rows if row.kind == CLASS and row.pk == class_id), None)


def _months(period: Period) -> Iterator[Period]:
    first = period.starts_on
    while first <= period.until:
        last = (first.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        yield Period.of(first, min(last, period.ends_on), today=period.until)
        first = last + timedelta(days=1)
