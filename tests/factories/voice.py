"""What readers say: suggestions, messages, surveys, requests for material."""

import itertools
from datetime import timedelta
from typing import Any

from activities.models import BookList, BookListItem, MaterialRequest, Message, Suggestion, Survey
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


def make_message(text: str = "谢谢老师", **fields: Any) -> Message:
    """As it stands in the table; it waits to be read unless `fields` say otherwise."""
    return Message.objects.create(text=text, **{"category": "student", "at": NOON, **fields})


def make_survey(*questions: tuple[str, list[str]], **fields: Any) -> Survey:
    """A survey that is open at `NOON`, with these questions as (kind, options); one to choose from if none is named."""
    day = NOON.date()
    values = {
        "name": "中午开馆调查",
        "opens_on": day - timedelta(days=2),
        "closes_on": day + timedelta(days=5),
        "published_at": NOON,
        **fields,
    }
    survey = Survey.objects.create(**values)
    for position, (kind, options) in enumerate(questions or [("single", ["好", "一般"])], start=1):
        survey.questions.create(position=position, kind=kind, text=f"第{position}问", options=options)
    return survey


def make_request(subject: str = "二十四节气", **fields: Any) -> MaterialRequest:
    """A request for material; new unless `fields` say otherwise."""
    values = {"category": "teacher", "purpose": "lesson", "at": NOON, **fields}
    return MaterialRequest.objects.create(subject=subject, **values)
