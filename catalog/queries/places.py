"""Places and their shelves, with what stands there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalog.models import Copy, Location, Shelf
from catalog.queries.search import GONE


@dataclass(frozen=True)
class ShelfRow:
    """A shelf, where it ends (the number the next begins with, empty for the last) and how many copies stand on it."""

    shelf: Shelf
    ends_before: str
    copies: int


def places_with_counts() -> QuerySet[Location]:
    """All places by name, each with `held` copies, `total` copies that were ever there, and `shelf_count`."""
    shelves = Shelf.objects.filter(location=OuterRef("pk")).order_by().values("location").annotate(n=Count("pk"))
    return Location.objects.annotate(
        held=Count("copies", filter=~Q(copies__state__in=GONE)),
        total=Count("copies"),
        shelf_count=Coalesce(Subquery(shelves.values("n")), 0),
    ).order_by("name", "pk")


def shelves_in_order(location_id: int) -> list[Shelf]:
    """The shelves of a place as one walks along them."""
    return list(Shelf.objects.filter(location=location_id).order_by("begin_key"))


def shelf_rows(location_id: int) -> tuple[list[ShelfRow], int]:
    """The shelves with what stands on each, and how many copies stand before the first of them. Two statements."""
    shelves = shelves_in_order(location_id)
    counts = _counts(location_id, [shelf.begin_key for shelf in shelves])
    ends = [*(shelf.begins_with for shelf in shelves[1:]), ""]
    rows = [ShelfRow(shelf, ends[place], counts[place + 1]) for place, shelf in enumerate(shelves)]
    return rows, counts[0] if shelves else 0


def _counts(location_id: int, begin_keys: Sequence[str]) -> Counter[int]:
    """How many held copies fall before the first key (0), from the first to the second (1), and so on."""
    if not begin_keys:
        return Counter()
    copies, titles = Copy._meta.db_table, "catalog_title"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT width_bucket(t.shelf_key, %s::text[]), count(*)
                  FROM {copies} AS c JOIN {titles} AS t ON t.id = c.title_id
                 WHERE c.location_id = %s AND c.state <> ALL(%s) GROUP BY 1""",  # noqa: S608
            [list(begin_keys), location_id, list(GONE)],
        )
        return Counter(dict(cursor.fetchall()))
