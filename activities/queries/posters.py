"""Books for posters: those of a list, new ones, or some that were chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from activities.models import BookListItem
from activities.queries.booklists import books_of, listed_titles, shown_lists
from catalog.models import Title
from readers.models import Reader

MOST = 60


@dataclass(frozen=True)
class PosterBook:
    """A title that stands on the shelf, and why to read it."""

    title: Any
    reason: str


def books_of_list(list_id: int) -> list[PosterBook]:
    """Those books of a list that the library has. Two statements."""
    return [PosterBook(book.title, book.item.reason) for book in books_of(list_id) if book.title and book.held]


def books_of_titles(keys: Sequence[int], day: date) -> list[PosterBook]:
    """Titles in the order of their keys, with the reason of a list that pupils see, else their summary.

    At most three statements.
    """
    titles = listed_titles(keys[:MOST])
    known = _summaries(titles) | _reasons(titles, day)
    return [PosterBook(titles[key], known.get(key, "")) for key in keys[:MOST] if key in titles and titles[key].held]


def _reasons(keys: Collection[int], day: date) -> dict[int, str]:
    """The reasons of the lists shown last."""
    lists = shown_lists(day).filter(category=Reader.Category.STUDENT)
    items = BookListItem.objects.filter(title__in=keys, book_list__in=lists).exclude(reason="")
    return dict(items.order_by("book_list__published_at", "pk").values_list("title_id", "reason"))


def _summaries(keys: Collection[int]) -> dict[int, str]:
    return dict(Title.objects.filter(pk__in=keys).exclude(summary="").values_list("pk", "summary"))
