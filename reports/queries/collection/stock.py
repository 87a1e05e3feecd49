"""What the stock is like: for whom, how old, how many copies of a title, in which room; and what of it is lent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Title
from catalog.queries.browse import places
from library_site.shared.reference import Reference
from reports.queries.collection.copies import SUMS, copies_of, stood
from reports.queries.rolled import Rolled, consistently
from reports.queries.unchanged import remembered
from reports.rules.collection import AGES, COPIES, Band, Part, Sums, added, band_of, part_of
from reports.rules.figures import Period

# A title is for one audience, of one year; in rooms it may stand more than once.
_STOCK = """
    WITH {stood}, {titles}, book AS (
        SELECT title_id, {sums} FROM stood GROUP BY title_id
    ), told AS (
        SELECT title.audience, title.stage, substring(title.published from '(?:1[5-9]|20)[0-9]{{2}}')::int AS year,
               book.copies AS many, (book.copies > 0)::int AS titles,
               book.copies, book.circulating, book.value, book.loans
          FROM book JOIN title_then AS title ON title.id = book.title_id
         WHERE book.copies > 0 OR book.loans > 0
    )
    SELECT CASE GROUPING(audience, stage, year, many) WHEN 7 THEN 'audience' WHEN 11 THEN 'stage' WHEN 13 THEN 'year'
                WHEN 14 THEN 'many' ELSE 'whole' END,
           COALESCE(audience, stage, year::text, many::text, ''), sum(titles)::int, {sums}
      FROM told GROUP BY GROUPING SETS ((audience), (stage), (year), (many), ())
     UNION ALL
    SELECT 'room', location_id::text, (count(*) FILTER (WHERE copies > 0))::int, {sums}
      FROM stood GROUP BY location_id
"""
_TITLES_NOW = "title_then AS (SELECT id, audience, stage, published FROM catalog_title)"
_TITLES_THEN = """
    title_since AS MATERIALIZED (
        SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id AS id, audience, stage, published
          FROM catalog_titleevent WHERE pgh_created_at >= %(night)s
         ORDER BY pgh_obj_id, pgh_created_at, pgh_id
    ), title_then AS (
        SELECT id, audience, stage, published FROM catalog_title AS title
         WHERE NOT EXISTS (SELECT FROM title_since WHERE title_since.id = title.id)
        UNION ALL
        SELECT id, audience, stage, published FROM title_since
    )
"""


@dataclass(frozen=True)
class Table:
    """A way to divide the stock; its last row is the whole."""

    code: str
    name: str
    heading: str
    rows: Sequence[Part]


def stock(period: Period, *, reference: Reference, today: date, loans_known: bool = True) -> Sequence[Table]:
    """The stock at the end of the period, divided in five ways, with its loans in the period. Three statements.

    Audience, reading stage and year are those that the titles had then; year is the first four digits that can be one.
    """
    asked = ("stock", period, today, loans_known, reference.token)
    return remembered(asked, lambda: _counted(period, reference, today, loans_known=loans_known))


def _counted(period: Period, reference: Reference, today: date, *, loans_known: bool) -> Sequence[Table]:
    rows = consistently(lambda rolled: _rows_of(period, rolled, today))
    found = _found(rows, loans_known=loans_known)
    whole = added(found["whole"].values())
    tables = (
        ("audience", _("By audience"), _("Audience"), _labelled(found["audience"], Title.Audience.choices)),
        ("stage", _("By reading stage"), _("Reading stage"), _labelled(found["stage"], Title.ReadingStage.choices)),
        ("year", _("By year of publication"), _("Year of publication"), _ages(found["year"], period.until.year)),
        ("many", _("By copies of a title"), _("Copies of a title"), _many(found["many"])),
        ("room", _("By room"), _("Room"), _labelled(found["room"], places(reference))),
    )
    return [Table(code, name, heading, _rows(parts, whole)) for code, name, heading, parts in tables]


def _rows_of(period: Period, rolled: Rolled, today: date) -> Sequence[tuple[Any, ...]]:
    titles = _TITLES_NOW if period.until >= today else _TITLES_THEN
    statement = _STOCK.format(stood=stood(period, today=today), titles=titles, sums=SUMS)
    with connection.cursor() as cursor:
        cursor.execute(statement, copies_of(period, rolled))
        return cursor.fetchall()


def _found(rows: Iterable[tuple[Any, ...]], *, loans_known: bool) -> dict[str, dict[str, Sums]]:
    found: defaultdict[str, dict[str, Sums]] = defaultdict(dict)
    for way, value, titles, copies, circulating, price, loans in rows:
        known = (loans or 0) if loans_known else None
        found[way][value] = Sums(titles or 0, copies or 0, circulating or 0, price or Decimal(0), known)
    return found


Named = tuple[str, str, Sums]


def _labelled(found: dict[str, Sums], labels: Iterable[tuple[Any, Any]]) -> list[Named]:
    """In the order of the labels, those that have nothing left out; without a value last."""
    named = [(str(value), str(label), found[str(value)]) for value, label in labels if str(value) in found]
    return named + ([("", _("Not given"), found[""])] if "" in found else [])


def _ages(found: dict[str, Sums], this_year: int) -> list[Named]:
    parts: defaultdict[int, list[Sums]] = defaultdict(list)
    for year, sums in found.items():
        if year:
            parts[band_of(max(0, this_year - int(year)), AGES)].append(sums)
    named = [(str(place), _age(AGES[place], this_year), added(parts[place])) for place in sorted(parts)]
    return named + ([("", _("Year not known"), found[""])] if "" in found else [])


def _age(band: Band, this_year: int) -> str:
    least, most = band
    if most is None:
        return _("up to %(year)d") % {"year": this_year - least}
    return _("%(first)d to %(last)d") % {"first": this_year - most, "last": this_year - least}


def _many(found: dict[str, Sums]) -> list[Named]:
    """Titles whose last copy went in the period have loans and no copy: they stand last."""
    parts: defaultdict[int, list[Sums]] = defaultdict(list)
    for copies, sums in found.items():
        if copies != "0":
            parts[band_of(int(copies), COPIES)].append(sums)
    named = [(str(place), _copies(COPIES[place]), added(parts[place])) for place in sorted(parts)]
    return named + ([("0", _("No copy left"), found["0"])] if "0" in found else [])


def _copies(band: Band) -> str:
    least, most = band
    if most is None:
        return _("%(least)d copies and more") % {"least": least}
    if least == most:
        return ngettext("%(count)d copy", "%(count)d copies", least) % {"count": least}
    return _("%(least)d to %(most)d copies") % {"least": least, "most": most}


def _rows(parts: Sequence[Named], whole: Sums) -> list[Part]:
    rows = [part_of(whole, sums, code=code, name=name, kind="class" if code else "other") for code, name, sums in parts]
    return [*rows, part_of(whole, whole, kind="total")]
