"""Books that are to come back: what is overdue, or everything when the semester ends; by class and borrower."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models.titles import long_columns
from circulation.models import Loan, Reminder
from circulation.models.loans import OPEN
from circulation.queries.lateness import days_late
from circulation.queries.recall import recall_of
from library_site.shared.reference import Reference
from readers.models import ClassMembership
from readers.queries.classes import NamedClass


@dataclass(frozen=True)
class Wanted:
    """Which books. With `recall` everything that is called in at the end of the semester, else what is overdue.

    `classes` are those the borrowers are in now, None for the whole school; `others` leaves those who are in none.
    """

    classes: Collection[int] | None = None
    others: bool = False
    late_days: int = 1
    reminders: int = 0
    reader_id: int | None = None
    recall: bool = False


@dataclass(frozen=True)
class BookLine:
    """One book to come back, by `back_by`; `reminders` counts the days on which somebody was reminded of it."""

    loan_id: int
    title_id: int
    title: str
    barcode: str
    price: Decimal | None
    lent_on: date
    back_by: date
    days_late: int
    reminders: int
    reminded_at: datetime | None
    reminded_by: str


@dataclass(frozen=True)
class Borrower:
    """Whoever has the books: a reader, or a class with its box (`reader_id` None). One strip of a slip."""

    reader_id: int | None
    name: str
    number: str
    lines: list[BookLine] = field(default_factory=list)

    @property
    def price(self) -> Decimal:
        """The sum of the prices that are known."""
        return sum((line.price for line in self.lines if line.price is not None), Decimal(0))

    @property
    def has_all_prices(self) -> bool:
        return all(line.price is not None for line in self.lines)

    @property
    def days_late(self) -> int:
        return max(line.days_late for line in self.lines)

    @property
    def reminders(self) -> int:
        return max(line.reminders for line in self.lines)

    @property
    def last_reminded(self) -> BookLine | None:
        """The line that was called in last."""
        told = [line for line in self.lines if line.reminded_at is not None]
        return max(told, key=lambda line: (line.reminded_at, line.loan_id), default=None)


@dataclass(frozen=True)
class BorrowerGroup:
    """A class, or all who are in none (`pk` None: teachers, staff, who left)."""

    pk: int | None
    name: str
    borrowers: Sequence[Borrower]

    @property
    def lines(self) -> list[BookLine]:
        return [line for borrower in self.borrowers for line in borrower.lines]

    @property
    def books(self) -> int:
        return len(self.lines)

    @property
    def price(self) -> Decimal:
        return sum((borrower.price for borrower in self.borrowers), Decimal(0))

    @property
    def days_late(self) -> int:
        return max(borrower.days_late for borrower in self.borrowers)

    @property
    def reminded_at(self) -> datetime | None:
        return max((line.reminded_at for line in self.lines if line.reminded_at), default=None)


def books_to_come_back(
    wanted: Wanted, *, classes: Sequence[NamedClass], reference: Reference, today: date
) -> list[BorrowerGroup]:
    """The books that are out at this moment and wanted back, empty classes left out. One statement: one snapshot.

    Books used in the room are not among them, nor a class's books that a classmate has from the corner twice.
    """
    known = {row.pk for row in classes}
    found: dict[int | None, dict[Any, Borrower]] = {}
    for loan in _loans(wanted, today):
        place = loan.now_in if loan.now_in in known else None  # type: ignore[attr-defined]
        back_by = recalled(loan, place, reference, today) if wanted.recall else loan.due_on
        if back_by is None or (wanted.others and place is not None):
            continue
        line = _line(loan, back_by, today, reference)
        if not wanted.recall and not line.days_late:  # closed ever since it was due
            continue
        people = found.setdefault(place, {})
        people.setdefault(_key(loan), _borrower(loan)).lines.append(line)
    names = [(row.pk, row.name) for row in classes]
    groups = [*names, (None, _("Teachers and others"))]
    return [BorrowerGroup(pk, name, list(found[pk].values())) for pk, name in groups if pk in found]


def recalled(loan: Loan, class_id: int | None, reference: Reference, today: date) -> date | None:
    """By when the book is back for the semester's end; None where holiday lending leaves it out, or no date is set."""
    recall = recall_of(reference, category=loan.category, class_id=class_id, today=today)
    if recall is None:
        return None
    kept = recall.keeps_from is not None and timezone.localdate(loan.lent_at) >= recall.keeps_from
    return None if kept else min(loan.due_on, recall.on)


def wanted_loans(wanted: Wanted, today: date) -> "QuerySet[Loan, Any]":
    """The open loans that are wanted back, with `now_in`, the class they belong to now; the recall is not looked at."""
    current = ClassMembership.objects.filter(reader=OuterRef("reader_id"), until=None)
    lent_on = Loan.objects.filter(OPEN, copy=OuterRef("copy"), kind=Loan.Kind.CORNER)
    loans = Loan.objects.filter(OPEN).exclude(kind=Loan.Kind.ROOM)
    loans = loans.exclude(Exists(lent_on), kind=Loan.Kind.CLASS)
    place = Case(
        When(kind=Loan.Kind.CLASS, then=F("school_class_id")),
        default=Subquery(current.values("school_class_id")[:1]),
        output_field=BigIntegerField(),
    )
    loans = loans.annotate(now_in=place)
    if wanted.classes is not None:
        loans = loans.filter(now_in__in=wanted.classes)
    if wanted.reader_id is not None:
        loans = loans.filter(reader_id=wanted.reader_id)
    return loans if wanted.recall else loans.filter(due_on__lte=today - timedelta(days=wanted.late_days))


def _loans(wanted: Wanted, today: date) -> Iterable[Loan]:
    given = Reminder.objects.filter(loan=OuterRef("pk"))
    last = given.order_by("-at", "-pk")
    days = given.order_by().values("loan").annotate(days=Count("day", distinct=True)).values("days")
    loans = wanted_loans(wanted, today).annotate(
        reminders_given=Coalesce(Subquery(days), 0),
        reminded_at=Subquery(last.values("at")[:1]),
        reminded_by=Subquery(last.values("by__name")[:1]),
    )
    if wanted.reminders:
        loans = loans.filter(reminders_given__gte=wanted.reminders)
    loans = loans.select_related("copy__title", "reader", "box").defer(*long_columns("copy__title"))
    return loans.order_by("reader__number", "reader__name", "reader_id", "box__name", "due_on", "pk")


def _key(loan: Loan) -> tuple[str, int | None]:
    return ("box", loan.box_id) if loan.kind == Loan.Kind.CLASS else ("reader", loan.reader_id)


def _borrower(loan: Loan) -> Borrower:
    if loan.kind == Loan.Kind.CLASS:
        assert loan.box is not None
        return Borrower(None, _("Class box %(box)s") % {"box": loan.box.name}, "")
    reader = loan.reader
    return Borrower(loan.reader_id, reader.name if reader else "", reader.number if reader else "")


def _line(loan: Loan, back_by: date, today: date, reference: Reference) -> BookLine:
    copy = loan.copy
    return BookLine(
        loan_id=loan.pk,
        title_id=copy.title_id,
        title=copy.title.name,
        barcode=copy.barcode,
        price=copy.price if copy.price is not None else copy.title.price,
        lent_on=timezone.localdate(loan.lent_at),
        back_by=back_by,
        days_late=days_late(loan, today, reference),
        reminders=loan.reminders_given,  # type: ignore[attr-defined]
        reminded_at=loan.reminded_at,  # type: ignore[attr-defined]
        reminded_by=loan.reminded_by or "",  # type: ignore[attr-defined]
    )
