"""One class month by month: what its figures of a period are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from circulation.queries.late_totals import lateness
from library_site.shared.reference import Reference
from readers.queries.classes import NamedClass, classes_on
from reports.queries.class_table import CLASS, Beside, ClassRow, class_table, unknown
from reports.queries.facts import class_counts
from reports.rules.figures import Period


@dataclass(frozen=True)
class MonthRow:
    """The class in the part of a month that lies in the period; `row` None where it had no student and no loan."""

    first: date
    row: ClassRow | None


def class_months(class_id: int, period: Period, *, reference: Reference, now: datetime) -> Sequence[MonthRow]:
    """The months of the period that have begun. Loans of the months add up; who borrowed in two counts in both."""
    named = [row for row in classes_on(reference, period.starts_on) if row.pk == class_id]
    return [MonthRow(part.starts_on, _row(named, part, now)) for part in _months(period)]


def _row(named: Sequence[NamedClass], part: Period, now: datetime) -> ClassRow | None:
    facts = class_counts(part)
    late = lateness(part, [row.pk for row in named], now=now) if facts.loans_known else {}
    rows = (row for row in class_table(facts, named, Beside(late=late)) if row.kind == CLASS)
    found = next(rows, None)
    return found if found is None or facts.loans_known else unknown(found)


def _months(period: Period) -> Iterator[Period]:
    first = period.starts_on
    while first <= period.until:
        last = (first.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        yield Period.of(first, min(last, period.ends_on), today=period.until)
        first = last + timedelta(days=1)
