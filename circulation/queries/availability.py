"""Which copies are in: what a search hit and a title's page say, never who has a book."""

from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from catalog.models import Copy
from catalog.queries.search import GONE, Availability
from circulation.models import Loan, Reservation
from circulation.models.loans import OPEN


def title_availability() -> Availability:
    """How many copies of a title are held and how many are in, as expressions over `Title`.

    Held: neither withdrawn nor lost. In: of these, on the shelf, not on an open loan and not set aside for somebody.
    """
    held = Copy.objects.filter(title=OuterRef("pk")).exclude(state__in=GONE)
    inside = copies_inside().filter(title=OuterRef("pk"))
    away = Exists(_open_loans()) | Exists(_set_aside())
    here = ExpressionWrapper(Q(state=Copy.State.ON_SHELF) & ~away, output_field=BooleanField())
    return Availability(held=_number_of(held), inside=_number_of(inside), any_inside=Exists(inside), copy_inside=here)


def copies_inside() -> "QuerySet[Copy, Any]":
    """The copies that can be found on the shelf now."""
    return Copy.objects.filter(~Exists(_open_loans()), ~Exists(_set_aside()), state=Copy.State.ON_SHELF)


def is_set_aside() -> Exists:
    """Whether a copy stands on the pick-up shelf, as an expression over `Copy`."""
    return Exists(_set_aside())


def due_on() -> Subquery:
    """When a copy is to come back, as an expression over `Copy`; null while it is not on loan."""
    return Subquery(_open_loans().exclude(kind=Loan.Kind.CORNER).values("due_on")[:1])


def _open_loans() -> "QuerySet[Loan, Any]":
    return Loan.objects.filter(OPEN, copy=OuterRef("pk"))


def _set_aside() -> "QuerySet[Reservation, Any]":
    return Reservation.objects.filter(state=Reservation.State.READY, copy=OuterRef("pk"))


def _number_of(copies: "QuerySet[Copy, Any]") -> Coalesce:
    counted = copies.order_by().values("title").annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
