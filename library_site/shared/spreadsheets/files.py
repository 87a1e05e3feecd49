"""One way to open any sheet: what it is follows from its content, never from its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from library_site.shared.spreadsheets.cells import cell_text
from library_site.shared.spreadsheets.limits import MAX_COLUMNS, MAX_ROWS, SheetProblem, check_size, check_workbook
from library_site.shared.spreadsheets.text import read_text_sheets

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows are read as they are asked for, once; the first row of the sheet is row 1."""

    name: str
    rows: Iterator[list[str]]


def open_sheets(path: Path) -> Iterator[Sheet]:
    """Yields the sheets of an .xlsx, .xls, .csv or .tsv file, and of .xls files that are HTML or XML.

    Raises SheetProblem if it is none of these, too large, broken or protected by a password. More than `MAX_ROWS`
    rows in a sheet are refused while they are read.
    """
    check_size(path)
    with path.open("rb") as file:
        start = file.read(4)
    if start == _ZIP:
        check_workbook(path)
    if start in (_ZIP, _OLE):
        yield from _read_workbook(path)
        return
    for name, rows in read_text_sheets(path):
        yield Sheet(name, _limited(rows))


def _read_workbook(path: Path) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        with path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
            for entry in workbook.sheets_metadata:
                if entry.visible == SheetVisibleEnum.Visible:
                    sheet = workbook.get_sheet_by_name(entry.name)
                    yield Sheet(entry.name, _limited(_merged_down(sheet)))
    except PasswordError as error:
        raise SheetProblem("protected_file") from error
    except CalamineError as error:
        raise SheetProblem("broken_file") from error


def _merged_down(sheet: Any) -> Iterator[list[str]]:
    """The rows of a sheet; a cell merged over several rows is repeated in each of them."""
    below = _cells_below(sheet.merged_cell_ranges or [])
    filled: dict[tuple[int, int], str] = {}
    lead = [""] * sheet.start[1] if sheet.start else []  # rows come from the top, but from the first used column
    for index, row in enumerate(sheet.iter_rows()):
        cells = lead + [cell_text(value) for value in row[:MAX_COLUMNS]]
        for column, last in below.get(index, {}).items():
            if column < len(cells):
                filled.update({(line, column): cells[column] for line in range(index + 1, last + 1)})
        for column in range(len(cells)) if filled else ():
            cells[column] = filled.pop((index, column), cells[column])
        yield cells


def _cells_below(ranges: list[Any]) -> dict[int, dict[int, int]]:
    """{first row: {column: last row}} of the cells merged over more than one row."""
    below: dict[int, dict[int, int]] = {}
    for (top, left), (bottom, _right) in ranges:
        if bottom > top:
            below.setdefault(top, {})[left] = min(bottom, MAX_ROWS)
    return below


def _limited(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for count, row in enumerate(rows):
        if count >= MAX_ROWS:
            raise SheetProblem("too_many_rows", limit=MAX_ROWS)
        yield row
