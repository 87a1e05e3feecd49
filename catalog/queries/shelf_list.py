"""The shelf list (排架目录) and the accession list: copies as they stand, and as they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, Length

from catalog.models import Copy
from catalog.models.shelf_order import key_of_clc
from catalog.models.titles import long_columns
from catalog.queries.class_counts import held_copies

_BEHIND = "\U0010ffff"  # behind everything that begins with a key


@dataclass(frozen=True)
class Stretch:
    """A part of the shelves: a place, and classes from one to another, both with all that is below them."""

    location_id: int | None = None
    first: str = ""
    last: str = ""


def in_shelf_order(stretch: Stretch) -> "QuerySet[Copy, Any]":
    """The held copies of a stretch as they stand: class, book number, volume, barcode."""
    copies = held_copies()
    if stretch.location_id:
        copies = copies.filter(location=stretch.location_id)
    if stretch.first:
        copies = copies.filter(title__shelf_key__gte=key_of_clc(stretch.first))
    if stretch.last:
        copies = copies.filter(title__shelf_key__lt=key_of_clc(stretch.last) + _BEHIND)
    order = ("title__shelf_key", "volume_key", "barcode")
    return _with_title(copies).order_by(*order)


def accessioned(first: str, last: str) -> "QuerySet[Copy, Any]":
    """Copies by accession number, both ends included, written-off ones too: the ledger keeps them.

    Ends of one length leave out numbers of another: 0002 is not between 0001 and 00015. No ends: all.
    """
    copies = Copy.objects.annotate(length=Length("accession_number"))
    if first:
        copies = copies.filter(accession_number__gte=first)
    if last:
        copies = copies.filter(accession_number__lte=last)
    if first and len(first) == len(last):
        copies = copies.filter(length=len(first))
    return _with_title(copies).order_by("length", "accession_number")


def totals(copies: "QuerySet[Copy, Any]") -> dict[str, Any]:
    """How many copies of how many titles, and what they cost together.

    A copy's own price, else the title's unless that is of a set. One statement.
    """
    of_title = Case(When(Q(title__volumes=None) | Q(title__volumes=1), then=F("title__price")))
    price = Sum(Coalesce("price", of_title))
    return copies.order_by().aggregate(copies=Count("pk"), titles=Count("title", distinct=True), price=price)


def shelf_at(begin_keys: Sequence[str], shelf_key: str) -> int:
    """Which of the shelves, sorted by where they begin, holds a title; -1 for none."""
    return sum(1 for key in begin_keys if key <= shelf_key) - 1


def _with_title(copies: "QuerySet[Copy, Any]") -> "QuerySet[Copy, Any]":
    return copies.select_related("title", "location").defer(*long_columns("title"))
