"""Lists of the collection as tables to keep."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library_site.shared.spreadsheets import Column, Table
from reports.queries.collection.ranking import Book, LentBook, ManyBook, WantedBook

AnyBook = TypeVar("AnyBook", bound=Book)


def idle_table(copies: Iterable[Any]) -> Table[Any]:
    """Copies that nobody borrowed, in shelf order (`last_lent` beside each)."""
    columns: list[Column[Any]] = [
        Column(gettext_lazy("Place"), lambda copy: copy.location.name, 16),
        Column(gettext_lazy("Call number"), lambda copy: copy.title.call_number, 20),
        Column(gettext_lazy("Title"), lambda copy: f"{copy.title.name} {copy.title.part}".strip(), 40),
        Column(gettext_lazy("Author"), lambda copy: copy.title.author, 20),
        Column(gettext_lazy("Year"), lambda copy: copy.title.published, 8),
        Column(gettext_lazy("Barcode"), lambda copy: copy.barcode, 16),
        Column(gettext_lazy("Accession number"), lambda copy: copy.accession_number, 16),
        Column(gettext_lazy("Acquired"), lambda copy: copy.acquired_on, 12),
        Column(gettext_lazy("Price"), lambda copy: copy.price, 10),
        Column(gettext_lazy("Last lent"), lambda copy: copy.last_lent, 18),
    ]
    return Table(_("Books that nobody borrows"), columns, copies)


def lent_table(books: Iterable[LentBook]) -> Table[LentBook]:
    """The titles lent in a period, the most first."""
    columns: list[Column[LentBook]] = [
        Column(gettext_lazy("Rank"), lambda book: book.rank, 8),
        *_book(),
        Column(gettext_lazy("Loans"), lambda book: book.loans, 10),
        Column(gettext_lazy("Loans per copy"), lambda book: book.per_copy, 12),
    ]
    return Table(_("Most lent books"), columns, books)


def wanted_table(books: Iterable[WantedBook]) -> Table[WantedBook]:
    """The titles that are reserved, the most per copy first."""
    columns: list[Column[WantedBook]] = [
        *_book(),
        Column(gettext_lazy("Reservations now"), lambda book: book.waiting, 12),
        Column(gettext_lazy("Reservations per copy"), lambda book: book.per_copy, 12),
        Column(gettext_lazy("Of these for class sets"), lambda book: book.for_sets or None, 12),
        Column(gettext_lazy("Waiting since"), lambda book: book.oldest, 12),
        Column(gettext_lazy("Reserved in the period"), lambda book: book.placed, 12),
    ]
    return Table(_("Most wanted books"), columns, books)


def many_table(books: Iterable[ManyBook]) -> Table[ManyBook]:
    """Titles with many copies."""
    columns: list[Column[ManyBook]] = [
        *_book(),
        Column(gettext_lazy("Loans"), lambda book: book.loans, 10),
        Column(gettext_lazy("Loans per copy"), lambda book: book.per_copy, 12),
    ]
    return Table(_("Titles with many copies"), columns, books)


def _book() -> list[Column[AnyBook]]:
    return [
        Column(gettext_lazy("Call number"), lambda book: book.call_number, 20),
        Column(gettext_lazy("Title"), lambda book: f"{book.name} {book.part}".strip(), 40),
        Column(gettext_lazy("Author"), lambda book: book.author, 20),
        Column(gettext_lazy("Copies held"), lambda book: book.copies, 10),
    ]
