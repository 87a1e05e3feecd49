"""Loans of a period as figures count them: by kind, category and class, and who borrowed.

Voided loans do not count, renewals are no loans of their own. A loan counts on the day it was made, in the class and
category stored on it; distinct borrowers are counted by `borrower_key`, which outlives anonymisation. Days counted
ahead are read from there, all others from the loans.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils import timezone

from circulation.models import Loan
from readers.models import Reader
from reports.models import BorrowerSpan, LoanDay
from reports.queries.rolled import Rolled, Span, bounds_of, consistently
from reports.rules.figures import Period, midnight

STUDENT = Reader.Category.STUDENT
ADULTS = (Reader.Category.TEACHER, Reader.Category.STAFF)
IN_A_READERS_NAME = (Loan.Kind.READER, Loan.Kind.CORNER)

ClassKey = int | None  # primary key of a class; None for loans of students in no class
Kinds = Counter[tuple[str, str]]  # {(kind, category): loans}

_SPANS = """
      FROM unnest(%(begins)s::timestamptz[], %(ends)s::timestamptz[]) WITH ORDINALITY AS span (begins, ends, n)
      JOIN circulation_loan AS loan ON loan.lent_at >= span.begins AND loan.lent_at < span.ends
     WHERE loan.voided_at IS NULL
"""
_DAYS = f"""
    SELECT (loan.lent_at AT TIME ZONE %(zone)s)::date, loan.kind, loan.category, loan.school_class_id, count(*)
    {_SPANS} GROUP BY 1, 2, 3, 4
"""
_BORROWERS = f"""
    SELECT category, school_class_id, borrower_key FROM reports_borrowerterm WHERE term_id = ANY(%(terms)s)
    UNION
    SELECT loan.category, loan.school_class_id, loan.borrower_key
    {_SPANS} AND loan.kind IN ('reader', 'corner')
"""  # noqa: S608
_STUDENTS = f"""
    SELECT span.n::int - 1, count(DISTINCT loan.borrower_key)
    {_SPANS} AND loan.kind IN ('reader', 'corner') AND loan.category = 'student' GROUP BY 1
"""


@dataclass
class Lent:
    """What was lent to some: `corner` of the `loans` at a book corner; `borrowers` by key."""

    loans: int = 0
    corner: int = 0
    borrowers: set[UUID] = field(default_factory=set)


@dataclass
class LoanCounts:
    """`kinds` are all loans; those in a reader's name also by class for students, by category for others."""

    kinds: Kinds = field(default_factory=Counter)
    students: defaultdict[ClassKey, Lent] = field(default_factory=lambda: defaultdict(Lent))
    others: defaultdict[str, Lent] = field(default_factory=lambda: defaultdict(Lent))

    def whose(self, category: str, school_class: ClassKey) -> Lent:
        return self.students[school_class] if category == STUDENT else self.others[category]

    def of(self, kinds: Iterable[str], categories: Iterable[str] | None = None) -> int:
        """Loans of these kinds, of these categories or of all."""
        wanted, whose = set(kinds), None if categories is None else set(categories)
        return sum(
            number
            for (kind, category), number in self.kinds.items()
            if kind in wanted and (whose is None or category in whose)
        )

    def borrowers(self) -> set[UUID]:
        """The keys of the students who borrowed."""
        return set().union(*(row.borrowers for row in self.students.values()))

    def everybody(self) -> set[UUID]:
        return self.borrowers().union(*(row.borrowers for row in self.others.values()))


def loans_between(first: date, last: date) -> "QuerySet[Loan, Any]":
    """The loans that stand, made from a day to a day."""
    begins, ends = midnight(first), midnight(last + timedelta(days=1))
    return Loan.objects.filter(lent_at__gte=begins, lent_at__lt=ends, voided_at=None).order_by()


def loan_counts(period: Period, rolled: Rolled) -> LoanCounts:
    """The counts of a period, by what is counted ahead. Three statements at most."""
    counts = LoanCounts()
    for (_day, kind, category, school_class), number in _by_day(period, rolled, by_class=True).items():
        counts.kinds[kind, category] += number
        if kind in IN_A_READERS_NAME:
            lent = counts.whose(category, school_class)
            lent.loans += number
            lent.corner += number if kind == Loan.Kind.CORNER else 0
    terms, rest = rolled.whole_terms(period.starts_on, period.until)
    for category, school_class, key in _rows(_BORROWERS, rest, terms=[term.pk for term in terms]):
        counts.whose(category, school_class).borrowers.add(key)
    return counts


def loans_by_day(period: Period) -> dict[date, Kinds]:
    """{day: {(kind, category): loans}}; days without any are left out."""
    found: defaultdict[date, Kinds] = defaultdict(Counter)
    counted = consistently(lambda rolled: _by_day(period, rolled, by_class=False))
    for (day, kind, category, _class), number in counted.items():
        found[day][kind, category] += number
    return found


def _by_day(period: Period, rolled: Rolled, *, by_class: bool) -> Counter[tuple[Any, str, str, ClassKey]]:
    """{(day, kind, category, class): loans}; by class, what is counted ahead comes without its day."""
    ahead, rest = rolled.days(period.starts_on, period.until)
    found: Counter[tuple[Any, str, str, ClassKey]] = Counter()
    if ahead:
        rows = LoanDay.objects.filter(day__range=ahead).exclude(day__in=rolled.dirty).order_by()
        columns = ("kind", "category", "school_class_id") if by_class else ("day", "kind", "category")
        for *key, number in rows.values_list(*columns).annotate(number=Sum("lent")):
            found[(None, *key) if by_class else (*key, None)] += number
    for day, kind, category, school_class, number in _rows(_DAYS, rest):
        found[day, kind, category, school_class] += number
    return found


def borrowers_in(spans: Sequence[Span], rolled: Rolled) -> list[int]:
    """How many students borrowed in each of these stretches of days: whole weeks and months may be counted ahead."""
    whole = [span for span in spans if rolled.is_clean(*span) and _is_whole(*span)]
    found = dict.fromkeys(whole, 0)
    if whole:
        rows = BorrowerSpan.objects.filter(starts_on__gte=whole[0][0], ends_on__lte=whole[-1][1])
        ahead = {(first, last): number for first, last, number in rows.values_list("starts_on", "ends_on", "students")}
        found = {span: ahead.get(span, 0) for span in whole}
    rest = [span for span in spans if span not in found]
    counted = dict(_rows(_STUDENTS, rest))
    return [found[span] if span in found else counted.get(rest.index(span), 0) for span in spans]


def _is_whole(first: date, last: date) -> bool:
    week = first.weekday() == 0 and last == first + timedelta(days=6)
    return week or (first.day == 1 and (last + timedelta(days=1)).day == 1 and (last - first).days < 31)


def borrowers_by_week(period: Period, rolled: Rolled) -> dict[date, int]:
    """{Monday: students who borrowed in that week, as far as it lies in the period}."""
    mondays = period.mondays()
    return dict(zip(mondays, borrowers_in([period.part(monday, 7) for monday in mondays], rolled), strict=True))


def borrowers_by_month(period: Period, rolled: Rolled) -> dict[date, int]:
    """{first of the month: students who borrowed in that month, as far as it lies in the period}."""
    months = period.months()
    spans = [period.part(month, ((month + timedelta(days=31)).replace(day=1) - month).days) for month in months]
    return dict(zip(months, borrowers_in(spans, rolled), strict=True))


def first_loan_on(by: date) -> date | None:
    """The day of the library's first loan in the system, None if none was made up to the day `by`."""
    rows = Loan.objects.filter(voided_at=None, lent_at__lt=midnight(by + timedelta(days=1)))
    first = rows.order_by("lent_at").values_list("lent_at", flat=True).first()
    return timezone.localdate(first) if first else None


def _rows(statement: str, spans: Sequence[Span], **more: Any) -> list[Any]:
    if not spans and not any(more.values()):
        return []
    asked = {**bounds_of(spans), **more, "zone": timezone.get_current_timezone_name()}
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
