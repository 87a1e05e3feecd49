"""The lines of somebody's booklist become books of our lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.models import BookList, BookListItem
from activities.operations.booklists import COLUMNS, changeable
from activities.operations.list_books import next_position, words_of
from activities.queries.list_matching import match_lines
from activities.rules.book_lines import Line, name_key
from activities.rules.booklists import FULL, MOST_BOOKS
from catalog.models import Title
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

NOTHING = Problem("no_lines", _("No line names a book."), field="text")
_LIMITS = {"isbn": 13, "name": 400, "author": 400, "publisher": 200}


@dataclass(frozen=True)
class Taken:
    """What came of it: the lists that were written, how many books were added, and how many stood there already."""

    lists: Sequence[BookList]
    added: int
    already: int


def take_lines(
    *,
    list_id: int | None,
    groups: Mapping[str, Sequence[Line]],
    values: Mapping[str, Mapping[str, Any]],
    chosen: Mapping[int, int],
    by: User,
    address: str | None = None,
) -> Taken:
    """Puts the lines on a list, or on a new one for each group (`values` by group: `COLUMNS` of the list).

    A line becomes a title of the library where it surely is one, or where `chosen` says so ({line: title, 0 for none});
    else it stays words. What is on the list already is passed over, so the same lines again change nothing.
    Refused without a line, and where a list would grow beyond 300 books.
    """
    if not any(groups.values()):
        raise Refused([NOTHING])
    with act("import_book_list", by=by, address=address):
        lists, added, total = [], 0, 0
        for group, lines in groups.items():
            book_list = changeable(list_id, by=by) if list_id else _begun(values[group], by=by)
            added += _put(book_list, lines, chosen)
            total += len(lines)
            lists.append(book_list)
        return Taken(lists, added, total - added)


def _begun(values: Mapping[str, Any], *, by: User) -> BookList:
    return BookList.objects.create(by=by, **{name: values[name] for name in COLUMNS if name in values})


def _put(book_list: BookList, lines: Sequence[Line], chosen: Mapping[int, int]) -> int:
    there = list(BookListItem.objects.filter(book_list=book_list).values_list("title_id", "isbn", "name"))
    titles = {title_id for title_id, _isbn, _name in there if title_id}
    words = {_mark(isbn, name) for _title_id, isbn, name in there}
    position = next_position(book_list)
    rows: list[BookListItem] = []
    for line, title in _with_titles(lines, chosen):
        mark = _mark(line.isbn, line.name or (title.name if title else ""))
        if mark in words or (title and title.pk in titles):
            continue
        words.add(mark)
        if title:
            titles.add(title.pk)
        rows.append(_item(book_list, line, title, position + len(rows)))
    if len(there) + len(rows) > MOST_BOOKS:
        raise Refused([FULL])
    BookListItem.objects.bulk_create(rows)
    return len(rows)


def _with_titles(lines: Sequence[Line], chosen: Mapping[int, int]) -> list[tuple[Line, Title | None]]:
    picked = Title.objects.in_bulk([key for key in chosen.values() if key])
    return [
        (match.line, picked.get(chosen[match.line.number]) if match.line.number in chosen else match.sure)
        for match in match_lines(lines)
    ]


def _item(book_list: BookList, line: Line, title: Title | None, position: int) -> BookListItem:
    """The line's own words are kept: they are what the list said. A line of an ISBN alone is called by its number."""
    own = {"isbn": line.isbn, "name": line.name, "author": line.author, "publisher": line.publisher}
    known = words_of(title) if title else {"name": line.isbn}
    words = {name: (own[name] or known.get(name, ""))[:limit] for name, limit in _LIMITS.items()}
    return BookListItem(book_list=book_list, title=title, position=position, reason=line.reason, **words)


def _mark(isbn: str, name: str) -> str:
    return name_key(name) or isbn
