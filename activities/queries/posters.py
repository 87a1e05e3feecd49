"""Books for posters: those of a list, new ones, or some that were chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from activities.queries.booklists import books_of, listed_titles
from catalog.models import Title

MOST = 60


@dataclass(frozen=True)
class PosterBook:
    """A title that stands on the shelf, and why to read it."""

    title: Any
    reason: str


def books_of_list(list_id: int) -> list[PosterBook]:
    """Those books of a list that the library has. Two statements."""
    return [PosterBook(book.title, book.item.reason) for book in books_of(list_id) if book.title and book.held]


def books_of_titles(keys: Sequence[int]) -> list[PosterBook]:
    """Titles in the order of their keys, with the beginning of their summary. At most two statements."""
    titles = listed_titles(keys[:MOST])
    known = _summaries(titles)
    return [PosterBook(titles[key], known.get(key, "")) for key in keys[:MOST] if key in titles and titles[key].held]


def _summaries(keys: Collection[int]) -> dict[int, str]:
    return dict(Title.objects.filter(pk__in=keys).exclude(summary="").values_list("pk", "summary"))
