"""Booklists and their books."""

import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

from activities.models import BookList, BookListItem
from catalog.models import Title
from tests.factories.catalog import make_title

_numbers = itertools.count(1)
SHOWN_AT = datetime(2026, 10, 1, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def make_list(name: str = "", *, shown: bool = True, **fields: object) -> BookList:
    """A booklist for pupils; reviewed and shown since October 2026 unless told otherwise."""
    if shown:
        fields = {"reviewed_at": SHOWN_AT, "published_at": SHOWN_AT} | fields
    return BookList.objects.create(name=name or f"书目{next(_numbers)}", **({"occasion": "grade"} | fields))


def make_item(book_list: BookList, title: Title | None = None, **fields: object) -> BookListItem:
    """A book at the end of a list; with `title=None` and a name, one that the library lacks."""
    if title is None and "name" not in fields:
        title = make_title()
    if title is not None:
        fields = {"name": title.name, "author": title.author, "isbn": title.isbn} | fields
    fields.setdefault("position", BookListItem.objects.filter(book_list=book_list).count() + 1)
    return BookListItem.objects.create(book_list=book_list, title=title, **fields)
