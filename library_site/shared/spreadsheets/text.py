"""Sheets that are text: CSV and TSV in any encoding, and `.xls` files that are really HTML or XML."""

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from library_site.shared.spreadsheets.cells import tidy
from library_site.shared.spreadsheets.limits import MAX_COLUMNS, MAX_ROWS, SheetProblem

Rows = Iterator[list[str]]
_SAMPLE = 64 * 1024
_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_DELIMITERS = (",", "\t", ";", "|")
# One broken byte must not turn a whole GBK file into something else, nor the reverse.
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(path: Path) -> str:
    """By byte order mark; else UTF-8 if all of it is; else GB18030, or whichever breaks fewer characters."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    broken = _broken_characters(path, "utf-8")
    if broken == 0:
        return "utf-8"
    return "gb18030" if _broken_characters(path, "gb18030") <= broken else "utf-8"


def _broken_characters(path: Path, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    broken = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            broken += decoder.decode(chunk).count("\ufffd")
    return broken + decoder.decode(b"", final=True).count("\ufffd")


def read_text_sheets(path: Path) -> list[tuple[str, Rows]]:
    """Returns (name, rows) of each table in the file."""
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace") as file:
        sample = file.read(_SAMPLE)
    head = sample.lstrip().lower()
    if head.startswith("<") and "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return _read_xml(path)
    if head.startswith("<") or "<table" in head:
        return _read_html(path, encoding, sample)
    return [("", _read_csv(path, encoding, _delimiter(sample)))]


def _delimiter(sample: str) -> str:
    lines = [line for line in sample.splitlines()[:40] if line.strip()]
    return max(_DELIMITERS, key=lambda sign: sum(sign in line for line in lines) * 100 + lines[0].count(sign))


def _read_csv(path: Path, encoding: str, delimiter: str) -> Rows:
    csv.field_size_limit(1 << 20)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = (line.replace("\x00", "") for line in file)
        try:
            for row in csv.reader(lines, delimiter=delimiter):
                yield [tidy(cell) for cell in row[:MAX_COLUMNS]]
        except csv.Error as error:
            raise SheetProblem("broken_file") from error


def _read_xml(path: Path) -> list[tuple[str, Rows]]:
    """SpreadsheetML 2003. A document type is refused: it could only carry entities that expand without end."""
    if _has_document_type(path):
        raise SheetProblem("broken_file")
    try:
        root = ElementTree.parse(path).getroot()  # noqa: S314 - size-limited, no document type
    except ElementTree.ParseError as error:
        raise SheetProblem("broken_file") from error
    return [
        (sheet.get(f"{_SPREADSHEET}Name", ""), _xml_rows(sheet)) for sheet in root.findall(f"{_SPREADSHEET}Worksheet")
    ]


class _Found(Exception):
    """Ends the look at the head of an XML file."""


def _has_document_type(path: Path) -> bool:
    """Whether one stands before the first element, as the parser sees it: in any encoding, after any comment."""
    seen: list[str] = []

    def found(what: str) -> None:
        seen.append(what)
        raise _Found

    head = expat.ParserCreate()
    head.StartDoctypeDeclHandler = lambda *_declared: found("document type")
    head.StartElementHandler = lambda *_element: found("element")
    with path.open("rb") as file, suppress(_Found, expat.ExpatError):
        head.ParseFile(file)
    return seen == ["document type"]


def _xml_rows(sheet: ElementTree.Element) -> Rows:
    produced = 0
    hanging: dict[int, tuple[int, str]] = {}
    for row in sheet.iterfind(f"{_SPREADSHEET}Table/{_SPREADSHEET}Row"):
        index = min(int(row.get(f"{_SPREADSHEET}Index", produced + 1)), MAX_ROWS + 1)
        while produced < index - 1:
            produced += 1
            yield []
        produced += 1
        yield _xml_cells(row, hanging)


def _xml_cells(row: ElementTree.Element, hanging: dict[int, tuple[int, str]]) -> list[str]:
    cells: dict[int, str] = {}
    column = 0
    for cell in row.iterfind(f"{_SPREADSHEET}Cell"):
        column = int(cell.get(f"{_SPREADSHEET}Index", column + 1))
        while "Index" not in cell.attrib and column - 1 in hanging:
            column += 1
        text = tidy("".join(cell.itertext()))
        if (down := int(cell.get(f"{_SPREADSHEET}MergeDown", 0))) > 0:
            hanging[column - 1] = (down + 1, text)
        if column <= MAX_COLUMNS:
            cells[column - 1] = text
        column += int(cell.get(f"{_SPREADSHEET}MergeAcross", 0))
    _hang_down(hanging, cells)
    return [cells.get(index, "") for index in range(max(cells, default=-1) + 1)]


def _hang_down(hanging: dict[int, tuple[int, str]], cells: dict[int, str]) -> None:
    """Cells merged over several rows: puts their text into this row and counts it off."""
    for column, (left, text) in list(hanging.items()):
        cells.setdefault(column, text)
        if left <= 1:
            del hanging[column]
        else:
            hanging[column] = (left - 1, text)


def _read_html(path: Path, encoding: str, sample: str) -> list[tuple[str, Rows]]:
    declared = re.search(r"charset=[\"']?([\w-]+)", sample, re.IGNORECASE)
    if declared and encoding == "gb18030" and declared[1].lower() == "big5":
        encoding = "big5"
    parser = _Tables()
    parser.feed(path.read_text(encoding=encoding, errors="replace"))
    parser.close()
    return [("", iter(rows)) for rows in parser.tables if rows]


class _Tables(HTMLParser):
    """The tables of a page as rows of text; cells over several rows are repeated in each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._row: dict[int, str] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._hanging: dict[int, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self._hanging = {}
        elif tag == "tr":
            self._end_row()
            self._row = {}
        elif tag in ("td", "th"):
            self._end_cell()
            values = dict(attrs)
            self._span = (_span(values.get("rowspan")), _span(values.get("colspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        if self._row is None:
            self._row = {}
        column = 0
        while column in self._row or column in self._hanging:
            column += 1
        text = tidy("".join(self._cell))
        down, across = self._span
        for offset in range(min(across, MAX_COLUMNS)):
            self._row[column + offset] = text if offset == 0 else ""
            if down > 1:
                self._hanging[column + offset] = (down, text if offset == 0 else "")
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None or not self.tables:
            self._row = None
            return
        _hang_down(self._hanging, self._row)
        self.tables[-1].append([self._row.get(index, "") for index in range(max(self._row, default=-1) + 1)])
        self._row = None


def _span(text: str | None) -> int:
    return min(int(text), 10_000) if text and text.isdigit() and int(text) > 0 else 1
