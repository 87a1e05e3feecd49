"""Booklists as those see them who make them: drafts too, what a list lacks, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from activities.models import Activity, BookList, BookListItem
from activities.queries.booklists import ListedBook, books_of, shown_lists
from activities.queries.list_matching import Match, match_lines
from activities.rules.book_lines import Line
from catalog.models import Title
from catalog.queries.shelf_window import held
from circulation.models import Loan
from library_site.models import User

FOUND = 8
BY_A_READER = Q(kind=Loan.Kind.READER) | Q(kind=Loan.Kind.CORNER)  # a box goes to a class as it is packed


@dataclass(frozen=True)
class Borrowed:
    """A book of a list with how often readers borrowed it since the list was published."""

    book: ListedBook
    loans: int


@dataclass(frozen=True)
class ListFigures:
    """What came of a list; before it is published nothing did, and `share` is None."""

    books: Sequence[Borrowed]

    @property
    def copies(self) -> int:
        return sum(row.book.held for row in self.books)

    @property
    def inside(self) -> int:
        return sum(row.book.inside for row in self.books)

    @property
    def held(self) -> int:
        return sum(1 for row in self.books if row.book.held)

    @property
    def loans(self) -> int:
        return sum(row.loans for row in self.books)

    @property
    def borrowed(self) -> int:
        return sum(1 for row in self.books if row.loans)

    @property
    def lent(self) -> int:
        return self.copies - self.inside


@dataclass(frozen=True)
class Lacking:
    """A book of a list of which the library has no copy; `open` is a suggestion to buy it that is under way."""

    item: BookListItem
    match: Match
    open: Any


def made_lists(*, by: User | None, state: str, day: date) -> "QuerySet[BookList, Any]":
    """All lists, or those of one person; `state` is draft, shown or ended, else all. The newest first."""
    lists = BookList.objects.annotate(books=Count("items")).order_by("-pk")
    if by is not None:
        lists = lists.filter(by=by)
    ended = Q(ended_on__lte=day)
    match state:
        case "draft":
            return lists.filter(published_at=None)
        case "shown":
            return lists.filter(pk__in=shown_lists(day).values("pk"))
        case "ended":
            return lists.filter(ended, published_at__isnull=False)
    return lists


def list_figures(book_list: BookList) -> ListFigures:
    """The books of a list with their copies and loans. Three statements."""
    books = books_of(book_list.pk)
    loans: dict[int, int] = {}
    if book_list.published_at is not None:
        keys = [book.title.pk for book in books if book.title]
        rows = Loan.objects.filter(BY_A_READER, copy__title__in=keys, voided_at=None)
        counted = rows.filter(lent_at__gte=book_list.published_at).values_list("copy__title").annotate(Count("pk"))
        loans = dict(counted)
    return ListFigures([Borrowed(book, loans.get(book.title.pk, 0) if book.title else 0) for book in books])


def lacking_books(list_id: int) -> list[Lacking]:
    """The books of a list that nobody can borrow here, each with titles that it may be. At most six statements."""
    items = BookListItem.objects.filter(~Exists(Title.objects.filter(held(), pk=OuterRef("title"))))
    items = items.filter(book_list=list_id).order_by("position", "pk").prefetch_related("suggestions")
    rows = list(items)
    matches = match_lines([_line(number, row) for number, row in enumerate(rows)])
    return [Lacking(row, match, _open(row)) for row, match in zip(rows, matches, strict=True)]


def arrived_titles(list_id: int) -> dict[int, int]:
    """Of the books that were words, those that surely are a title of the library by now: {item: title}."""
    rows = list(BookListItem.objects.filter(book_list=list_id, title=None).order_by("position", "pk"))
    matches = match_lines([_line(number, row) for number, row in enumerate(rows)])
    return {row.pk: match.sure.pk for row, match in zip(rows, matches, strict=True) if match.sure}


def activities_to_tie(kept: int | None) -> "QuerySet[Activity, Any]":
    """The latest activities that a list may belong to, and the one it belongs to already."""
    latest = Activity.objects.exclude(state=Activity.State.CANCELLED).order_by("-starts_on", "-pk").values("pk")[:40]
    return Activity.objects.filter(Q(pk__in=latest) | Q(pk=kept)).order_by("-starts_on", "-pk")


def _line(number: int, item: BookListItem) -> Line:
    return Line(number, name=item.name, author=item.author, publisher=item.publisher, isbn=item.isbn)


def _open(item: BookListItem) -> Any:
    return next(iter(sorted(item.suggestions.all(), key=lambda row: -row.pk)), None)
