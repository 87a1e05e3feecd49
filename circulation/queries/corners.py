"""The book corner of a class: its books, who has which, and what pupils brought."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from circulation.models import BoxStay, Loan, OwnBook
from circulation.queries.board import BoardRow, class_board
from circulation.queries.boxes import BoxLine, box_lines
from circulation.queries.panel import LoanLine
from library_site.shared.codes import normalise_code
from library_site.shared.reference import Reference
from readers.models import Reader


@dataclass(frozen=True)
class CornerBook:
    """A book of the corner under its number on the printed sheet."""

    position: int
    line: BoxLine


@dataclass(frozen=True)
class Corner:
    """A class's corner. `rows` are the pupils with what they have from it."""

    stays: list[BoxStay]
    books: list[CornerBook]
    rows: list[BoardRow]
    own_books: list[OwnBook]

    @property
    def lent(self) -> int:
        return sum(len(row.lines) for row in self.rows)


def corner(class_id: int, today: date, reference: Reference) -> Corner:
    """Five statements, however much is in it."""
    rows = [BoardRow(row.position, row.reader, _from_corner(row)) for row in class_board(class_id, today, reference)]
    stays = BoxStay.objects.filter(school_class_id=class_id, until=None).select_related("box")
    lines = [line for lines in box_lines(class_ids=[class_id]).values() for line in lines]
    return Corner(
        stays=list(stays.order_by("since", "pk")),
        books=[CornerBook(position, line) for position, line in enumerate(lines, start=1)],
        rows=rows,
        own_books=list(own_books(class_id)),
    )


def _from_corner(row: BoardRow) -> list[LoanLine]:
    return [line for line in row.lines if line.kind == Loan.Kind.CORNER]


def own_books(class_id: int) -> QuerySet[OwnBook]:
    """What pupils brought and did not take home yet."""
    rows = OwnBook.objects.filter(school_class_id=class_id, given_back_on=None).select_related("owner")
    return rows.order_by("brought_on", "pk")


def pupil_called(text: str, class_id: int) -> int | None:
    """The one pupil of the class whose name, or its pinyin initials, were typed."""
    asked = text.strip()
    pupils = Reader.objects.filter(
        Q(name=asked) | Q(initials=asked.lower()) | Q(number=asked),
        memberships__school_class_id=class_id,
        memberships__until=None,
        status=Reader.Status.ACTIVE,
    )
    found = list(pupils.values_list("pk", flat=True).distinct()[:2]) if asked else []
    return found[0] if len(found) == 1 else None


def books_ending_in(text: str, class_id: int) -> list[int]:
    """The copies that the class has or had in its corner whose barcode is, or ends in, what was typed; at most two."""
    code = normalise_code(text)
    lent = Loan.objects.filter(kind=Loan.Kind.CLASS, school_class_id=class_id, voided_at=None)
    whole = lent.filter(copy__barcode=code)
    found = whole if whole.exists() else lent.filter(copy__barcode__endswith=code)
    return list(found.order_by().values_list("copy_id", flat=True).distinct()[:2])
