"""The classification as a tree: the way down to a class."""

from collections.abc import Collection
from typing import NamedTuple

from django.db import connection

_WAYS_UP = """
    WITH RECURSIVE way(leaf, code, name, parent_id, level) AS (
        SELECT code, code, name, parent_id, level FROM catalog_clcclass WHERE code = ANY(%s)
        UNION ALL
        SELECT way.leaf, above.code, above.name, above.parent_id, above.level
          FROM way JOIN catalog_clcclass AS above ON above.code = way.parent_id
    )
    SELECT leaf, code, name FROM way ORDER BY leaf, level
"""


class ClassName(NamedTuple):
    code: str
    name: str


def names_to(codes: Collection[str]) -> dict[str, list[ClassName]]:
    """The classes from the main class down to each of these, itself last. One statement."""
    ways: dict[str, list[ClassName]] = {code: [] for code in codes}
    if ways:
        with connection.cursor() as cursor:
            cursor.execute(_WAYS_UP, [list(ways)])
            for leaf, code, name in cursor.fetchall():
                ways[leaf].append(ClassName(code, name))
    return {code: way for code, way in ways.items() if way}
