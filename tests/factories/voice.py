"""What readers say: suggestions, messages, surveys, requests for material."""

import itertools
from typing import Any

from activities.models import BookList, BookListItem, Suggestion
from activities.operations.suggestions import suggest
from tests.factories.desk import NOON

_numbers = itertools.count(1)
ISBN = "9787020002207"  # a right check digit


def make_suggestion(name: str = "", **fields: Any) -> Suggestion:
    """As it stands in the table, by nobody and new unless `fields` say otherwise."""
    values = {"at": NOON, "state_at": NOON, "category": "student", **fields}
    return Suggestion.objects.create(name=name or f"想读的书{next(_numbers)}", **values)


def wish(reader: Any = None, **fields: Any) -> Suggestion:
    """A suggestion by the act; a new book of its own unless `fields` name one."""
    values = {
        "isbn": "",
        "name": f"想读的书{next(_numbers)}",
        "author": "",
        "publisher": "",
        "reason": "",
        "copies": 1,
        "item_id": None,
        "by": None,
        "at": NOON,
        **fields,
    }
    return suggest(reader_id=reader.pk if reader else None, **values)


def make_list_item(name: str = "草房子", **fields: Any) -> BookListItem:
    """A line of a booklist."""
    book_list = BookList.objects.create(name="三年级书目", occasion="grade")
    return BookListItem.objects.create(book_list=book_list, position=1, name=name, **fields)
