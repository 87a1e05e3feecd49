"""The titles that have no class yet, with what is suggested for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from catalog.models import Title
from catalog.models.titles import long_columns
from catalog.queries.suggestions import Suggested, suggest_classes

AT_ONCE = 30
LOOKED_THROUGH = 600  # for confident suggestions; takes two or three seconds


@dataclass(frozen=True)
class Waiting:
    """A title to be classified."""

    title: Title
    suggestions: Sequence[Suggested]

    @property
    def confident(self) -> Suggested | None:
        first = self.suggestions[0] if self.suggestions else None
        return first if first and first.confident else None


@dataclass(frozen=True)
class WaitingPage:
    """A part of the queue; `after` leads to the next one, None at its end."""

    rows: list[Waiting]
    total: int
    after: int | None

    @property
    def confident(self) -> int:
        return sum(row.confident is not None for row in self.rows)


def titles_to_classify() -> "QuerySet[Title, Any]":
    return Title.objects.filter(main_class="").defer(*long_columns())


def waiting_page(*, after: int = 0, depth: int = 0, only_confident: bool = False) -> WaitingPage:
    """The next titles in the order in which they were entered; or, of the next 600, those whose suggestion is sure."""
    waiting = titles_to_classify()
    titles = list(waiting.filter(pk__gt=after).order_by("pk")[: LOOKED_THROUGH if only_confident else AT_ONCE])
    rows: list[Waiting] = []
    last = after
    for start in range(0, len(titles), AT_ONCE):
        part = titles[start : start + AT_ONCE]
        suggestions = suggest_classes(part, depth=depth)
        rows += [Waiting(title, suggestions[title.pk]) for title in part]
        last = part[-1].pk
        if only_confident:
            rows = [row for row in rows if row.confident]
            if len(rows) >= AT_ONCE:
                break
    more = waiting.filter(pk__gt=last).exists()
    return WaitingPage(rows, waiting.count(), last if more else None)
