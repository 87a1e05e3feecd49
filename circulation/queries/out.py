"""Who has what: the open loans, class by class."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from catalog.models.titles import long_columns
from circulation.models import Loan
from circulation.models.loans import OPEN
from circulation.queries.panel import LoanLine, loan_line
from readers.models import ClassMembership, Reader
from readers.queries.classes import NamedClass


@dataclass(frozen=True)
class OutLine:
    reader_name: str
    reader_number: str
    line: LoanLine


@dataclass(frozen=True)
class OutGroup:
    """A class, or all who are in none (teachers, staff, those who left); `lines` by reader and due date."""

    name: str
    lines: Sequence[OutLine]


def who_has_what(classes: Sequence[NamedClass], today: date, *, only: Collection[int] | None = None) -> list[OutGroup]:
    """Open loans grouped by the class a reader is in now, empty classes left out. One statement.

    With `only`, nothing but the loans of those classes is read.
    """
    current = ClassMembership.objects.filter(reader=OuterRef("reader_id"), until=None)
    loans = Loan.objects.filter(OPEN).annotate(now_in=Subquery(current.values("school_class_id")[:1]))
    if only is not None:
        loans = loans.filter(now_in__in=only)
    loans = (
        loans.select_related("copy__title", "reader")
        .defer(*long_columns("copy__title"))
        .order_by("reader__number", "reader__name", "due_on")
    )
    lines: dict[int | None, list[OutLine]] = {}
    known = {row.pk for row in classes}
    for loan in loans:
        key = loan.now_in if loan.now_in in known else None
        lines.setdefault(key, []).append(_line(loan, today))
    groups = [(row.name, lines.get(row.pk, [])) for row in classes] + [(_("Teachers and others"), lines.get(None, []))]
    return [OutGroup(name, rows) for name, rows in groups if rows]


def books_out() -> Coalesce:
    """How many books a reader has now, to annotate readers with."""
    loans = Loan.objects.filter(OPEN, reader=OuterRef("pk")).order_by().values("reader")
    return Coalesce(Subquery(loans.annotate(number=Count("pk")).values("number")), 0)


def _line(loan: Loan, today: date) -> OutLine:
    reader: Reader | None = loan.reader
    return OutLine(reader.name if reader else "", reader.number if reader else "", loan_line(loan, today))
