"""The classification as a tree: ways down to a class, what stands below one, and how much the library has there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from catalog.models import ClcClass, Title
from catalog.models.shelf_order import clc_key
from catalog.queries.class_counts import ClassCounts, Count, class_counts, held_copies
from catalog.rules.classification import Division, division

_WAYS_UP = """
    WITH RECURSIVE way(leaf, code, name, parent_id, level) AS (
        SELECT code, code, name, parent_id, level FROM catalog_clcclass WHERE code = ANY(%s)
        UNION ALL
        SELECT way.leaf, above.code, above.name, above.parent_id, above.level
          FROM way JOIN catalog_clcclass AS above ON above.code = way.parent_id
    )
    SELECT leaf, code, name FROM way ORDER BY leaf, level
"""
_DOWN = """
    WITH RECURSIVE below(code) AS (
        SELECT %s::varchar COLLATE "C"
        UNION ALL
        SELECT class.code FROM below JOIN catalog_clcclass AS class ON class.parent_id = below.code
    )
    SELECT code FROM below
"""


class ClassName(NamedTuple):
    code: str
    name: str

    @property
    def label(self) -> str:
        return f"{self.code} {self.name}"


def names_to(codes: Collection[str]) -> dict[str, list[ClassName]]:
    """The classes from the main class down to each of these, itself last. One statement."""
    ways: dict[str, list[ClassName]] = {code: [] for code in codes}
    if ways:
        with connection.cursor() as cursor:
            cursor.execute(_WAYS_UP, [list(ways)])
            for leaf, code, name in cursor.fetchall():
                ways[leaf].append(ClassName(code, name))
    return {code: way for code, way in ways.items() if way}


@dataclass(frozen=True)
class Branch:
    """A class as a line of the tree, with what is in it and below it."""

    code: str
    name: str
    count: Count
    has_children: bool


@dataclass(frozen=True)
class DivisionBranches:
    """One of the five divisions with its main classes."""

    name: str
    count: Count
    branches: list[Branch]


def divisions(counts: ClassCounts) -> list[DivisionBranches]:
    """The whole tree's top: five divisions, 22 main classes."""
    tops = {branch.code: branch for branch in _branches(ClcClass.objects.filter(level=1), counts)}
    return [
        DivisionBranches(
            name=str(part.label),
            count=counts.divisions[part],
            branches=[branch for code, branch in tops.items() if division(code) is part],
        )
        for part in Division
    ]


def children(code: str, counts: ClassCounts) -> list[Branch]:
    """The classes directly below, in shelf order."""
    return _branches(ClcClass.objects.filter(parent=code), counts)


def _branches(classes: "QuerySet[ClcClass, Any]", counts: ClassCounts) -> list[Branch]:
    below = Exists(ClcClass.objects.filter(parent=OuterRef("pk")))
    rows = classes.annotate(has_children=below, key=clc_key("code")).order_by("key")
    return [
        Branch(code, name, counts.of(code), has) for code, name, has in rows.values_list("code", "name", "has_children")
    ]


def counts_below(code: str) -> ClassCounts:
    """Counts of this class and those below it; of the rest of the library nothing is read."""
    down = RawSQL(_DOWN, [code])  # noqa: S611 - the code is a parameter
    return class_counts(held_copies().filter(title__clc_class__in=down))


def titles_below(code: str) -> "QuerySet[Title, Any]":
    """The titles of a class and of all classes below it, in shelf order."""
    down = RawSQL(_DOWN, [code])  # noqa: S611 - the code is a parameter
    return Title.objects.filter(clc_class__in=down).order_by("shelf_key", "pk")
