"""The counts that the figures of a period are made of, in three statements whatever the number of loans."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from catalog.models import Copy
from catalog.queries.search import GONE
from circulation.models import Loan
from readers.models import Reader
from readers.queries.enrolment import enrolled_on
from reports.rules.figures import Period

STUDENT = Reader.Category.STUDENT

ClassKey = int | None  # primary key of a class; None for loans of students in no class


@dataclass
class ClassFacts:
    """One class in the period: who was in it at its end, and what was lent to those who were in it on the day."""

    students: int = 0
    loans: int = 0
    borrowers: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class Facts:
    """Counts of a period. `borrowers` are distinct students, however many classes they borrowed in."""

    period: Period
    students: int
    student_loans: int
    borrowers: int
    all_loans: int
    circulating_copies: int
    classes: dict[ClassKey, ClassFacts]


def facts_of(period: Period) -> Facts:
    """Counts loans, borrowers, students and copies.

    Voided loans and use in the room do not count, renewals are no loans of their own. A loan counts on the day it was
    made, in the class and category stored on it, so nothing that happens to a reader later changes it. Distinct
    borrowers are counted by `borrower_key`, which outlives anonymisation.
    """
    classes: defaultdict[ClassKey, ClassFacts] = defaultdict(ClassFacts)
    all_loans = _count_loans(period, classes)
    for school_class, students in _students_by_class(period):
        classes[school_class].students = students
    return Facts(
        period=period,
        students=sum(row.students for row in classes.values()),
        student_loans=sum(row.loans for row in classes.values()),
        borrowers=len(set().union(*(row.borrowers for row in classes.values()))),
        all_loans=all_loans,
        circulating_copies=_circulating_copies(period),
        classes=dict(classes),
    )


def _count_loans(period: Period, classes: defaultdict[ClassKey, ClassFacts]) -> int:
    begins, ends = period.bounds()
    loans = Loan.objects.filter(lent_at__gte=begins, lent_at__lt=ends, voided_at=None)
    loans = loans.exclude(kind=Loan.Kind.ROOM)  # used in the room, never taken home
    rows = loans.order_by().values_list("category", "school_class_id", "borrower_key").annotate(number=Count("*"))
    by_category: Counter[str] = Counter()
    for category, school_class, borrower_key, number in rows:
        by_category[category] += number
        if category == STUDENT:
            classes[school_class].loans += number
            classes[school_class].borrowers.add(borrower_key)
    return by_category.total()


def _students_by_class(period: Period) -> Iterable[tuple[int, int]]:
    """Students enrolled: members of a class on the last day of the period, or today while it runs."""
    members = enrolled_on(period.until)
    return members.order_by().values_list("school_class").annotate(number=Count("reader", distinct=True))


def _circulating_copies(period: Period) -> int:
    """Copies that may be taken home: in a circulating location, neither withdrawn nor lost as of now, and not
    acquired after the period (a copy without a date of acquisition is old stock)."""
    held = Copy.objects.filter(location__circulates=True).exclude(state__in=GONE)
    return held.filter(Q(acquired_on=None) | Q(acquired_on__lte=period.until)).count()
