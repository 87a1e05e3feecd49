"""Booklists as tables to keep: what came of one, what it lacks, and the bulletin of new books."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.models import BookList
from activities.queries.list_editing import Borrowed, Lacking, ListFigures
from library_site.shared.spreadsheets import Column, Table


def figures_table(book_list: BookList, figures: ListFigures) -> Table[Borrowed]:
    """The books of a list with their copies and loans."""
    columns: list[Column[Borrowed]] = [
        Column(gettext_lazy("Title"), lambda row: row.book.name, 40),
        Column(gettext_lazy("Author"), lambda row: row.book.author, 24),
        Column(gettext_lazy("Publisher"), lambda row: row.book.publisher, 22),
        Column(gettext_lazy("ISBN"), lambda row: row.book.title.isbn if row.book.title else row.book.item.isbn, 16),
        Column(gettext_lazy("Call number"), lambda row: row.book.title.call_number if row.book.title else "", 18),
        Column(gettext_lazy("why read it"), lambda row: row.book.item.reason, 40),
        Column(gettext_lazy("required"), lambda row: row.book.item.is_required, 8),
        Column(pgettext_lazy("number", "Copies"), lambda row: row.book.held, 8),
        Column(gettext_lazy("In now"), lambda row: row.book.inside, 8),
        Column(gettext_lazy("Loans since it was published"), lambda row: row.loans, 14),
    ]
    return Table(book_list.name, columns, figures.books)


def order_table(book_list: BookList, rows: Sequence[Lacking]) -> Table[Lacking]:
    """What a list lacks, for whoever orders it."""
    columns: list[Column[Lacking]] = [
        Column(gettext_lazy("ISBN"), lambda row: row.item.isbn, 16),
        Column(gettext_lazy("Title"), lambda row: row.item.name, 40),
        Column(gettext_lazy("Author"), lambda row: row.item.author, 30),
        Column(gettext_lazy("Publisher"), lambda row: row.item.publisher, 24),
        Column(gettext_lazy("copies"), lambda row: row.open.copies if row.open else 1, 8),
        Column(gettext_lazy("State"), lambda row: row.open.get_state_display() if row.open else "", 12),
    ]
    return Table(_("%(name)s: to order") % {"name": book_list.name}, columns, rows)


def bulletin_table(titles: Iterable[Any], *, name: str) -> Table[Any]:
    """The new books of a period."""
    columns: list[Column[Any]] = [
        Column(gettext_lazy("Call number"), lambda title: title.call_number, 18),
        Column(gettext_lazy("Title"), lambda title: f"{title.name} {title.part}".strip(), 40),
        Column(gettext_lazy("Author"), lambda title: title.author, 24),
        Column(gettext_lazy("Publisher"), lambda title: title.publisher, 22),
        Column(gettext_lazy("ISBN"), lambda title: title.isbn, 16),
        Column(gettext_lazy("Price"), lambda title: title.price, 10),
        Column(pgettext_lazy("number", "Copies"), lambda title: title.came_copies, 8),
        Column(gettext_lazy("Place"), lambda title: "、".join(title.places), 22),
        Column(gettext_lazy("Date"), lambda title: title.came_on, 12),
        Column(gettext_lazy("summary"), lambda title: title.summary, 60),
    ]
    return Table(name, columns, titles)
