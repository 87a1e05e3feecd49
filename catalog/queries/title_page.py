"""A title as its public page shows it: where its copies are and when they come back, not with whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable

from catalog.models import Copy, Shelf, Title
from catalog.queries.covers import with_covers
from catalog.queries.search import GONE


@dataclass(frozen=True)
class Standing:
    """Copies of a title that stand alike: same place, volume, state and, on loan, the same day due."""

    place: str
    shelf: str | None
    hint: str
    circulates: bool
    volume: str
    state: str
    due_on: date | None
    set_aside: bool
    number: int

    @property
    def inside(self) -> bool:
        return self.due_on is None and self.state == Copy.State.ON_SHELF and not self.set_aside

    @property
    def state_text(self) -> str:
        return str(Copy.State(self.state).label)


def title_for_page(title_id: int) -> Title | None:
    """The title with its class, or None."""
    titles = Title.objects.select_related("clc_class").defer("search", "search_summary")
    return with_covers(titles.filter(pk=title_id)).first()


def standings(title: Title, *, due_on: Combinable, set_aside: Combinable) -> list[Standing]:
    """The held copies of a title, alike ones together; those on the shelf first. One statement.

    `due_on` and `set_aside` are expressions over `Copy`: the day an open loan is due, null if there is none; whether
    it stands on the pick-up shelf for somebody.
    """
    columns = ("location__name", "shelf", "location__hint", "location__circulates", "volume", "state", "due_on", "kept")
    copies: Any = Copy.objects.filter(title=title).exclude(state__in=GONE)
    copies = copies.annotate(due_on=due_on, kept=set_aside, shelf=_shelf_of(title))
    alike = Counter(copies.values_list(*columns))
    rows = [
        Standing(place, shelf, hint, circulates, volume, state, due, kept, number)
        for (place, shelf, hint, circulates, volume, state, due, kept), number in alike.items()
    ]
    return sorted(rows, key=lambda row: (not row.inside, row.place, row.volume, row.due_on or date.min))


def _shelf_of(title: Title) -> Combinable:
    """The shelf on which a copy stands: the last one of its place that begins at or before the title's number."""
    if not title.clc_number:
        return Value(None, output_field=CharField())
    shelves = Shelf.objects.filter(location=OuterRef("location"), begin_key__lte=title.shelf_key)
    return Subquery(shelves.order_by("-begin_key").values("name")[:1])
