"""Who has what: the open loans, class by class."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Case, Count, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from catalog.models.titles import long_columns
from circulation.models import Loan
from circulation.models.loans import OPEN
from circulation.queries.panel import LoanLine, loan_line
from library_site.shared.reference import Reference
from readers.models import ClassMembership, Reader
from readers.queries.classes import NamedClass


@dataclass(frozen=True)
class OutLine:
    reader_name: str
    reader_number: str
    line: LoanLine


@dataclass(frozen=True)
class OutGroup:
    """A class, or all who are in none (teachers, staff, those who left); `lines` by reader and due date.

    `boxes` are what is lent in the class's name, box by box.
    """

    name: str
    lines: Sequence[OutLine]
    boxes: Sequence["OutBox"] = ()

    @property
    def books(self) -> int:
        return len(self.lines) + sum(len(box.lines) for box in self.boxes)


@dataclass(frozen=True)
class OutBox:
    """A class box and its books. `with_classmates` of them are in pupils' hands, who are listed with them too."""

    name: str
    lines: Sequence[LoanLine]
    with_classmates: int

    @property
    def due_on(self) -> date:
        return min(line.due_on for line in self.lines)

    @property
    def days_late(self) -> int:
        return max(line.days_late for line in self.lines)


def who_has_what(
    classes: Sequence[NamedClass], today: date, reference: Reference, *, only: Collection[int] | None = None
) -> list[OutGroup]:
    """Open loans grouped by the class a reader is in now, empty classes left out; boxes with the class that has them.

    With `only`, nothing but the loans of those classes is read. One statement.
    """
    current = ClassMembership.objects.filter(reader=OuterRef("reader_id"), until=None)
    in_its_name = Case(When(kind=Loan.Kind.CLASS, then="school_class_id"))
    loans = Loan.objects.filter(OPEN).annotate(
        now_in=Coalesce(Subquery(current.values("school_class_id")[:1]), in_its_name, output_field=BigIntegerField())
    )
    if only is not None:
        loans = loans.filter(now_in__in=only)
    loans = (
        loans.select_related("copy__title", "reader", "box")
        .defer(*long_columns("copy__title"))
        .order_by("reader__number", "reader__name", "due_on")
    )
    found: dict[int | None, list[Loan]] = {}
    known = {row.pk for row in classes}
    for loan in loans:
        found.setdefault(loan.now_in if loan.now_in in known else None, []).append(loan)
    groups = [(row.name, found.get(row.pk, [])) for row in classes] + [(_("Teachers and others"), found.get(None, []))]
    return [_group(name, rows, today, reference) for name, rows in groups if rows]


def _group(name: str, loans: Sequence[Loan], today: date, reference: Reference) -> OutGroup:
    lines = [_line(loan, today, reference) for loan in loans if loan.kind != Loan.Kind.CLASS]
    lent_on = {loan.copy_id for loan in loans if loan.kind == Loan.Kind.CORNER}
    return OutGroup(name, lines, _boxes(loans, lent_on, today, reference))


def _boxes(loans: Sequence[Loan], lent_on: Collection[int], today: date, reference: Reference) -> list[OutBox]:
    boxes: dict[str, list[Loan]] = {}
    for loan in loans:
        if loan.kind == Loan.Kind.CLASS and loan.box is not None:
            boxes.setdefault(loan.box.name, []).append(loan)
    return [_box(box, boxes[box], lent_on, today, reference) for box in sorted(boxes)]


def _box(name: str, loans: Sequence[Loan], lent_on: Collection[int], today: date, reference: Reference) -> OutBox:
    lines = [loan_line(loan, today, reference) for loan in loans]
    return OutBox(name, lines, sum(loan.copy_id in lent_on for loan in loans))


def boxes_of(class_ids: Collection[int], today: date, reference: Reference) -> dict[int, list[OutBox]]:
    """{class: what is out in its name}, for its clearance. One statement."""
    loans = Loan.objects.filter(OPEN, kind=Loan.Kind.CLASS, school_class__in=class_ids)
    loans = loans.select_related("copy__title", "box").defer(*long_columns("copy__title"))
    found: dict[int, list[Loan]] = {}
    for loan in loans.order_by("copy__title__shelf_key", "copy__barcode"):
        assert loan.school_class_id is not None
        found.setdefault(loan.school_class_id, []).append(loan)
    return {class_id: _boxes(rows, set(), today, reference) for class_id, rows in found.items()}


def books_out() -> Coalesce:
    """How many books a reader has now, to annotate readers with."""
    loans = Loan.objects.filter(OPEN, reader=OuterRef("pk")).order_by().values("reader")
    return Coalesce(Subquery(loans.annotate(number=Count("pk")).values("number")), 0)


def _line(loan: Loan, today: date, reference: Reference) -> OutLine:
    reader: Reader | None = loan.reader
    return OutLine(reader.name if reader else "", reader.number if reader else "", loan_line(loan, today, reference))
