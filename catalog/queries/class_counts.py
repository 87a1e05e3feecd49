"""How many titles and copies stand in each class: the one count for the tree, for figures and for standards.

What is counted are held copies, neither withdrawn nor lost, and the titles that have any. A class counts what is in
it and below it, each title once: the way up is that of the parents, since a parent need not be a prefix.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from catalog.models import Copy
from catalog.queries.search import GONE
from catalog.rules.classification import MAIN_CLASSES, Division, division

# A title whose number resolves to no class (the classification is not loaded) still has its main class.
_COUNTS = """
    WITH RECURSIVE held AS (
        SELECT title_id, count(*) AS copies FROM ({copies}) AS copy GROUP BY title_id
    ), own AS (
        SELECT COALESCE(title.clc_class_id, title.main_class) AS code, count(*) AS titles, sum(held.copies) AS copies
          FROM held JOIN catalog_title AS title ON title.id = held.title_id
         GROUP BY 1
    ), way AS (
        SELECT code AS leaf, code FROM own
        UNION ALL
        SELECT way.leaf, class.parent_id
          FROM way JOIN catalog_clcclass AS class ON class.code = way.code
         WHERE class.parent_id IS NOT NULL
    )
    SELECT way.code, sum(own.titles)::int, sum(own.copies)::int
      FROM way JOIN own ON own.code = way.leaf
     GROUP BY way.code
"""


class Count(NamedTuple):
    """Titles (种) and copies (册)."""

    titles: int
    copies: int

    def __add__(self, other: Any) -> "Count":
        return Count(self.titles + other.titles, self.copies + other.copies)


NONE = Count(0, 0)


@dataclass(frozen=True)
class ClassCounts:
    """Counts by class; `classes` holds only those that have something."""

    classes: dict[str, Count]
    main: dict[str, Count] = field(init=False)
    divisions: dict[Division, Count] = field(init=False)

    def __post_init__(self) -> None:
        main = {letter: self.of(letter) for letter in MAIN_CLASSES}
        divisions = dict.fromkeys(Division, NONE)
        for letter, count in main.items():
            belongs = division(letter)
            assert belongs is not None
            divisions[belongs] += count
        object.__setattr__(self, "main", main)
        object.__setattr__(self, "divisions", divisions)

    def of(self, code: str) -> Count:
        return self.classes.get(code, NONE)

    @property
    def unclassified(self) -> Count:
        return self.of("")

    @property
    def total(self) -> Count:
        return sum(self.divisions.values(), self.unclassified)


def class_counts(copies: "QuerySet[Copy, Any] | None" = None) -> ClassCounts:
    """Counts the held copies, or those of `copies` (of a place, a batch, a year). One statement."""
    chosen = held_copies() if copies is None else copies
    sql, params = chosen.order_by().values("title_id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(copies=sql), params)
        return ClassCounts({code: Count(titles, number) for code, titles, number in cursor.fetchall()})


def held_copies() -> "QuerySet[Copy, Any]":
    return Copy.objects.exclude(state__in=GONE)
