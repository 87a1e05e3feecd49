"""Booklists as readers see them: which are shown to whom, their books, and where these stand now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from activities.models import BookList, BookListItem
from catalog.models import Copy, Title
from catalog.models.titles import long_columns
from catalog.queries.covers import with_covers
from catalog.queries.search import GONE
from circulation.queries.availability import title_availability
from library_site.models import User
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import NamedClass, classes_on
from readers.queries.enrolment import enrolled_on

COVERS_OF_A_LIST = 5


@dataclass(frozen=True)
class ListedBook:
    """A book of a list. `title` is None for one that the library never had, and the numbers are then 0."""

    item: BookListItem
    title: Any
    held: int = 0
    inside: int = 0
    places: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.title.name if self.title else self.item.name

    @property
    def author(self) -> str:
        return self.title.author if self.title else self.item.author

    @property
    def publisher(self) -> str:
        return self.title.publisher if self.title else self.item.publisher


@dataclass(frozen=True)
class ShownList:
    """A list on the page of lists, with its first covers."""

    book_list: Any
    covers: list[Any]


def shown_lists(day: date) -> "QuerySet[BookList, Any]":
    """The lists that readers see on a day: published, begun and not ended."""
    begun = Q(begins_on=None) | Q(begins_on__lte=day)
    lasting = Q(ended_on=None) | Q(ended_on__gt=day)
    return BookList.objects.filter(begun, lasting, published_at__isnull=False)


def published_lists(category: str, school_class: NamedClass | None, day: date) -> "QuerySet[BookList, Any]":
    """The lists shown to a category of readers, the newest first; with a class, only those that mean its grade."""
    lists = shown_lists(day).filter(category=category)
    if school_class is not None:
        lists = lists.filter(means_grade(school_class.stage, school_class.position))
    return lists.order_by("-published_at", "-pk")


def means_grade(stage: str, position: int) -> Q:
    """Whether a row for grades means this one."""
    of_stage = Q(stage=stage) & (Q(from_position=None) | Q(from_position__lte=position, to_position__gte=position))
    return Q(stage="") | of_stage


def titles_of(list_id: int) -> set[int]:
    """The keys of the titles on a list that the library has or had. One statement."""
    items = BookListItem.objects.filter(book_list=list_id, title__isnull=False)
    return set(items.values_list("title_id", flat=True))


def books_of(list_id: int) -> list[ListedBook]:
    """The books of a list in their order, with where they are now. Two statements."""
    items = list(BookListItem.objects.filter(book_list=list_id).order_by("position", "pk"))
    titles = listed_titles([item.title_id for item in items if item.title_id])
    return [listed(item, titles) for item in items]


def listed(item: BookListItem, titles: dict[int, Any]) -> ListedBook:
    """An item with what is known of its title."""
    title = titles.get(item.title_id or 0)
    if title is None:
        return ListedBook(item, None)
    return ListedBook(item, title, title.held, title.inside, tuple(title.places))


def listed_titles(keys: Collection[int]) -> dict[int, Any]:
    """Titles by key with `held`, `inside`, `places` and what `catalog/cover.html` asks for. One statement."""
    if not keys:
        return {}
    there = title_availability()
    held = Copy.objects.filter(title=OuterRef("pk")).exclude(state__in=GONE)
    places = ArraySubquery(held.order_by("location__name").values("location__name").distinct())
    titles = with_covers(Title.objects.filter(pk__in=keys).defer(*long_columns()))
    return {row.pk: row for row in titles.annotate(held=there.held, inside=there.inside, places=places)}


def with_book_counts(lists: "QuerySet[BookList, Any]") -> "QuerySet[BookList, Any]":
    """Adds `books`, how many a list has."""
    return lists.annotate(books=Count("items"))


def with_covers_of(lists: Iterable[Any]) -> list[ShownList]:
    """The lists with the titles of their first books. Two statements, however many lists."""
    rows = list(lists)
    place = Window(RowNumber(), partition_by=F("book_list"), order_by=("position", "pk"))
    items = BookListItem.objects.filter(book_list__in=[row.pk for row in rows], title__isnull=False)
    first = items.annotate(place=place).filter(place__lte=COVERS_OF_A_LIST).values_list("book_list_id", "title_id")
    keys: dict[int, list[int]] = {}
    for list_id, title_id in first.order_by("book_list_id", "place"):
        keys.setdefault(list_id, []).append(title_id)
    titles = _covers([key for found in keys.values() for key in found])
    return [ShownList(row, [titles[key] for key in keys.get(row.pk, []) if key in titles]) for row in rows]


def newest_list(day: date) -> tuple[BookList | None, list[int]]:
    """The list that was last shown to pupils, with the keys of its titles in order. At most two statements."""
    newest = published_lists(Reader.Category.STUDENT, None, day).first()
    if newest is None:
        return None, []
    items = BookListItem.objects.filter(book_list=newest, title__isnull=False).order_by("position", "pk")
    return newest, list(items.values_list("title_id", flat=True)[:24])


def recommended_in(title_id: int, categories: Collection[str], day: date) -> list[BookListItem]:
    """The places of a title on lists that are shown, the newest list first, each with its list. One statement."""
    lists = shown_lists(day).filter(category__in=categories)
    items = BookListItem.objects.filter(title=title_id, book_list__in=lists).select_related("book_list")
    return list(items.order_by("-book_list__published_at", "-pk")[:10])


def _covers(keys: Collection[int]) -> dict[int, Any]:
    if not keys:
        return {}
    return {row.pk: row for row in with_covers(Title.objects.filter(pk__in=keys).defer(*long_columns()))}


def own_grade(user: User, reference: Reference, day: date) -> NamedClass | None:
    """The class that a pupil's account is in; None for everybody else. One statement."""
    rows = enrolled_on(day).filter(reader__account=user).values_list("school_class_id", flat=True)
    own = set(rows)
    return next((row for row in classes_on(reference, day) if row.pk in own), None)
