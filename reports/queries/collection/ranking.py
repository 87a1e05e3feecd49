"""Titles in an order that says something: the most lent of a period, the most wanted now, those with many copies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library_site.shared.figures import ratio
from reports.queries.rolled import LENT, consistently, lent_in
from reports.queries.unchanged import remembered
from reports.rules.figures import Period

SHOWN = 100  # on a page; files have all
ALL = 1_000_000
UNCLASSIFIED = "-"

_BOOK = """title.id AS title_id, title.name, title.part, title.author,
           concat_ws('/', nullif(title.clc_number, ''), nullif(title.book_number, '')) AS call_number"""
_HELD = "state NOT IN ('withdrawn', 'lost')"

# Equal numbers have the same rank, and the next has as many before it as its rank says.
_MOST_LENT = f"""
    WITH {LENT}, of_title AS (
        SELECT copy.title_id, sum(lent.loans)::int AS loans
          FROM lent JOIN catalog_copy AS copy ON copy.id = lent.copy_id
         GROUP BY copy.title_id
    ), ranked AS (
        SELECT rank() OVER (ORDER BY of_title.loans DESC)::int AS rank, of_title.loans, {_BOOK}, title.shelf_key
          FROM of_title JOIN catalog_title AS title ON title.id = of_title.title_id
         WHERE %(main_class)s::text IS NULL OR title.main_class = %(main_class)s
         ORDER BY of_title.loans DESC, title.shelf_key, title.id
         LIMIT %(limit)s
    )
    SELECT ranked.title_id, ranked.name, ranked.part, ranked.author, ranked.call_number,
           (SELECT count(*)::int FROM catalog_copy AS copy WHERE copy.title_id = ranked.title_id AND copy.{_HELD}),
           ranked.rank, ranked.loans
      FROM ranked ORDER BY ranked.rank, ranked.shelf_key, ranked.title_id
"""  # noqa: S608 - put together from constants

_WANTED = f"""
    WITH asked AS (
        SELECT title_id,
               count(*) FILTER (WHERE state IN ('waiting', 'ready'))::int AS waiting,
               count(*) FILTER (WHERE state IN ('waiting', 'ready') AND class_set_id IS NOT NULL)::int AS for_sets,
               count(*) FILTER (WHERE placed_at >= %(begins)s AND placed_at < %(ends)s)::int AS placed,
               min(placed_at) FILTER (WHERE state = 'waiting') AS oldest
          FROM circulation_reservation
         WHERE state IN ('waiting', 'ready') OR (placed_at >= %(begins)s AND placed_at < %(ends)s)
         GROUP BY title_id
    ), held AS (
        SELECT copy.title_id, count(*)::int AS copies
          FROM catalog_copy AS copy JOIN asked ON asked.title_id = copy.title_id
         WHERE copy.{_HELD} GROUP BY copy.title_id
    )
    SELECT {_BOOK}, COALESCE(held.copies, 0), asked.waiting, asked.for_sets, asked.placed,
           (asked.oldest AT TIME ZONE %(zone)s)::date
      FROM asked JOIN catalog_title AS title ON title.id = asked.title_id
      LEFT JOIN held ON held.title_id = asked.title_id
     ORDER BY asked.waiting = 0, asked.waiting::numeric / NULLIF(held.copies, 0) DESC NULLS FIRST,
              asked.waiting DESC, asked.placed DESC, title.shelf_key, title.id
     LIMIT %(limit)s
"""  # noqa: S608 - put together from constants

_MANY = f"""
    WITH {LENT}, many AS (
        SELECT copy.title_id,
               count(*) FILTER (WHERE copy.{_HELD})::int AS copies, COALESCE(sum(lent.loans), 0)::int AS loans
          FROM catalog_copy AS copy LEFT JOIN lent ON lent.copy_id = copy.id
         GROUP BY copy.title_id HAVING count(*) FILTER (WHERE copy.{_HELD}) >= %(least)s
    )
    SELECT {_BOOK}, many.copies, many.loans
      FROM many JOIN catalog_title AS title ON title.id = many.title_id
     ORDER BY {{order}}, title.shelf_key, title.id
     LIMIT %(limit)s
"""  # noqa: S608 - put together from constants


class ManyOrder(models.TextChoices):
    """What comes first among the titles with many copies."""

    COPIES = "copies", _("Most copies first")
    IDLE = "idle", _("Least lent per copy first")


_ORDERS = {
    ManyOrder.COPIES: "many.copies DESC, many.loans",
    ManyOrder.IDLE: "many.loans::numeric / many.copies, many.copies DESC",
}


@dataclass(frozen=True)
class Book:
    """A title as lists show it, with the copies held: neither withdrawn nor lost."""

    pk: int
    name: str
    part: str
    author: str
    call_number: str
    copies: int


@dataclass(frozen=True)
class LentBook(Book):
    """`loans` of the period, of all its copies, also of those gone since; books lent as often have the same `rank`."""

    rank: int
    loans: int

    @property
    def per_copy(self) -> Decimal | None:
        return ratio(self.loans, self.copies)


@dataclass(frozen=True)
class WantedBook(Book):
    """Reservations that wait or are set aside now, of these `for_sets` for class sets; `placed` within the period."""

    waiting: int
    for_sets: int
    placed: int
    oldest: date | None  # the day since which somebody waits

    @property
    def per_copy(self) -> Decimal | None:
        """预约比 = reservations now ÷ copies held; None where no copy is held any more."""
        return ratio(self.waiting, self.copies)


@dataclass(frozen=True)
class ManyBook(Book):
    """A title with many copies, and how often they were lent in the period."""

    loans: int

    @property
    def per_copy(self) -> Decimal | None:
        return ratio(self.loans, self.copies)


def most_lent(period: Period, *, main_class: str = "", limit: int = SHOWN) -> list[LentBook]:
    """The titles lent most in the period, the most first."""
    letter = "" if main_class == UNCLASSIFIED else main_class or None
    return [LentBook(*row) for row in _shown(_MOST_LENT, period, main_class=letter, limit=limit)]


def most_wanted(period: Period, *, limit: int = SHOWN) -> list[WantedBook]:
    """Titles for which reservations stand now, the most per copy first (no copy left: before all), then those that were
    reserved in the period. One statement."""
    begins, ends = period.bounds()
    values = {"begins": begins, "ends": ends, "zone": timezone.get_current_timezone_name(), "limit": limit}
    return [WantedBook(*row) for row in _rows(_WANTED, values)]


def many_copies(period: Period, *, least: int, order: str = ManyOrder.COPIES, limit: int = SHOWN) -> list[ManyBook]:
    """The titles of which at least so many copies are held."""
    statement = _MANY.format(order=_ORDERS[ManyOrder(order)])
    return [ManyBook(*row) for row in _shown(statement, period, least=least, limit=limit)]


def _shown(statement: str, period: Period, *, limit: int, **asked: Any) -> Sequence[tuple[Any, ...]]:
    """What a page shows is remembered; the whole list, which may be long, is not."""

    def count() -> Sequence[tuple[Any, ...]]:
        return consistently(lambda rolled: _rows(statement, {**lent_in(period, rolled), **asked, "limit": limit}))

    return count() if limit > SHOWN else remembered((statement, period, limit, *sorted(asked.items())), count)


def _rows(statement: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
