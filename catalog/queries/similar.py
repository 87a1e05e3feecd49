"""Titles like another: of its series, by its author, and beside it on the shelf."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet, Value

from catalog.models import Title
from catalog.queries.search import holds
from catalog.queries.shelf_window import held, shown_titles
from catalog.rules.tokens import query_of

EACH, BESIDE = 6, 4


class Kind(StrEnum):
    SERIES = "series"
    AUTHOR = "author"
    SHELF = "shelf"


@dataclass(frozen=True)
class Similar:
    """Titles that are like another in one way; each is in one group only."""

    kind: Kind
    titles: list[Any]


def similar_titles(title: Title) -> list[Similar]:
    """The groups that are not empty: series, author, and the neighbours on the shelf. Two statements."""
    parts = [*_same(title, Kind.SERIES), *_same(title, Kind.AUTHOR), *_beside(title)]
    if not parts:
        return []
    found: dict[int, str] = {}
    # In the order of the kinds, so that a title of the series is not shown again as the author's.
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    for kind, key in sorted(rows, key=lambda row: list(Kind).index(Kind(row[0]))):
        found.setdefault(key, kind)
    titles = shown_titles(found)
    groups = [Similar(kind, [titles[key] for key in found if found[key] == kind and key in titles]) for kind in Kind]
    for group in groups:
        if group.kind == Kind.SHELF:
            group.titles.sort(key=lambda near: (near.shelf_key, near.pk))
    return [group for group in groups if group.titles]


def _same(title: Title, kind: Kind) -> list["QuerySet[Title, Any]"]:
    """Titles with the same words in a column; found by the search index, since the column has none."""
    value = getattr(title, kind)
    tsquery = query_of(value).tsquery
    if not tsquery:
        return []
    same = Title.objects.filter(holds("search", tsquery), held(), **{str(kind): value}).exclude(pk=title.pk)
    return [_as(kind, same.order_by("-popularity", "pk")[:EACH])]


def _beside(title: Title) -> list["QuerySet[Title, Any]"]:
    if not title.clc_number:
        return []
    near = Title.objects.filter(held(), main_class=title.main_class).exclude(pk=title.pk)
    before = near.filter(shelf_key__lte=title.shelf_key).order_by("-shelf_key", "-pk")[:BESIDE]
    after = near.filter(shelf_key__gt=title.shelf_key).order_by("shelf_key", "pk")[:BESIDE]
    return [_as(Kind.SHELF, before), _as(Kind.SHELF, after)]


def _as(kind: Kind, titles: "QuerySet[Title, Any]") -> "QuerySet[Title, Any]":
    return titles.annotate(kind=Value(str(kind))).values_list("kind", "pk")
