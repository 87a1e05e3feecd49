"""How large a sheet may be. A file from outside must not fill the memory of a small PC."""

import zipfile
from pathlib import Path
from typing import Any

MAX_BYTES = 40 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 8_000


class SheetProblem(Exception):
    """The file cannot be read as a sheet. `code` and `params` are put into words by the page or command."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def check_size(path: Path) -> None:
    """Refuses an empty file and one above `MAX_BYTES`."""
    size = path.stat().st_size
    if size == 0:
        raise SheetProblem("empty_file")
    if size > MAX_BYTES:
        raise SheetProblem("file_too_large", limit=MAX_BYTES // 1024**2)


def check_unpacked(path: Path) -> None:
    """Refuses a workbook whose parts would unpack to more than `MAX_UNPACKED_BYTES`, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise SheetProblem("broken_file") from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise SheetProblem("file_too_large", limit=MAX_BYTES // 1024**2)
