"""What the library holds, today or at the end of any past day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from reports.queries.past import CLASSES_NOW, COPIES_NOW, COPIES_THEN, MAIN_CLASSES_THEN, ROOMS_NOW, ROOMS_THEN
from reports.queries.unchanged import HOLDINGS, remembered
from reports.rules.figures import midnight

# Titles are counted in each row, for each class and in all: a title may stand in two rooms.
_HOLDINGS = """
    WITH {past}, shelved AS MATERIALIZED (
        SELECT title_id, location_id, in_room_only, count(*) AS copies, sum(price) AS value
          FROM copy_then
         WHERE state NOT IN ('withdrawn', 'lost') AND (acquired_on IS NULL OR acquired_on <= %(day)s)
         GROUP BY 1, 2, 3
    )
    SELECT shelved.location_id, room_then.circulates AND NOT shelved.in_room_only AS circulates,
           title_then.main_class, count(DISTINCT shelved.title_id)::int, sum(shelved.copies)::int,
           coalesce(sum(shelved.value), 0)
      FROM shelved
      JOIN title_then ON title_then.id = shelved.title_id
      JOIN room_then ON room_then.id = shelved.location_id
     GROUP BY GROUPING SETS ((1, 2, 3), (3))
"""
_NOW = _HOLDINGS.format(past=", ".join([COPIES_NOW, CLASSES_NOW, ROOMS_NOW]))
_THEN = _HOLDINGS.format(past=", ".join([COPIES_THEN, MAIN_CLASSES_THEN, ROOMS_THEN]))

_ADDED = f"""
    WITH {COPIES_THEN}
    SELECT count(*) FILTER (WHERE acquired_on >= %(first)s)::int, count(*) FILTER (WHERE acquired_on >= %(year)s)::int
      FROM copy_then WHERE acquired_on >= least(%(first)s, %(year)s) AND acquired_on <= %(day)s
"""  # noqa: S608


@dataclass(frozen=True)
class HoldingsRow:
    """What is held in a room of a main class ('' = unclassified); `circulates`: it may be taken home.

    In a row of all rooms together `location_id` and `circulates` are None. `value` is the sum of the known prices.
    """

    location_id: int | None
    circulates: bool | None
    main_class: str
    titles: int
    copies: int
    value: Decimal


@dataclass(frozen=True)
class Holdings:
    """What was held at the end of `day`: neither withdrawn nor lost then, and acquired by then.

    `rows` are by room, `classes` by main class in all rooms, each title counted once.
    """

    day: date
    rows: Sequence[HoldingsRow]
    classes: Sequence[HoldingsRow]

    @property
    def titles(self) -> int:
        return sum(row.titles for row in self.classes)

    @property
    def copies(self) -> int:
        return sum(row.copies for row in self.rows)

    @property
    def circulating_copies(self) -> int:
        return sum(row.copies for row in self.rows if row.circulates)

    @property
    def value(self) -> Decimal:
        return sum((row.value for row in self.rows), Decimal(0))


def holdings_on(day: date, *, today: date) -> Holdings:
    """The holdings at the end of a day, those of now for today and later.

    What is done later to copies, titles and rooms (withdrawal, loss, another class, price or room, merging) changes
    no past day. A copy without a day of acquisition is old stock. One statement, and two more the first time.
    """
    return remembered(("holdings", day, day >= today), lambda: _holdings(day, now=day >= today), of=HOLDINGS)


def _holdings(day: date, *, now: bool) -> Holdings:
    with connection.cursor() as cursor:
        cursor.execute(_NOW if now else _THEN, {"day": day, "night": midnight(day + timedelta(days=1))})
        found = [HoldingsRow(*row) for row in cursor.fetchall()]
    rows = [row for row in found if row.location_id is not None]
    return Holdings(day, rows, [row for row in found if row.location_id is None])


def added_between(first: date, last: date, *, year: date) -> tuple[int, int]:
    """Copies acquired from `first` to `last`, and from `year` (the first day of the school year) to `last`.

    Later withdrawal changes neither. Statements as for `holdings_on`.
    """
    return remembered(("added", first, last, year), lambda: _added(first, last, year), of=HOLDINGS)


def _added(first: date, last: date, year: date) -> tuple[int, int]:
    asked = {"first": first, "year": year, "day": last, "night": midnight(last + timedelta(days=1))}
    with connection.cursor() as cursor:
        cursor.execute(_ADDED, asked)
        in_period, in_year = cursor.fetchone()
    return in_period, in_year
