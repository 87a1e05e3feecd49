"""Sheets for Excel, in which nothing that somebody typed can act as a formula."""

from collections.abc import Iterable, Sequence
from typing import IO

from library_site.shared.spreadsheets.cells import without_formula


def write_xlsx(target: IO[bytes], *, header: Sequence[str], rows: Iterable[Sequence[str]], sheet: str) -> None:
    """Writes one sheet; every cell is text, so leading zeros stay. Rows are streamed."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet[:31])
    page.freeze_panes = "A2"
    bold = Font(bold=True)

    def cell(text: str, font: Font | None = None) -> WriteOnlyCell:
        made = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", without_formula(text)))
        made.number_format = "@"
        if font:
            made.font = font
        return made

    page.append([cell(text, bold) for text in header])
    for row in rows:
        page.append([cell(text) for text in row])
    book.save(target)
