"""What the catalogue's home shows: rows of covers, like the books in the library's window."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from catalog.models import ClcClass, Copy, Title
from catalog.models.titles import long_columns
from catalog.queries.covers import with_covers
from catalog.queries.search import GONE

NEWEST_COPIES = 400  # looked through for new titles: a class set is many copies of one
AFTER_EVERY_NUMBER = "~"


def held() -> Exists:
    """Whether a copy of the title is neither withdrawn nor lost."""
    return Exists(Copy.objects.filter(title=OuterRef("pk")).exclude(state__in=GONE))


def newest_titles(number: int) -> list[int]:
    """The keys of the titles whose copies came last. One statement."""
    copies = Copy.objects.exclude(state__in=GONE).order_by("-created_at", "-pk")
    keys = copies.values_list("title_id", flat=True)[:NEWEST_COPIES]
    return list(dict.fromkeys(keys))[:number]


def shown_titles(keys: Iterable[int]) -> dict[int, Any]:
    """Those of the titles that have a held copy, by key, with what `catalog/cover.html` asks for. One statement."""
    titles = Title.objects.filter(held(), pk__in=set(keys)).defer(*long_columns())
    return {title.pk: title for title in with_covers(titles)}


def in_order(keys: Sequence[int], titles: dict[int, Any], number: int) -> list[Any]:
    """The first `number` of the titles in the order of `keys`."""
    return [titles[key] for key in keys if key in titles][:number]


def classes_with_books() -> "QuerySet[ClcClass]":
    """The main classes in which there is a title."""
    begins = Title.objects.filter(
        shelf_key__gte=OuterRef("code"), shelf_key__lt=Concat(OuterRef("code"), Value(AFTER_EVERY_NUMBER))
    )
    return ClcClass.objects.filter(Exists(begins), level=1).order_by("code")
