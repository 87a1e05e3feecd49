"""Challenges, and notes that count for them."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from activities.models import BookList, BookListItem, Challenge, ReadingNote
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_loan

PUBLISHED = datetime.fromisoformat("2026-10-01T08:00:00+08:00")


def make_challenge(goal: str = "books", target: object = 2, **fields: object) -> Challenge:
    """A challenge of October and November 2026 that readers see."""
    values = {
        "name": "金秋阅读挑战",
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 11, 30),
        "published_at": PUBLISHED,
        **fields,
    }
    return Challenge.objects.create(goal=goal, target=Decimal(str(target)), **values)


def make_list(*titles, name: str = "三年级书目") -> BookList:
    """A booklist of these titles."""
    row = BookList.objects.create(name=name, occasion=BookList.Occasion.GRADE)
    for position, title in enumerate(titles):
        BookListItem.objects.create(book_list=row, position=position, title=title, name=title.name)
    return row


def borrow(reader, school_class, *days: str, copy=None, **fields: object) -> list:
    """A loan of another book on each of these days ("2026-10-12"); of the same copy if one is given."""
    return [
        make_loan(
            copy=copy or make_copy(),
            reader=reader,
            school_class=school_class,
            lent_at=datetime.fromisoformat(f"{day}T12:00:00+08:00"),
            returned_at=datetime.fromisoformat(f"{day}T15:00:00+08:00"),
            **fields,
        )
        for day in days
    ]


def write_note(reader, school_class, day: str, state: str = "marked", **fields: object) -> ReadingNote:
    return ReadingNote.objects.create(
        reader=reader,
        category=reader.category,
        school_class=school_class,
        book="草房子",
        written_on=date.fromisoformat(day),
        source="paper",
        state=state,
        saved_at=timezone.now(),
        **fields,
    )
