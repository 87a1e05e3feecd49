"""A report as an Excel workbook: numbers, totals as formulas, native charts, ready to print on A4.

Formulas carry their results too: programs that do not calculate (previews on phones) show the same numbers.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import IO, Any, Generic, Literal, TypeAlias, TypeVar

from django.utils.functional import Promise

from library_site.shared.spreadsheets.cells import without_formula
from library_site.shared.spreadsheets.results import with_results
from library_site.shared.spreadsheets.tables import A4, DAY, GENERAL, LONGEST_CELL, TEXT, TWO_PLACES, Value, sheet_name

Row = TypeVar("Row")
Text: TypeAlias = str | Promise
Level: TypeAlias = Literal["row", "group", "total"]

WHOLE, MONEY, SHARE, PERCENT = "#,##0", "#,##0.00", "0.00%", '0.00"%"'
__all__ = [
    "DAY", "GENERAL", "MONEY", "PERCENT", "SHARE", "TEXT", "TWO_PLACES", "WHOLE",
    "Column", "NativeChart", "ReportSheet", "write_report_book",
]  # fmt: skip


class SumDisagrees(ValueError):
    """What was given as a total is not the sum of the rows above it."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A heading and what a row says under it.

    `total="sum"`: rows of level group and total sum up what stands above them; `value` of such a row may be None, else
    it must agree. `parts`: the headings of two columns whose quotient this one is, as a formula in every row (to two
    decimals; with `number_format=SHARE` as a percentage); `value` is then not asked. `PERCENT` is for numbers that
    are per cent already, `SHARE` for fractions. A column of mixed figures has a format by row.
    """

    heading: Text
    value: Callable[[Row], Value] = field(default=lambda _row: None)
    number_format: str | Callable[[Row], str] = GENERAL
    total: Literal["sum"] | None = None
    parts: tuple[Text, Text] | None = None
    width: int = 12


@dataclass(frozen=True)
class NativeChart:
    """A chart of Excel's own below the table: of the rows of one level, by the headings of their columns."""

    kind: Literal["bar", "line", "stacked", "pie"]
    title: Text
    categories: Text
    values: Sequence[Text]
    level: Level = "row"


@dataclass(frozen=True)
class ReportSheet(Generic[Row]):
    """One sheet: a title, `notes` line by line (school, period, formulas), the table, its charts.

    `level` says what a row is: group and total rows are set off, and sum up what stands above them.
    """

    name: Text
    title: Text
    columns: Sequence[Column[Row]]
    rows: Sequence[Row]
    notes: Sequence[Text] = ()
    level: Callable[[Row], Level] = field(default=lambda _row: "row")
    charts: Sequence[NativeChart] = ()
    landscape: bool = False


def write_report_book(target: IO[bytes], sheets: Iterable[ReportSheet[Any]]) -> int:
    """Writes the book; returns the number of rows. Raises `SumDisagrees` where a total is given that is none."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    written = []
    for sheet in sheets:
        page = book.create_sheet(_free_name(book, sheet_name(str(sheet.name))))
        written.append(_Written(page, sheet))
        written[-1].write()
    raw = BytesIO()
    book.calculation.fullCalcOnLoad = True
    book.save(raw)
    with_results(raw, target, [part.results for part in written])
    return sum(len(part.sheet.rows) for part in written)


def _free_name(book: Any, name: str) -> str:
    number, free = 2, name
    while free.lower() in {taken.lower() for taken in book.sheetnames}:
        free, number = f"{name[:27]} {number}", number + 1
    return free


class _Written:
    """One sheet while it is written. `results` are those of its formulas, by cell."""

    def __init__(self, page: Any, sheet: ReportSheet[Any]) -> None:
        from openpyxl.styles import Alignment
        from openpyxl.utils import get_column_letter

        self.page, self.sheet = page, sheet
        self.results: dict[str, Decimal | None] = {}
        self.head = len(sheet.notes) + 2
        self.letters = [get_column_letter(place) for place in range(1, len(sheet.columns) + 1)]
        self.places = {str(column.heading): place for place, column in enumerate(sheet.columns)}
        self.levels = [sheet.level(row) for row in sheet.rows]
        self.wrapped = Alignment(wrap_text=True, vertical="top")
        self.known: list[list[Decimal | None]] = []  # the numbers of each row, for sums and quotients

    def write(self) -> None:
        from library_site.shared.spreadsheets.book_charts import add_charts

        self._lines_above()
        self._headings()
        for number, row in enumerate(self.sheet.rows):
            self._row(number, row)
        self._paper()
        add_charts(self.page, self.sheet, head=self.head, levels=self.levels)

    def _lines_above(self) -> None:
        from openpyxl.styles import Alignment

        wide = sum(column.width for column in self.sheet.columns)
        for number, text in enumerate([self.sheet.title, *self.sheet.notes], start=1):
            cell = self.page.cell(number, 1, _typed(str(text)))
            cell.font = _font(bold=True, size=14) if number == 1 else _font(size=9, color="555555")
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            self.page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(self.letters))
            # A merged cell does not grow by itself; a Chinese sign is two characters wide.
            lines = -(-_width(str(text)) * (1.4 if number == 1 else 0.85) // wide)
            self.page.row_dimensions[number].height = max(1, lines) * (22 if number == 1 else 14)

    def _headings(self) -> None:
        from openpyxl.styles import Alignment, Border, PatternFill, Side

        for column, letter in zip(self.sheet.columns, self.letters, strict=True):
            cell = self.page[f"{letter}{self.head}"]
            cell.value = _typed(str(column.heading))
            cell.font = _font(bold=True)
            cell.fill = PatternFill("solid", fgColor="EFEADD")
            cell.border = Border(bottom=Side("thin"))
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            self.page.column_dimensions[letter].width = column.width

    def _row(self, number: int, row: Any) -> None:
        from openpyxl.styles import Border, PatternFill, Side

        level, at = self.levels[number], self.head + 1 + number
        self.known.append([None] * len(self.letters))
        plain = [place for place, column in enumerate(self.sheet.columns) if column.parts is None]
        quotients = [place for place, column in enumerate(self.sheet.columns) if column.parts is not None]
        for place in [*plain, *quotients]:  # a quotient reads what stands in its row
            cell = self.page[f"{self.letters[place]}{at}"]
            self._fill(cell, number, place, row)
            if level != "row":
                cell.font = _font(bold=True)
                cell.fill = PatternFill("solid", fgColor="F6F3EA")
                cell.border = Border(top=Side("thin"))

    def _fill(self, cell: Any, number: int, place: int, row: Any) -> None:
        column = self.sheet.columns[place]
        if column.parts:
            self._quotient(cell, number, place, column.parts)
        elif column.total and self.levels[number] != "row" and (above := self._above(number)):
            self._sum(cell, number, place, above, column.value(row))
        else:
            value = column.value(row)
            cell.value = _typed(value)
            self.known[number][place] = _decimal(value)
        if cell.data_type == "s":
            cell.number_format, cell.alignment = TEXT, self.wrapped
        else:
            cell.number_format = self._format(column, row)

    def _format(self, column: Column[Any], row: Any) -> str:
        return column.number_format(row) if callable(column.number_format) else column.number_format

    def _above(self, number: int) -> tuple[int, int] | None:
        """The first and last row that a group (since the one before it) or a total (from the top) sums up."""
        first = 0
        if self.levels[number] == "group":
            first = next((place + 1 for place in reversed(range(number)) if self.levels[place] != "row"), 0)
        return (first, number - 1) if first < number else None

    def _sum(self, cell: Any, number: int, place: int, above: tuple[int, int], given: Value) -> None:
        first, last = above
        parts = [self.known[row][place] for row in range(first, last + 1) if self.levels[row] == "row"]
        known = [part for part in parts if part is not None]
        if not known and given is None:
            return  # the sum of what nobody knows is not 0
        found = sum(known, Decimal(0))
        if given is not None and _decimal(given) != found:
            raise SumDisagrees(f"{self.sheet.columns[place].heading}: {given} != {found}")
        letter = self.letters[place]
        # SUBTOTAL leaves out the subtotals in its range.
        cell.value = f"=SUBTOTAL(9,{letter}{self.head + 1 + first}:{letter}{self.head + 1 + last})"
        self.known[number][place] = self.results[cell.coordinate] = found

    def _quotient(self, cell: Any, number: int, place: int, parts: tuple[Text, Text]) -> None:
        over, under = (self.places[str(heading)] for heading in parts)
        percent = self.sheet.columns[place].number_format == SHARE
        top, bottom = (f"{self.letters[part]}{cell.row}" for part in (over, under))
        cell.value = f'=IF(OR({top}="",N({bottom})=0),"",ROUND({top}/{bottom},{4 if percent else 2}))'
        self.results[cell.coordinate] = self._divided(number, over, under, percent=percent)

    def _divided(self, number: int, over: int, under: int, *, percent: bool) -> Decimal | None:
        top, bottom = self.known[number][over], self.known[number][under]
        if top is None or not bottom:
            return None
        return (top / bottom).quantize(Decimal("0.0001" if percent else "0.01"), rounding=ROUND_HALF_UP)

    def _paper(self) -> None:
        page = self.page
        page.freeze_panes = f"B{self.head + 1}"
        page.print_title_rows = f"{self.head}:{self.head}"
        page.page_setup.paperSize = A4
        page.page_setup.orientation = "landscape" if self.sheet.landscape else "portrait"
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        page.oddFooter.center.text = "&P / &N"


def _font(*, size: int = 11, bold: bool = False, color: str | None = None) -> Any:
    """The book's own face: a font without a name would be whatever the program has."""
    from openpyxl.styles.fonts import DEFAULT_FONT, Font

    return Font(name=DEFAULT_FONT.name, family=DEFAULT_FONT.family, size=size, bold=bold, color=color)


def _typed(value: Value) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str | Promise):
        return ILLEGAL_CHARACTERS_RE.sub("", without_formula(str(value)))[:LONGEST_CELL]
    return value


def _decimal(value: Value) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else None


def _width(text: str) -> int:
    return sum(2 if sign > "\u2e80" else 1 for sign in text)
