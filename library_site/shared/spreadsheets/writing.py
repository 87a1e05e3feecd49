"""Sheets for Excel, in which nothing that somebody typed can act as a formula."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

from library_site.shared.spreadsheets.cells import without_formula


def write_xlsx(target: IO[bytes], *, header: Sequence[str], rows: Iterable[Sequence[str]], sheet: str) -> None:
    """Writes one sheet; every cell is text, so leading zeros stay. Rows are streamed."""
    write_book(target, [(sheet, header, rows)])


def write_book(target: IO[bytes], sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[str]]]]) -> None:
    """Writes a workbook of (name, header, rows), as `write_xlsx` does one sheet."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    bold = Font(bold=True)

    def cell(page: Any, text: str, font: Font | None = None) -> WriteOnlyCell:
        made = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", without_formula(text)))
        made.number_format = "@"
        if font:
            made.font = font
        return made

    for name, header, rows in sheets:
        page = book.create_sheet(name[:31])
        page.freeze_panes = "A2"
        page.append([cell(page, text, bold) for text in header])
        for row in rows:
            page.append([cell(page, text) for text in row])
    book.save(target)
