"""The books of a list: put on, explained, ordered, taken off, and found in the library later."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError
from django.db.models import Max

from activities.models import BookList, BookListItem
from activities.operations.booklists import changeable
from activities.rules.booklists import ALREADY_ON_IT, FULL, GONE, MOST_BOOKS
from catalog.models import Title
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Refused, violated

WORDS = ("isbn", "name", "author", "publisher", "reason")


def put_title(
    *, list_id: int, title_id: int, reason: str = "", by: User, address: str | None = None
) -> BookListItem:  # fmt: skip
    """Puts a title of the library at the end of a list. Refused where it is on it already, and on a full list."""
    try:
        with act("change_book_list", by=by, address=address):
            book_list = changeable(list_id, by=by)
            return _added(book_list, words_of(Title.objects.get(pk=title_id)) | {"reason": reason}, title_id)
    except IntegrityError as error:
        raise _refusal(error) from error


def put_words(*, list_id: int, values: Mapping[str, str], by: User, address: str | None = None) -> BookListItem:
    """Puts a book on a list that the library does not hold: `WORDS` by name, the title is a must."""
    with act("change_book_list", by=by, address=address):
        return _added(changeable(list_id, by=by), {name: values.get(name, "") for name in WORDS}, None)


def change_book(
    *, item_id: int, reason: str, is_required: bool, by: User, address: str | None = None
) -> BookListItem:  # fmt: skip
    """Writes why a book is recommended, and whether it is required."""
    with act("change_book_list", by=by, address=address):
        item = _locked_item(item_id, by=by)
        item.reason, item.is_required = reason, is_required
        item.save(update_fields=["reason", "is_required"])
        return item


def move_book(*, item_id: int, place: int, by: User, address: str | None = None) -> None:
    """Moves a book to a place of its list, 1 being the first; the others close up."""
    with act("change_book_list", by=by, address=address):
        item = _locked_item(item_id, by=by)
        rows = list(BookListItem.objects.filter(book_list=item.book_list_id).order_by("position", "pk"))
        order = [row for row in rows if row.pk != item.pk]
        order.insert(max(0, min(place, len(rows)) - 1), item)
        for position, row in enumerate(order, start=1):
            row.position = position
        BookListItem.objects.bulk_update(order, ["position"])


def take_off(*, item_id: int, by: User, address: str | None = None) -> None:
    """Takes a book off its list; a suggestion to buy it stays, without the list."""
    with act("change_book_list", by=by, address=address):
        item = _locked_item(item_id, by=by)
        item.suggestions.update(item=None)
        item.delete()


def choose_titles(*, list_id: int, chosen: Mapping[int, int], by: User, address: str | None = None) -> int:
    """Says for books that were words which title of the library they are: {item: title}. Returns how many.

    A title that is on the list already is left out: the line stays as it is.
    """
    with act("change_book_list", by=by, address=address):
        book_list = changeable(list_id, by=by)
        return tie(book_list, chosen)


def tie(book_list: BookList, chosen: Mapping[int, int]) -> int:
    """As `choose_titles`, of a list that is locked."""
    taken = set(
        BookListItem.objects.filter(book_list=book_list, title__isnull=False).values_list("title_id", flat=True)
    )
    real = set(Title.objects.filter(pk__in=chosen.values()).values_list("pk", flat=True))
    items = BookListItem.objects.filter(book_list=book_list, pk__in=chosen, title=None)
    changed = []
    for item in items.order_by("position", "pk"):
        title_id = chosen[item.pk]
        if title_id in real and title_id not in taken:
            taken.add(title_id)
            item.title_id = title_id
            changed.append(item)
    BookListItem.objects.bulk_update(changed, ["title"])
    return len(changed)


def words_of(title: Title) -> dict[str, Any]:
    """What a list keeps of a title in words."""
    return {name: getattr(title, name) for name in ("isbn", "name", "author", "publisher")}


def next_position(book_list: BookList) -> int:
    """The place behind the last book of a locked list; refused where it is full."""
    rows = BookListItem.objects.filter(book_list=book_list)
    if rows.count() >= MOST_BOOKS:
        raise Refused([FULL])
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _added(book_list: BookList, words: Mapping[str, Any], title_id: int | None) -> BookListItem:
    position = next_position(book_list)
    return BookListItem.objects.create(book_list=book_list, position=position, title_id=title_id, **words)


def _locked_item(item_id: int, *, by: User) -> BookListItem:
    list_id = BookListItem.objects.filter(pk=item_id).values_list("book_list_id", flat=True).first()
    if list_id is not None:
        changeable(list_id, by=by)
    item = BookListItem.objects.filter(pk=item_id).first()
    if item is None:
        raise Refused([GONE])
    return item


def _refusal(error: IntegrityError) -> Refused:
    if violated(error) != "book_list_item_once":
        raise error
    return Refused([ALREADY_ON_IT])


def list_of_titles(*, name: str, titles: Sequence[Title], by: User, address: str | None = None) -> BookList:
    """Begins a list of new books with these titles, at most 300; not reviewed, not shown, without reasons."""
    with act("save_book_list", by=by, address=address):
        book_list = BookList.objects.create(name=name[:100], occasion=BookList.Occasion.NEW, by=by)
        BookListItem.objects.bulk_create(
            BookListItem(book_list=book_list, title=title, position=position, **words_of(title))
            for position, title in enumerate(titles[:MOST_BOOKS], start=1)
        )
        return book_list
