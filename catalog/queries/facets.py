"""Hits in their order, and what they could be narrowed to, in one statement: the hits are found and ranked once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from catalog.models import Copy, Title

COLUMNS = ("main_class", "language", "stage", "audience", "clc_class_id")


@dataclass(frozen=True)
class Facets:
    """How many of the counted hits each value would leave; the most first. Values that no hit has are left out."""

    columns: Mapping[str, list[tuple[str, int]]]  # by column of `Title`
    places: list[tuple[int, int]]  # (location's key, titles with a held copy there)
    inside: int  # titles of which a copy is in


@dataclass(frozen=True)
class Counted:
    """The keys of one page; `total` hits may be shown, and `capped` says that there are more."""

    keys: list[int]
    total: int
    capped: bool
    facets: Facets | None


_HITS = "hits AS MATERIALIZED (SELECT row_number() OVER () AS place, found.* FROM ({titles}) AS found ({columns}))"
_COPIES = """copies AS MATERIALIZED (
    SELECT copy.* FROM ({copies}) AS copy (title_id, location_id, held, inside) JOIN hits ON hits.id = copy.title_id
), gone AS (SELECT title_id FROM copies GROUP BY title_id HAVING NOT bool_or(held))"""
_SHOWN = """shown AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY place) AS shown_at, hits.* FROM hits WHERE place <= %s{not_gone})"""
# A title without a copy at all may be an e-book, or on its way.
_NOT_GONE = " AND id NOT IN (SELECT title_id FROM gone)"
_PAGE = """
    SELECT 'key' AS kind, id::text AS value, shown_at AS number FROM shown WHERE shown_at > %s AND shown_at <= %s
    UNION ALL SELECT 'total', '', count(*) FROM shown
    UNION ALL SELECT 'matched', '', count(*) FROM hits"""
_COLUMN = """
    UNION ALL SELECT '{column}', {column}, count(*) FROM shown WHERE {column} <> '' GROUP BY {column}"""
_STANDING = """
    UNION ALL SELECT 'place', location_id::text, count(DISTINCT title_id) FROM copies WHERE held GROUP BY location_id
    UNION ALL SELECT 'inside', '', count(DISTINCT title_id) FROM copies WHERE inside"""


def counted(
    titles: "QuerySet[Title, Any]",
    *,
    part: slice,
    most: int,
    copies: "QuerySet[Copy, Any] | None",
    with_facets: bool,
    gone_too: bool,
) -> Counted:
    """Reads the first `most` of `titles` in their order: one page of keys, and the facets over all of them.

    `copies` are those of titles as (title, location, whether held, whether in); needed for facets and to leave out
    titles whose copies are all gone. One statement.
    """
    listed = titles.values_list("pk", *COLUMNS)[: most + 1]
    titles_sql, params = listed.query.sql_with_params()
    parts = [_HITS.format(titles=titles_sql, columns=", ".join(["id", *COLUMNS]))]
    if copies is not None:
        copies_sql, more = copies.query.sql_with_params()
        parts.append(_COPIES.format(copies=copies_sql))
        params = (*params, *more)
    parts.append(_SHOWN.format(not_gone="" if gone_too else _NOT_GONE))
    wanted = _PAGE
    if with_facets:
        wanted += "".join(_COLUMN.format(column=column) for column in COLUMNS) + _STANDING
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {wanted}", [*params, most, part.start, part.stop])
        return _read(cursor.fetchall(), most, with_facets)


def _read(rows: Iterable[tuple[str, str, int]], most: int, with_facets: bool) -> Counted:
    found: dict[str, list[tuple[str, int]]] = {}
    for kind, value, number in rows:
        found.setdefault(kind, []).append((value, number))
    keys = [int(value) for value, _place in sorted(found.get("key", []), key=lambda row: row[1])]
    facets = None
    if with_facets:
        facets = Facets(
            columns={column: _most_first(found.get(column, [])) for column in COLUMNS},
            places=[(int(value), number) for value, number in _most_first(found.get("place", []))],
            inside=found["inside"][0][1],
        )
    return Counted(keys, found["total"][0][1], found["matched"][0][1] > most, facets)


def _most_first(counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda row: (-row[1], row[0]))
