"""New books of a period (新书通报)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, DateField, Exists, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalog.models import Copy, Title
from catalog.queries.browse import main_classes
from catalog.queries.covers import with_covers
from catalog.queries.search import GONE
from library_site.shared.reference import Reference

CAME = Coalesce(F("acquired_on"), F("created_at__date"), output_field=DateField())
_UNSEEN = ("search", "search_summary", "pinyin", "initials")


@dataclass(frozen=True)
class ClassOfBooks:
    """New books of one main class; `name` is empty for those to be classified."""

    code: str
    name: str
    titles: Sequence[Any]


def new_titles(since: date, until: date, *, audience: str = "", more_copies: bool = False) -> "QuerySet[Title, Any]":
    """The titles that came from a day to a day, as they stand on the shelf; `more_copies`: also those held before.

    Each with `came_on`, `came_copies`, `places` and what `catalog/cover.html` asks for.
    """
    of_title = Copy.objects.alias(came=CAME).filter(title=OuterRef("pk"))
    came = of_title.filter(came__range=(since, until)).exclude(state__in=GONE)
    titles = Title.objects.filter(Exists(came))
    if not more_copies:
        titles = titles.exclude(Exists(of_title.filter(came__lt=since)))
    if audience:
        titles = titles.filter(audience__in=[audience, Title.Audience.ALL])
    together = came.order_by().values("title")
    places = ArraySubquery(came.order_by("location__name").values("location__name").distinct())
    titles = titles.defer(*_UNSEEN).annotate(
        came_on=Subquery(together.annotate(day=Min("came")).values("day")),
        came_copies=Subquery(together.annotate(number=Count("pk")).values("number")),
        places=places,
    )
    return with_covers(titles).order_by("shelf_key", "pk")


def by_class(titles: Sequence[Any], reference: Reference) -> list[ClassOfBooks]:
    """Titles in shelf order under their main classes."""
    names = dict(main_classes(reference))
    groups = groupby(titles, key=lambda title: title.main_class)
    return [ClassOfBooks(code, names.get(code, code), list(rows)) for code, rows in groups]
