"""Class boxes: where each stands, what is in it, where it was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from catalog.models.titles import long_columns
from circulation.models import Box, BoxStay, Loan
from circulation.models.loans import OPEN


@dataclass(frozen=True)
class BoxLine:
    """One book of a box. `class_id` has it, `classmate` has it from the corner ("" for nobody)."""

    loan_id: int
    copy_id: int
    title_id: int
    title: str
    barcode: str
    call_number: str
    price: Decimal | None
    due_on: date
    class_id: int
    classmate: str


def boxes(*, retired: bool = False) -> QuerySet[Box]:
    """Boxes by name, each with `class_id` and `since` of where it stands, `held` books, those `lent_on` to classmates,
    the first `due_on`, and `missing` ones that classes it stood with before have not brought back."""
    stay = BoxStay.objects.filter(box=OuterRef("pk"), until=None)
    rows = Box.objects.filter(is_retired=retired).annotate(
        class_id=Subquery(stay.values("school_class_id")[:1]), since=Subquery(stay.values("since")[:1])
    )
    out = Loan.objects.filter(OPEN, box=OuterRef("pk"), kind=Loan.Kind.CLASS).order_by().values("box")
    here = out.filter(school_class=OuterRef("class_id"))
    corner = Loan.objects.filter(OPEN, box=OuterRef("pk"), kind=Loan.Kind.CORNER).order_by().values("box")
    return rows.annotate(
        held=_number(here),
        out=_number(out),
        lent_on=_number(corner),
        due_on=Subquery(here.annotate(first=Min("due_on")).values("first")),
        missing=F("out") - F("held"),
    ).order_by("name", "pk")


def _number(rows: "QuerySet[Loan, Any]") -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def box_lines(box_ids: Collection[int] = (), *, class_ids: Collection[int] | None = None) -> dict[int, list[BoxLine]]:
    """The books out in these boxes, or in all boxes of these classes, by box, in the order of the shelf.

    One statement.
    """
    classmates = Loan.objects.filter(OPEN, copy=OuterRef("copy"), kind=Loan.Kind.CORNER)
    loans = Loan.objects.filter(OPEN, kind=Loan.Kind.CLASS)
    loans = loans.filter(box__in=box_ids) if class_ids is None else loans.filter(school_class__in=class_ids)
    loans = (
        loans.annotate(classmate=Subquery(classmates.values("reader__name")[:1]))
        .select_related("copy__title")
        .defer(*long_columns("copy__title"))
        .order_by("box_id", "copy__title__shelf_key", "copy__barcode")
    )
    found: dict[int, list[BoxLine]] = {}
    for loan in loans:
        assert loan.box_id is not None
        found.setdefault(loan.box_id, []).append(_line(loan, loan.classmate))
    return found


def _line(loan: Loan, classmate: str | None) -> BoxLine:
    copy = loan.copy
    assert loan.school_class_id is not None
    return BoxLine(
        loan_id=loan.pk,
        copy_id=copy.pk,
        title_id=copy.title_id,
        title=copy.title.name,
        barcode=copy.barcode,
        call_number=copy.title.call_number,
        price=copy.price if copy.price is not None else copy.title.price,
        due_on=loan.due_on,
        class_id=loan.school_class_id,
        classmate=classmate or "",
    )


def stays(box_id: int) -> QuerySet[BoxStay]:
    """Where the box stood, the latest first, each with `lent`: how often classmates borrowed from it meanwhile."""
    ended = Coalesce(OuterRef("until"), Value(date.max))
    corner = Loan.objects.filter(
        box=OuterRef("box"),
        school_class=OuterRef("school_class"),
        kind=Loan.Kind.CORNER,
        voided_at=None,
        lent_at__date__gte=OuterRef("since"),
        lent_at__date__lt=ended,
    )
    rows = BoxStay.objects.filter(box_id=box_id)
    return rows.annotate(lent=_number(corner.order_by().values("box"))).order_by("-since", "-pk")


def placed(box_ids: Collection[int] | None = None) -> dict[int, BoxStay]:
    """{box: where it stands now}, of these boxes or of all. One statement."""
    rows = BoxStay.objects.filter(until=None, box__is_retired=False).select_related("box")
    if box_ids is not None:
        rows = rows.filter(box__in=box_ids)
    return {stay.box_id: stay for stay in rows.order_by("box__name", "box_id")}
