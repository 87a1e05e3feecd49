"""The class board: every pupil of a class with what each has out now."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from circulation.queries.loans import open_loans
from circulation.queries.panel import LoanLine, loan_line
from library_site.shared.reference import Reference
from readers.models import Reader


@dataclass(frozen=True)
class BoardRow:
    """A pupil on the board; `position` is the number to type."""

    position: int
    reader: Reader
    lines: list[LoanLine]


def class_board(class_id: int, today: date, reference: Reference) -> list[BoardRow]:
    """The pupils of a class by number and name, with their open loans. Two statements."""
    pupils = list(_pupils(class_id))
    return _rows(pupils, today, reference)


def open_lines(reader_id: int, today: date, reference: Reference) -> list[LoanLine]:
    """What one reader has out now. One statement."""
    return [loan_line(loan, today, reference) for loan in open_loans(readers=[reader_id])]


def _pupils(class_id: int) -> QuerySet[Reader]:
    current = Reader.objects.filter(memberships__school_class_id=class_id, memberships__until=None)
    return current.filter(status=Reader.Status.ACTIVE).order_by("number", "name", "pk")


def _rows(pupils: list[Reader], today: date, reference: Reference) -> list[BoardRow]:
    lines: dict[int, list[LoanLine]] = {}
    for loan in open_loans(readers=[pupil.pk for pupil in pupils]):
        assert loan.reader_id is not None
        lines.setdefault(loan.reader_id, []).append(loan_line(loan, today, reference))
    return [BoardRow(position, pupil, lines.get(pupil.pk, [])) for position, pupil in enumerate(pupils, start=1)]
