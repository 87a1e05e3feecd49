"""Held copies that nobody borrowed: never as far as the system knows, or not since a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from catalog.models import Copy
from catalog.models.titles import long_columns
from catalog.queries.class_counts import held_copies
from circulation.models import Loan
from reports.queries.unchanged import remembered

AT_ONCE = 50
COUNTED = 10_000  # beyond, the page says "more than"
UNCLASSIFIED = "-"


@dataclass(frozen=True)
class IdleAsked:
    """Which of them: not lent since `since` (None: never), in the library before `before`; empty values narrow nothing.

    `main_class` is one of the 22 letters, or "-" for books without a class.
    """

    since: date | None = None
    before: date | None = None
    main_class: str = ""
    location_id: int | None = None


@dataclass(frozen=True)
class IdlePage:
    """A part of the list in shelf order; `after` leads to the next one, None at its end."""

    rows: Sequence[Copy]
    after: int | None


@dataclass(frozen=True)
class IdleCount:
    """How many there are, and what they cost where a price is known; `more`: counting ended at 10,000."""

    copies: int
    titles: int
    value: Decimal | None
    more: bool


def idle_copies(asked: IdleAsked) -> "QuerySet[Copy, Any]":
    """Copies held that were lent to nobody: taken home, in a class's name, at a book corner or in the room.

    Loans that were undone do not count. `last_lent` says when each was lent last. In the order of the shelves.
    """
    loans = Loan.objects.filter(copy=OuterRef("pk"), voided_at=None)
    lent = loans.filter(lent_at__gte=_midnight(asked.since)) if asked.since else loans
    copies: Any = held_copies().filter(~Exists(lent)).select_related("title", "location").defer(*long_columns("title"))
    last = Subquery(loans.order_by("-lent_at").values("lent_at")[:1])
    return _narrowed(copies, asked).annotate(last_lent=last).order_by("title__shelf_key", "pk")


def idle_page(asked: IdleAsked, *, after: int = 0) -> IdlePage:
    """The copies that stand behind the copy `after`, fifty at a time. One to two statements."""
    copies = idle_copies(asked)
    last = Copy.objects.filter(pk=after).values_list("title__shelf_key", flat=True).first() if after else None
    if last is not None:
        behind = Q(title__shelf_key__gt=last) | Q(pk__gt=after)
        copies = copies.filter(behind, title__shelf_key__gte=last)
    rows = list(copies[: AT_ONCE + 1])
    return IdlePage(rows[:AT_ONCE], rows[AT_ONCE - 1].pk if len(rows) > AT_ONCE else None)


def idle_count(asked: IdleAsked) -> IdleCount:
    """Counts up to 10,000 copies. One statement."""
    return remembered(("idle", asked), lambda: _counted(asked))


def _counted(asked: IdleAsked) -> IdleCount:
    rows = list(idle_copies(asked).order_by().values_list("title_id", "price")[: COUNTED + 1])
    counted = rows[:COUNTED]
    prices = [price for _title, price in counted if price is not None]
    titles = len({title for title, _price in counted})
    return IdleCount(len(counted), titles, sum(prices, Decimal(0)) if prices else None, more=len(rows) > COUNTED)


def known_since() -> date | None:
    """The day of the first loan that the system knows: what was lent before, it cannot tell. One statement."""
    first = Loan.objects.filter(voided_at=None).order_by("lent_at").values_list("lent_at", flat=True).first()
    return timezone.localdate(first) if first else None


def _narrowed(copies: "QuerySet[Copy, Any]", asked: IdleAsked) -> "QuerySet[Copy, Any]":
    """A copy without a date of acquisition is old stock."""
    if asked.before:
        copies = copies.filter(Q(acquired_on=None) | Q(acquired_on__lt=asked.before))
    if asked.main_class:
        copies = copies.filter(title__main_class="" if asked.main_class == UNCLASSIFIED else asked.main_class)
    return copies.filter(location=asked.location_id) if asked.location_id else copies


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
