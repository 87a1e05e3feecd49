"""Titles chosen for another class, and the acts that gave one."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, QuerySet

from catalog.models import ReclassedTitle, Reclassing, Title
from catalog.queries.class_tree import titles_below
from catalog.queries.search import search_titles

SHOWN = 100


def titles_of_class(code: str, limit: int) -> list[int]:
    """The titles of a class and below it, in shelf order."""
    return list(titles_below(code).values_list("pk", flat=True)[:limit])


def titles_of_search(text: str, limit: int) -> list[int]:
    """The hits of a search, the best first."""
    return [hit.title.pk for hit in search_titles(text, limit=limit).hits]


def chosen_titles(title_ids: Collection[int]) -> "QuerySet[Title, Any]":
    """As they stand on the shelf."""
    columns = ("name", "author", "clc_number", "book_number")
    return Title.objects.filter(pk__in=title_ids).order_by("shelf_key", "pk").only(*columns)


def reclassings() -> "QuerySet[Reclassing, Any]":
    """The acts, the newest first, with how many titles each changed."""
    return Reclassing.objects.select_related("by").annotate(number=Count("titles")).order_by("-at", "-pk")


def reclassed_titles(reclassing: Reclassing) -> "QuerySet[ReclassedTitle, Any]":
    """What one act changed, as it stands on the shelf now."""
    return reclassing.titles.select_related("title").order_by("title__shelf_key", "pk")


def former_call_numbers(title_id: int) -> list[ReclassedTitle]:
    """The numbers that a title had, the latest first. One statement."""
    rows = ReclassedTitle.objects.filter(title=title_id).select_related("reclassing").order_by("-reclassing__at", "-pk")
    return [row for row in rows if row.old_clc_number or row.old_book_number]
