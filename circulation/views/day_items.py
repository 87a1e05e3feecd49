"""What of a day waits, in words and with the way to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext_lazy

from circulation.queries.day import DayCounts
from library_site.access import may_open
from library_site.http import SchoolRequest


@dataclass(frozen=True)
class Item:
    """A line of the day: `tone` is a kind of status, `url` is empty for whoever may not go there."""

    code: str
    text: str
    tone: str
    icon: str
    url: str


@dataclass(frozen=True)
class _Line:
    """How one of the counts is told."""

    code: str
    number: Callable[[DayCounts], Any]
    words: Any  # of %(count)d, %(readers)d, %(sum)s
    tone: str
    icon: str
    page: str


LINES = [
    _Line(
        "in_room",
        lambda counts: counts.in_room,
        ngettext_lazy(
            "%(count)d book used in the room is not back.", "%(count)d books used in the room are not back.", "count"
        ),
        "warn",
        "lamp",
        "in_room:overview",
    ),
    _Line(
        "expired",
        lambda counts: counts.expired,
        ngettext_lazy(
            "%(count)d reserved book was not picked up in time.",
            "%(count)d reserved books were not picked up in time.",
            "count",
        ),
        "warn",
        "bookmark-x",
        "reservations:shelf",
    ),
    _Line(
        "to_put_back",
        lambda counts: counts.to_put_back,
        ngettext_lazy(
            "%(count)d book is to go from the pick-up shelf to its place.",
            "%(count)d books are to go from the pick-up shelf to their places.",
            "count",
        ),
        "warn",
        "arrow-return-left",
        "reservations:shelf",
    ),
    _Line(
        "ready",
        lambda counts: counts.ready - counts.expired,
        ngettext_lazy(
            "%(count)d reserved book waits on the pick-up shelf.",
            "%(count)d reserved books wait on the pick-up shelf.",
            "count",
        ),
        "info",
        "bookmark-check",
        "reservations:shelf",
    ),
    _Line(
        "sets",
        lambda counts: counts.sets,
        ngettext_lazy(
            "%(count)d class set is needed within a week.", "%(count)d class sets are needed within a week.", "count"
        ),
        "info",
        "collection",
        "reservations:sets",
    ),
    _Line(
        "overdue",
        lambda counts: counts.overdue,
        ngettext_lazy(
            "%(count)d book is overdue (readers: %(readers)d).",
            "%(count)d books are overdue (readers: %(readers)d).",
            "count",
        ),
        "warn",
        "alarm",
        "overdue:overdue",
    ),
    _Line(
        "imports",
        lambda counts: counts.imports,
        ngettext_lazy("%(count)d import is not finished.", "%(count)d imports are not finished.", "count"),
        "info",
        "box-seam",
        "imports:overview",
    ),
    _Line(
        "unclassified",
        lambda counts: counts.unclassified,
        ngettext_lazy("%(count)d title is to be classified.", "%(count)d titles are to be classified.", "count"),
        "quiet",
        "signpost-split",
        "clc:queue",
    ),
    _Line(
        "on_duty",
        lambda counts: counts.on_duty,
        ngettext_lazy("%(count)d helper is signed in for duty.", "%(count)d helpers are signed in for duty.", "count"),
        "quiet",
        "person-badge",
        "helpers:service",
    ),
    _Line(
        "cash",
        lambda counts: counts.cash,
        gettext_lazy("%(sum)s yuan came in since the cash was counted."),
        "info",
        "cash-coin",
        "charges:cash",
    ),
]
# What ends with the day; the rest goes on tomorrow. Helpers on duty are named beside it.
LEFT = ("in_room", "expired", "to_put_back", "imports", "on_duty", "cash")


def waiting_items(request: SchoolRequest, counts: DayCounts) -> list[Item]:
    """All that waits, but for the helpers, whom the page names."""
    return [item for item in _items(request, counts) if item.code != "on_duty"]


def left_items(request: SchoolRequest, counts: DayCounts) -> list[Item]:
    """What of the day's work is left."""
    return [item for item in _items(request, counts) if item.code in LEFT]


def _items(request: SchoolRequest, counts: DayCounts) -> Iterator[Item]:
    for line in LINES:
        if line.number(counts):
            values = {"count": int(line.number(counts)), "readers": counts.overdue_readers, "sum": counts.cash}
            yield Item(line.code, line.words % values, line.tone, line.icon, link(request, line.page))


def link(request: SchoolRequest, page: str) -> str:
    """The address of a page without arguments; empty for whoever may not open it."""
    roles = frozenset(request.user.roles)
    return reverse(page) if may_open(page, roles, public_search=False, debug=settings.DEBUG) else ""
