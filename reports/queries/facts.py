"""The counts that the figures of a period are made of, in four statements whatever the number of loans."""

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
ADULTS = (Reader.Category.TEACHER, Reader.Category.STAFF)

IN_A_READERS_NAME = (Loan.Kind.READER, Loan.Kind.CORNER)

ClassKey = int | None  # primary key of a class; None for loans of students in no class


@dataclass
class ClassFacts:
    """One class in the period: who was in it at its end, and what was lent to those who were in it on the day.

    `corner` of the `loans` were made at the class's book corner. Teachers and staff are counted in the same way.
    """

    students: int = 0
    loans: int = 0
    corner: int = 0
    borrowers: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class Facts:
    """Counts of a period. `borrowers` are distinct students, however many classes they borrowed in.

    `corner_loans` are those of `student_loans` that were made at a book corner; `class_loans` (in a class's name) and
    `room_uses` are in none of the other counts.
    """

    period: Period
    students: int
    student_loans: int
    borrowers: int
    all_loans: int
    corner_loans: int
    class_loans: int
    room_uses: int
    circulating_copies: int
    classes: dict[ClassKey, ClassFacts]
    adults: dict[str, ClassFacts]  # by reader category: teachers, staff


def facts_of(period: Period) -> Facts:
    """Counts loans, borrowers, students and copies.

    Voided loans do not count, renewals are no loans of their own. Use in the room and what is lent in a class's name
    are counted apart; what a pupil gets from the book corner is the pupil's loan. A loan counts on the day it was
    made, in the class and category stored on it, so nothing that happens to a reader later changes it. Distinct
    borrowers are counted by `borrower_key`, which outlives anonymisation.
    """
    classes: defaultdict[ClassKey, ClassFacts] = defaultdict(ClassFacts)
    adults: dict[str, ClassFacts] = {category: ClassFacts() for category in ADULTS}
    kinds = _count_loans(period, classes, adults)
    for school_class, students in _students_by_class(period):
        classes[school_class].students = students
    for category, number in _adults_of(period):
        adults[category].students = number
    return Facts(
        period=period,
        students=sum(row.students for row in classes.values()),
        student_loans=sum(row.loans for row in classes.values()),
        borrowers=len(set().union(*(row.borrowers for row in classes.values()))),
        all_loans=sum(number for (kind, _category), number in kinds.items() if kind in IN_A_READERS_NAME),
        corner_loans=kinds[Loan.Kind.CORNER, STUDENT],
        class_loans=sum(number for (kind, _category), number in kinds.items() if kind == Loan.Kind.CLASS),
        room_uses=sum(number for (kind, _category), number in kinds.items() if kind == Loan.Kind.ROOM),
        circulating_copies=_circulating_copies(period),
        classes=dict(classes),
        adults=adults,
    )


def _count_loans(
    period: Period, classes: defaultdict[ClassKey, ClassFacts], adults: dict[str, ClassFacts]
) -> Counter[tuple[str, str]]:
    """{(kind, category): loans}; those of students are added to their classes, those of adults to their category."""
    begins, ends = period.bounds()
    loans = Loan.objects.filter(lent_at__gte=begins, lent_at__lt=ends, voided_at=None)
    columns = ("kind", "category", "school_class_id", "borrower_key")
    found: Counter[tuple[str, str]] = Counter()
    for kind, category, school_class, borrower_key, number in (
        loans.order_by().values_list(*columns).annotate(number=Count("*"))
    ):
        found[kind, category] += number
        if kind not in IN_A_READERS_NAME or category not in (STUDENT, *ADULTS):
            continue
        own = classes[school_class] if category == STUDENT else adults[category]
        own.loans += number
        own.corner += number if kind == Loan.Kind.CORNER else 0
        own.borrowers.add(borrower_key)
    return found


def _students_by_class(period: Period) -> Iterable[tuple[int, int]]:
    """Students enrolled: members of a class on the last day of the period, or today while it runs."""
    members = enrolled_on(period.until)
    return members.order_by().values_list("school_class").annotate(number=Count("reader", distinct=True))


def _adults_of(period: Period) -> Iterable[tuple[str, int]]:
    """Teachers and staff by category: those who had not left by the last day. When they came is not known."""
    present = Q(left_on=None) | Q(left_on__gt=period.until)
    rows = Reader.objects.filter(present, category__in=ADULTS).order_by()
    return rows.values_list("category").annotate(number=Count("pk"))


def _circulating_copies(period: Period) -> int:
    """Copies that may be taken home: in a circulating location, neither withdrawn nor lost as of now, and not
    acquired after the period (a copy without a date of acquisition is old stock)."""
    held = Copy.objects.filter(location__circulates=True).exclude(state__in=GONE)
    return held.filter(Q(acquired_on=None) | Q(acquired_on__lte=period.until)).count()
