"""Lists of books as tables to keep."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalog.models import Copy, Title
from catalog.queries.search import Hit
from library_site.shared.spreadsheets import Column, Table

# What every list says of a title, one column each.
_TITLE: Sequence[Column[Title]] = [
    Column(gettext_lazy("Call number"), lambda title: title.call_number, 18),
    Column(gettext_lazy("Title"), lambda title: named(title), 40),
    Column(gettext_lazy("Author"), lambda title: title.author, 24),
    Column(gettext_lazy("Publisher"), lambda title: title.publisher, 22),
    Column(gettext_lazy("Year"), lambda title: whole_number(title.published), 8),
    Column(gettext_lazy("ISBN"), lambda title: title.isbn, 16),
    Column(gettext_lazy("Price"), lambda title: title.price, 10),
]


def index_table(lines: Iterable[tuple[str, Title]], *, name: str, heading: str) -> Table:
    """(heading, title) as `lines_of` gives them; `heading` says what the headings are, empty for none."""
    first: list[Column[tuple[str, Any]]] = [Column(heading, lambda row: row[0], 22)] if heading else []
    columns = [
        *first,
        *(_of(1, column) for column in _TITLE),
        Column(gettext_lazy("Reading stage"), lambda row: row[1].get_stage_display(), 16),
        Column(gettext_lazy("School subject"), lambda row: row[1].course, 12),
        Column(pgettext_lazy("number", "Copies"), lambda row: row[1].held, 8),
    ]
    return Table(name, columns, lines)


def hits_table(hits: Iterable[Hit]) -> Table:
    """The hits of a search with where they stand."""
    columns: list[Column[Hit]] = [
        *(Column(column.heading, _of_hit(column), column.width) for column in _TITLE),
        Column(gettext_lazy("Place"), lambda hit: "、".join(hit.places), 22),
        Column(pgettext_lazy("number", "Copies"), lambda hit: hit.held, 8),
        Column(gettext_lazy("On the shelf"), lambda hit: hit.inside, 10),
    ]
    return Table(_("Search results"), columns, hits)


def shelf_table(copies: Iterable[Copy]) -> Table:
    """Copies in shelf order."""
    columns: list[Column[Copy]] = [
        Column(gettext_lazy("Place"), lambda copy: copy.location.name, 16),
        Column(gettext_lazy("Call number"), lambda copy: copy.title.call_number, 18),
        Column(gettext_lazy("Volume"), lambda copy: copy.volume, 8),
        Column(gettext_lazy("Title"), lambda copy: named(copy.title), 40),
        Column(gettext_lazy("Author"), lambda copy: copy.title.author, 24),
        Column(gettext_lazy("Barcode"), lambda copy: copy.barcode, 14),
        Column(gettext_lazy("State"), lambda copy: copy.get_state_display(), 10),
    ]
    return Table(_("Shelf list"), columns, copies)


def accession_table(copies: Iterable[Copy], *, name: str = "") -> Table:
    """Copies as they came, with what they cost; `name` where it is not the accession list itself."""
    columns: list[Column[Copy]] = [
        Column(gettext_lazy("Accession number"), lambda copy: copy.accession_number, 14),
        Column(gettext_lazy("Barcode"), lambda copy: copy.barcode, 14),
        Column(gettext_lazy("Date"), lambda copy: copy.acquired_on, 12),
        *(Column(column.heading, _of_copy(column), column.width) for column in _TITLE[:-1]),
        Column(gettext_lazy("Volume"), lambda copy: copy.volume, 8),
        Column(gettext_lazy("Price"), price_of, 10),
        Column(gettext_lazy("Source"), lambda copy: copy.get_source_display(), 10),
        Column(gettext_lazy("Place"), lambda copy: copy.location.name, 16),
        Column(gettext_lazy("State"), lambda copy: copy.get_state_display(), 10),
    ]
    return Table(name or _("Accession list"), columns, copies)


def batches_table(batches: Iterable[Any]) -> Table:
    """Batches with how many titles and copies came in each."""
    columns: list[Column[Any]] = [
        Column(gettext_lazy("batch"), lambda batch: batch.name, 30),
        Column(gettext_lazy("received on"), lambda batch: batch.received_on, 12),
        Column(gettext_lazy("supplier or giver"), lambda batch: batch.supplier, 24),
        Column(gettext_lazy("Titles"), lambda batch: batch.titles, 10),
        Column(pgettext_lazy("number", "Copies"), lambda batch: batch.held, 10),
        Column(gettext_lazy("note"), lambda batch: batch.note, 40),
    ]
    return Table(_("Batches"), columns, batches)


def price_of(copy: Copy) -> Decimal | None:
    """The copy's own price, else the title's; that of a set is no volume's."""
    if copy.price is None and (copy.title.volumes or 1) == 1:
        return copy.title.price
    return copy.price


def named(title: Title) -> str:
    """The title with the part that follows it."""
    return f"{title.name} {title.part}".strip()


def whole_number(text: str) -> int | str:
    """A year as a number, where it is nothing but a year."""
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else text


def _of(place: int, column: Column[Title]) -> Column[tuple[str, Any]]:
    return Column(column.heading, lambda row: column.value(row[place]), column.width)


def _of_hit(column: Column[Title]) -> Any:
    return lambda hit: column.value(hit.title)


def _of_copy(column: Column[Title]) -> Any:
    return lambda copy: column.value(copy.title)
