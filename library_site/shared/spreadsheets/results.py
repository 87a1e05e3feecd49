"""The results of formulas, put into a workbook that openpyxl wrote: it writes formulas without them."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

# As openpyxl writes a cell with a formula; the value behind it is left empty.
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)</c>')
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


def with_results(source: IO[bytes], target: IO[bytes], results: Sequence[Mapping[str, Decimal | None]]) -> None:
    """Copies the book of `source` to `target`; `results` are those of each sheet, by cell. None: an empty text."""
    with ZipFile(source) as book, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for item in book.infolist():
            content = book.read(item)
            if (sheet := _SHEET.fullmatch(item.filename)) and int(sheet[1]) <= len(results):
                content = _filled(content.decode(), results[int(sheet[1]) - 1]).encode()
            made.writestr(item, content)


def _filled(xml: str, results: Mapping[str, Decimal | None]) -> str:
    def one(found: re.Match[str]) -> str:
        cell, style, formula = found.groups()
        if cell not in results:
            return found[0]
        value = results[cell]
        kind = ' t="str"' if value is None else ""
        return f'<c r="{cell}"{style}{kind}><f>{formula}</f><v>{"" if value is None else value}</v></c>'

    return _FORMULA.sub(one, xml)
