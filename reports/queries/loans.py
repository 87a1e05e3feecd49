"""Loans of a period as figures count them: by kind, category and class, and who borrowed.

Voided loans do not count, renewals are no loans of their own. A loan counts on the day it was made, in the class and
category stored on it; distinct borrowers are counted by `borrower_key`, which outlives anonymisation.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncDate

from circulation.models import Loan
from readers.models import Reader
from reports.rules.figures import Period, midnight, monday_of

STUDENT = Reader.Category.STUDENT
ADULTS = (Reader.Category.TEACHER, Reader.Category.STAFF)
IN_A_READERS_NAME = (Loan.Kind.READER, Loan.Kind.CORNER)

ClassKey = int | None  # primary key of a class; None for loans of students in no class


@dataclass
class Lent:
    """What was lent to some: `corner` of the `loans` at a book corner; `borrowers` by key."""

    loans: int = 0
    corner: int = 0
    borrowers: set[UUID] = field(default_factory=set)


@dataclass
class LoanCounts:
    """`kinds` is {(kind, category): loans}; loans in a reader's name by class for students, else by category."""

    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    students: defaultdict[ClassKey, Lent] = field(default_factory=lambda: defaultdict(Lent))
    others: defaultdict[str, Lent] = field(default_factory=lambda: defaultdict(Lent))

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


def loan_counts(period: Period) -> LoanCounts:
    """The counts of a period."""
    counts = LoanCounts()
    columns = ("kind", "category", "school_class_id", "borrower_key")
    rows = loans_between(period.starts_on, period.until).values_list(*columns)
    for kind, category, school_class, key, number in rows.annotate(number=Count("*")):
        counts.kinds[kind, category] += number
        if kind not in IN_A_READERS_NAME:
            continue
        lent = counts.students[school_class] if category == STUDENT else counts.others[category]
        lent.loans += number
        lent.corner += number if kind == Loan.Kind.CORNER else 0
        lent.borrowers.add(key)
    return counts


def borrowers_by_week(period: Period) -> dict[date, int]:
    """{Monday: students who borrowed in that week of the period}; weeks without any are left out."""
    return {monday: len(keys) for monday, keys in _keys_by(monday_of, period).items()}


def borrowers_by_month(period: Period) -> dict[date, int]:
    """{first of the month: students who borrowed in that month of the period}; months without any are left out."""
    return {month: len(keys) for month, keys in _keys_by(lambda day: day.replace(day=1), period).items()}


def _keys_by(first_of: Any, period: Period) -> dict[date, set[UUID]]:
    rows = loans_between(period.starts_on, period.until).filter(category=STUDENT, kind__in=IN_A_READERS_NAME)
    found: defaultdict[date, set[UUID]] = defaultdict(set)
    for day, key in rows.annotate(day=TruncDate("lent_at")).values_list("day", "borrower_key").distinct():
        found[first_of(day)].add(key)
    return found


def loans_by_day(period: Period) -> dict[date, Counter[tuple[str, str]]]:
    """{day: {(kind, category): loans}}; days without any are left out."""
    rows = loans_between(period.starts_on, period.until).annotate(day=TruncDate("lent_at"))
    found: defaultdict[date, Counter[tuple[str, str]]] = defaultdict(Counter)
    for day, kind, category, number in rows.values_list("day", "kind", "category").annotate(number=Count("*")):
        found[day][kind, category] += number
    return found


def first_loan_on(by: date) -> date | None:
    """The day of the library's first loan in the system, None if none was made up to the day `by`."""
    rows = Loan.objects.filter(voided_at=None, lent_at__lt=midnight(by + timedelta(days=1)))
    first = rows.aggregate(first=Min("lent_at"))["first"]
    return first.astimezone(midnight(by).tzinfo).date() if first else None
