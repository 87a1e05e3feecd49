"""The collection by the five divisions and 22 main classes, and by what stands below a class.

A class counts once, with all that stands below it: TP is within T and never added to it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from catalog.models import ClcClass
from catalog.models.shelf_order import clc_key
from catalog.queries.browse import main_classes
from catalog.rules.classification import MAIN_CLASSES, Division, division
from library_site.shared.reference import Reference
from reports.queries.collection.copies import SUMS, copies_of, stood
from reports.queries.holdings import holdings_on
from reports.queries.loans import first_loan_on
from reports.queries.rolled import Rolled, consistently
from reports.queries.subjects import loans_by_class
from reports.queries.unchanged import remembered
from reports.rules.collection import Part, Sums, added, part_of
from reports.rules.figures import Period

# A title counts in the class that it had at the end of the period. Of a number that is in no table the main class is
# known all the same: it stands beside the classes below, as what is directly in it.
_BELOW = """
    WITH RECURSIVE branch(code, child) AS (
        SELECT code, code FROM catalog_clcclass WHERE parent_id = %(code)s
        UNION ALL
        SELECT below.code, branch.child FROM branch JOIN catalog_clcclass AS below ON below.parent_id = branch.code
    ), {titles}, {stood}, book AS (
        SELECT title_id, {sums} FROM stood GROUP BY title_id
    )
    SELECT COALESCE(branch.child, ''), (count(*) FILTER (WHERE book.copies > 0))::int, {sums}
      FROM book
      JOIN title_then ON title_then.id = book.title_id
      LEFT JOIN branch ON branch.code = title_then.clc_class_id
     WHERE (book.copies > 0 OR book.loans > 0)
       AND (branch.child IS NOT NULL OR title_then.clc_class_id = %(code)s
            OR (title_then.main_class = %(code)s AND title_then.clc_class_id IS NULL))
     GROUP BY 1
"""
_TITLES_NOW = "title_then AS (SELECT id, main_class, clc_class_id FROM catalog_title)"
_TITLES_THEN = """
    title_since AS MATERIALIZED (
        SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id AS id, main_class, clc_class_id
          FROM catalog_titleevent WHERE pgh_created_at >= %(night)s
         ORDER BY pgh_obj_id, pgh_created_at, pgh_id
    ), title_then AS (
        SELECT id, main_class, clc_class_id FROM catalog_title AS title
         WHERE NOT EXISTS (SELECT FROM title_since WHERE title_since.id = title.id)
        UNION ALL
        SELECT id, main_class, clc_class_id FROM title_since
    )
"""


_ALONE = {str(part) for part in Division if [division(letter) for letter in MAIN_CLASSES].count(part) == 1}


@dataclass(frozen=True)
class ClassTable:
    """Lines by class: those of a division, then its sum; then what is in no class, and the whole."""

    rows: Sequence[Part]

    @property
    def whole(self) -> Part:
        return self.rows[-1]

    @property
    def listed(self) -> list[Part]:
        """The lines of a page, without the sum of a division of one class (A, B, Z): it says the line above again."""
        return [row for row in self.rows if row.kind != "division" or row.code not in _ALONE]

    @property
    def classes(self) -> list[Part]:
        """The lines that add up to the whole, without those that have nothing."""
        return [row for row in self.rows if row.kind in ("class", "other") and (row.copies or row.loans)]


def collection_by_class(period: Period, *, reference: Reference, today: date) -> ClassTable:
    """Holdings at the end of the period (of now while it runs) and loans in it, each title in its class of that day.

    Loans are those in a reader's name; before the first loan in the system they are unknown. Three statements.
    """
    asked = ("classes", period, today, reference.token)
    return remembered(asked, lambda: _by_class(period, reference, today))


def _by_class(period: Period, reference: Reference, today: date) -> ClassTable:
    lent = loans_by_class(period) if first_loan_on(period.until) else None
    holdings = holdings_on(period.until, today=today)
    circulating: Counter[str] = Counter()
    for row in holdings.rows:
        circulating[row.main_class] += row.copies if row.circulates else 0
    found = {row.main_class: row for row in holdings.classes}
    return table_of(
        {
            letter: Sums(
                titles=found[letter].titles if letter in found else 0,
                copies=found[letter].copies if letter in found else 0,
                circulating=circulating[letter],
                value=found[letter].value if letter in found else Decimal(0),
                loans=None if lent is None else lent.get(letter, 0),
            )
            for letter in ("", *MAIN_CLASSES)
        },
        dict(main_classes(reference)),
    )


def table_of(sums: Mapping[str, Sums], names: Mapping[str, str]) -> ClassTable:
    """The table of {main class: its sums}, '' for what is in no class; classes keep their place without books."""
    whole = added(sums.values())
    rows = []
    for part in Division:
        letters = [letter for letter in MAIN_CLASSES if division(letter) is part]
        rows += [part_of(whole, sums[letter], code=letter, name=names.get(letter, "")) for letter in letters]
        together = added(sums[letter] for letter in letters)
        rows.append(part_of(whole, together, code=str(part.value), name=str(part.label), kind="division"))
    rows.append(part_of(whole, sums[""], kind="other"))
    return ClassTable([*rows, part_of(whole, whole, kind="total")])


def table_json(table: ClassTable) -> list[dict[str, Any]]:
    """The lines as a snapshot keeps them: by class, with the names of that time; sums are made again."""
    return [
        {
            "class": row.code,
            "name": row.name,
            "titles": row.titles,
            "copies": row.copies,
            "circulating": row.circulating,
            "value": str(row.value),
            "loans": row.loans,
        }
        for row in table.rows
        if row.kind in ("class", "other")
    ]


def table_from(rows: Sequence[Mapping[str, Any]]) -> ClassTable:
    """The table that `table_json` wrote."""
    sums = dict.fromkeys(("", *MAIN_CLASSES), Sums())
    for row in rows:
        numbers = {name: row[name] for name in ("titles", "copies", "circulating", "loans")}
        sums[row["class"]] = Sums(**numbers, value=Decimal(row["value"]))
    return table_of(sums, {row["class"]: row["name"] for row in rows})


def classes_below(code: str, period: Period, *, today: date, loans_known: bool = True) -> ClassTable:
    """The classes directly below one with all that is in them, then what is directly in it, and the whole of it.

    Holdings and loans as in `collection_by_class`.
    """
    asked = ("below", code, period, today, loans_known)
    return remembered(asked, lambda: _below(code, period, today, loans_known=loans_known))


def _below(code: str, period: Period, today: date, *, loans_known: bool) -> ClassTable:
    counted = consistently(lambda rolled: _rows_below(code, period, rolled, today))
    found = {child: Sums(*numbers) for child, *numbers in counted}
    if not loans_known:
        found = {child: replace(sums, loans=None) for child, sums in found.items()}
    whole = added(found.values()) if found else Sums(loans=0 if loans_known else None)
    names = ClcClass.objects.filter(parent=code).annotate(key=clc_key("code")).order_by("key")
    rows = [
        part_of(whole, found[child], code=child, name=name)
        for child, name in names.values_list("code", "name")
        if child in found
    ]
    if "" in found:
        rows.append(part_of(whole, found[""], kind="other"))
    return ClassTable([*rows, part_of(whole, whole, kind="total")])


def _rows_below(code: str, period: Period, rolled: Rolled, today: date) -> Sequence[tuple[Any, ...]]:
    titles = _TITLES_NOW if period.until >= today else _TITLES_THEN
    statement = _BELOW.format(titles=titles, stood=stood(period, today=today), sums=SUMS)
    with connection.cursor() as cursor:
        cursor.execute(statement, {**copies_of(period, rolled), "code": code})
        return cursor.fetchall()
