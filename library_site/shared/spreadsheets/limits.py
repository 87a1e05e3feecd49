"""How large a sheet may be. A file from outside must not fill the memory of a small PC."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

MAX_BYTES = 40 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 8_000
MAX_AREA = 24_000_000  # cells: some 800 MB
_CHUNK = 1 << 20
_REFERENCE = 32
# Of cells beyond column Z, and beyond row 999: the others cannot make a large area.
_COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Z]{2,3})\d""")
_FAR_ROW = re.compile(rb"""\sr\s*=\s*["'][A-Z]{0,3}(\d{4,7})["']""")


class SheetProblem(Exception):
    """The file cannot be read as a sheet. `code` and `params` are put into words by the page or command."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def check_size(path: Path, limit: int | None = None) -> None:
    """Refuses an empty file and one above `limit` bytes (`MAX_BYTES` unless told)."""
    limit = MAX_BYTES if limit is None else limit
    size = path.stat().st_size
    if size == 0:
        raise SheetProblem("empty_file")
    if size > limit:
        raise SheetProblem("file_too_large", limit=limit // 1024**2)


def check_workbook(path: Path) -> None:
    """Refuses, before anything is unpacked into memory, an .xlsx that would fill it, and other kinds of zip.

    Too large is what unpacks to more than `MAX_UNPACKED_BYTES`, or whose used area holds more than `MAX_AREA` cells:
    one stray cell in the last corner of a sheet makes the reader reserve room for all the cells before it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                raise SheetProblem("file_too_large", limit=MAX_BYTES // 1024**2)
            if "xl/workbook.xml" not in archive.namelist():
                raise SheetProblem("broken_file")
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") and _area(archive, entry) > MAX_AREA:
                    raise SheetProblem("sheet_too_wide")
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, zlib.error) as error:
        raise SheetProblem("broken_file") from error


def _area(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Columns times rows up to the farthest cell, read in pieces."""
    columns, rows, rest = 1, 1, b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            columns = max([columns, *map(_column, set(_COLUMN.findall(text)))])
            rows = max([rows, *map(int, _FAR_ROW.findall(text))])
            # A reference may lie across two pieces.
            rest = text[-_REFERENCE:]
    return columns * rows


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
