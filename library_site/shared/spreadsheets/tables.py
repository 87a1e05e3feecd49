"""Any list as a file to keep: columns with a heading each, rows as they come, nothing held in memory.

Numbers stay numbers and dates dates. Codes are given as text and keep their leading zeros: text in Excel, and as they
are in CSV, which says nothing of types. What somebody typed cannot act as a formula in either.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any, Generic, TypeAlias, TypeVar

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from library_site.shared.spreadsheets.cells import without_formula

Row = TypeVar("Row")
Value: TypeAlias = str | Promise | int | float | Decimal | date | None

LONGEST_CELL = 32_767  # what Excel takes
A4 = 9  # as Excel counts paper
ROWS_A_SHEET = 1_000_000  # below Excel's limit; more go on the next sheet
TEXT, DAY, TIME, GENERAL, TWO_PLACES = "@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "General", "0.00"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A heading, what a row says under it, and how wide it is in Excel (in characters)."""

    heading: str | Promise
    value: Callable[[Row], Value]
    width: int = 14


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A list: `name` is that of the file and its sheet. `rows` are read once.

    `act` is the name under which an export of people's data is recorded; empty for lists of books.
    """

    name: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    act: str = field(default="", kw_only=True)

    @property
    def header(self) -> list[str]:
        return [str(column.heading) for column in self.columns]

    def lines(self) -> Iterator[list[Value]]:
        return ([column.value(row) for column in self.columns] for row in self.rows)


def write_csv(target: IO[bytes], table: Table[Any]) -> int:
    """Writes UTF-8 with the mark that Excel knows it by. Returns the number of rows."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([without_formula(heading) for heading in table.header])
    count = 0
    for count, line in enumerate(table.lines(), start=1):  # noqa: B007
        writer.writerow([_csv_text(value) for value in line])
    text.flush()
    text.detach()  # the file stays open for whoever gave it
    return count


def _csv_text(value: Value) -> str:
    match value:
        case str() | Promise():
            return without_formula(str(value))
        case None:
            return ""
        case bool():
            return _yes_or_no(value)
        case datetime():
            return f"{_local(value):%Y-%m-%d %H:%M}"
    return str(value)


def write_workbook(target: IO[bytes], table: Table[Any]) -> int:
    """Writes an .xlsx whose heading stays in sight and is repeated on every printed page. Returns the number of rows.

    Beyond a million rows the list goes on in a second sheet.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    lines = table.lines()
    count = 0
    for number in range(1, 1000):
        part = islice(lines, ROWS_A_SHEET)
        first = next(part, None)
        if first is None and number > 1:
            break
        name = sheet_name(table.name) if number == 1 else f"{sheet_name(table.name)[:27]} {number}"
        count += _fill(book.create_sheet(name), table, chain([first] if first is not None else [], part))
    book.save(target)
    return count


def _fill(page: Any, table: Table[Any], lines: Iterable[Sequence[Value]]) -> int:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for position, column in enumerate(table.columns, start=1):
        page.column_dimensions[get_column_letter(position)].width = column.width
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.paperSize = A4
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    cells = _Cells(page)
    page.append([cells.made(text, font=Font(bold=True)) for text in table.header])
    count = 0
    for count, line in enumerate(lines, start=1):  # noqa: B007
        page.append([cells.of(value) for value in line])
    return count


class _Cells:
    """Cells of one sheet: a style is made once and shared, since making one for each takes most of the time."""

    def __init__(self, page: Any) -> None:
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

        self._page, self._cell, self._illegal = page, WriteOnlyCell, ILLEGAL_CHARACTERS_RE
        self._styles = {form: self._style(form) for form in (TEXT, DAY, TIME, GENERAL, TWO_PLACES)}

    def _style(self, form: str) -> Any:
        cell = self._cell(self._page)
        cell.number_format = form
        return cell._style

    def made(self, text: str, *, font: Any) -> Any:
        cell = self.of(text)
        cell.font = font
        return cell

    def of(self, value: Value) -> Any:
        if value is None or value == "":
            return None
        cell = self._cell(self._page)
        cell.value, form = self._typed(value)
        cell._style = self._styles[form]
        return cell

    def _typed(self, value: Value) -> tuple[Any, str]:
        match value:
            case str() | Promise():
                return self._illegal.sub("", without_formula(str(value)))[:LONGEST_CELL], TEXT
            case bool():
                return _yes_or_no(value), TEXT
            case Decimal():
                return value, TWO_PLACES
            case datetime():
                return _local(value).replace(tzinfo=None), TIME
            case date():
                return value, DAY
        return value, GENERAL


def sheet_name(name: str) -> str:
    """Without the signs that Excel refuses in the name of a sheet."""
    return "".join(sign for sign in name if sign not in r"[]:*?/\'")[:31] or "1"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")
