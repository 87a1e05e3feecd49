"""The catalogue's home: new books, what is borrowed most, and the classes as pictures."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.queries.booklists import newest_list
from catalog.queries.search import Order
from catalog.queries.shelf_window import classes_with_books, in_order, newest_titles, shown_titles
from catalog.rules.class_icons import CLASS_ICONS
from circulation.queries.popular import most_borrowed

TITLES_OF_A_ROW = 12
SPARE = 2  # of the most borrowed, some are lost by now
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class CoverRow:
    """Titles side by side under a heading; `url` leads to all of them."""

    heading: str
    icon: str
    titles: list[Any]
    url: str


@dataclass(frozen=True)
class ClassPicture:
    code: str
    name: str
    icon: str


def home_context() -> dict[str, Any]:
    """What the home shows; rows without titles are left out. Six statements."""
    number = TITLES_OF_A_ROW
    new = newest_titles(number)
    lent = most_borrowed(since=timezone.now() - RECENT, number=number * SPARE)
    booklist, listed = newest_list(timezone.localdate())
    titles = shown_titles([*new, *lent, *listed])
    rows = [
        CoverRow(_("New books"), "stars", in_order(new, titles, number), _listed(Order.NEWEST)),
        CoverRow(_("Most borrowed in 30 days"), "fire", in_order(lent, titles, number), _listed(Order.LENT)),
    ]
    if booklist is not None:
        url = reverse("booklists:list", args=[booklist.pk])
        rows.append(CoverRow(booklist.name, "journal-bookmark", in_order(listed, titles, number), url))
    pictures = [ClassPicture(row.code, row.name, CLASS_ICONS.get(row.code, "book")) for row in classes_with_books()]
    return {"rows": [row for row in rows if row.titles], "pictures": pictures}


def _listed(order: Order) -> str:
    return reverse("catalog:search", query={"sort": str(order)})
