"""Reads one row of a holdings sheet: cells in, values and problems out."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from catalog.imports.fields import AUDIENCES, LANGUAGES, MATERIALS, SOURCES, STAGES, YES_NO
from catalog.models import Copy, Location, Title
from catalog.rules.classification import is_clc_number, normalise_clc
from library_site.imports.columns import plain
from library_site.imports.fields import RowProblem, Values
from library_site.shared.codes import isbn13, normalise_code
from library_site.shared.spreadsheets.cells import half_width

MAX_VOLUMES = 500
MAX_COPIES = 5000  # of one title in one row: more is a slip
TITLE_TEXT = (
    "name", "subtitle", "author", "translator", "publisher", "place", "edition", "series",
    "pages", "size", "binding", "keywords", "summary",
)  # fmt: skip
_LATER_TEXT = ("part", "subjects", "course")
# Columns that sheets had no room for at first: only where they say something do they belong to the row's own words.
_LATER = (*_LATER_TEXT, "language", "stage", "has_pinyin", "volumes", "material")
_CODES = ("barcode", "accession_number", "school_number")
_LIMITS = {field.name: field.max_length for model in (Copy, Title) for field in model._meta.concrete_fields}
_LIMITS["location"] = Location._meta.get_field("name").max_length
_PRICE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d{4,})")
_EXPONENT = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_OLD_BOOK_NUMBER = re.compile(r"(统一书号)?[:：]?[A-Z]?\d{4,5}[·.・‧•-]\d{1,5}")
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?: .*)?")
_EXCEL_DAY_ZERO = date(1899, 12, 30)


class Row:
    """The row while it is read."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.values: Values = {}
        self.problems: list[RowProblem] = []

    def refuse(self, field: str, code: str, **params: Any) -> None:
        self.problems.append(RowProblem(field, self.cells.get(field, ""), code, params))

    def note(self, field: str, code: str, **params: Any) -> None:
        self.problems.append(RowProblem(field, self.cells.get(field, ""), code, params, note=True))

    def put(self, field: str, value: Any) -> None:
        """Keeps what is not blank, if the column has room for it."""
        limit = _LIMITS.get(field)
        if isinstance(value, str) and limit and len(value) > limit:
            self.refuse(field, "too_long", limit=limit)
        elif value not in ("", None):
            self.values[field] = value


def read_row(cells: Mapping[str, str], *, sheet: str) -> tuple[Values, list[RowProblem]]:
    """What the row says: values without blanks, and what is wrong with it. Pure: asks the library nothing."""
    row = Row(cells)
    for field in (*TITLE_TEXT, *_LATER_TEXT):
        text = cells.get(field, "")
        row.put(field, text if field == "summary" else " ".join(text.split()))
    if "name" not in row.values and not row.problems:
        row.refuse("name", "name_missing")
    for field in _CODES:
        _read_code(row, field)
    for field, read in _READERS.items():
        if cells.get(field):
            read(row, half_width(cells[field]))
    row.put("location", cells.get("location", ""))
    row.put("volume", cells.get("volume", ""))
    if _is_copy(row.values) and row.values.get("copies", 1) != 1:
        row.note("copies", "copies_ignored")
    row.values["fingerprint"] = fingerprint(row.values)
    return row.values, row.problems


def fingerprint(values: Values) -> str:
    """Of everything a row says about its title: the same words again mean the same title, whatever it is called now."""
    said = [
        str(values.get(field, "")) for field in (*TITLE_TEXT, "published", "isbn", "price", "clc_number", "audience")
    ]
    said += [f"{field}={values[field]}" for field in _LATER if field in values]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:40]


def same_name(text: str) -> str:
    """A title as it is compared: without blanks, signs, capitals and full-width forms."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum()) or folded


def _is_copy(values: Values) -> bool:
    return "barcode" in values or "accession_number" in values


def _read_code(row: Row, field: str) -> None:
    text = half_width(row.cells.get(field, ""))
    if _EXPONENT.fullmatch(text):
        row.refuse(field, "number_rounded")
    else:
        row.put(field, normalise_code(text))


def _read_price(row: Row, text: str) -> None:
    found = _PRICE.search(text)
    if found is None or text.lstrip("￥¥").startswith("-"):
        row.refuse("price", "price_unreadable")
        return
    price = round(Decimal(found[0].replace(",", "")), 2)
    if price >= 10**8:
        row.refuse("price", "price_unreadable")
    else:
        row.values["price"] = f"{price:.2f}"


def _read_year(row: Row, text: str) -> None:
    found = _YEAR.search(text)
    if found:
        row.values["published"] = found[1]
    elif text.isdigit() and len(text) == 5:
        row.values["published"] = str((_EXCEL_DAY_ZERO + timedelta(days=int(text))).year)
    else:
        row.refuse("published", "year_unreadable")


def _read_isbn(row: Row, text: str) -> None:
    code = isbn13(text.upper().removeprefix("ISBN").lstrip(":： "))
    if code:
        row.values["isbn"] = code
    elif _EXPONENT.fullmatch(text):
        row.refuse("isbn", "isbn_rounded")
    elif _OLD_BOOK_NUMBER.fullmatch(text):
        row.note("isbn", "isbn_of_old_kind")
    else:
        row.refuse("isbn", "isbn_wrong")


def _read_copies(row: Row, text: str) -> None:
    digits = text.removesuffix("册").removesuffix("本").strip().removesuffix(".00").removesuffix(".0")
    if digits.isdecimal() and int(digits) <= MAX_COPIES:
        row.values["copies"] = int(digits)
    else:
        row.refuse("copies", "copies_unreadable", limit=MAX_COPIES)


def _read_clc(row: Row, text: str) -> None:
    number = normalise_clc(text)
    if is_clc_number(number):
        row.put("clc_number", number)
    else:
        row.note("clc_number", "clc_unreadable")


def _read_call_number(row: Row, text: str) -> None:
    """索书号 is CLC number / book number; an own column for either has precedence."""
    parts = [part.strip() for part in re.split(r"[/\s]+", text, maxsplit=1)]
    if "clc_number" not in row.values:
        number = normalise_clc(parts[0])
        if not is_clc_number(number):
            row.note("call_number", "clc_unreadable")
            return
        row.put("clc_number", number)
    if len(parts) > 1 and "book_number" not in row.values:
        row.put("book_number", normalise_code(parts[1]))


def _read_book_number(row: Row, text: str) -> None:
    row.put("book_number", normalise_code(text))


def _read_volumes(row: Row, text: str) -> None:
    digits = text.removesuffix("册").removesuffix("本").strip().removesuffix(".0")
    if digits.isdecimal() and 0 < int(digits) <= MAX_VOLUMES:
        row.values["volumes"] = int(digits)
    else:
        row.note("volumes", "volumes_unreadable", limit=MAX_VOLUMES)


def _word_reader(field: str, words: Mapping[Any, tuple[str, ...]]) -> Callable[[Row, str], None]:
    return lambda row, text: _read_word(row, field, text, words)


def _read_word(row: Row, field: str, text: str, words: Mapping[Any, tuple[str, ...]]) -> None:
    said = {plain(text), text.strip()}
    value = next((value for value, known in words.items() if said.intersection(known)), None)
    if value is None:
        row.note(field, f"{field}_unknown")
    else:
        row.values[field] = value


def _read_acquired(row: Row, text: str) -> None:
    found = _DATE.fullmatch(text)
    try:
        if found:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        elif text.isdigit() and 20_000 < int(text) < 80_000:
            day = _EXCEL_DAY_ZERO + timedelta(days=int(text))
        else:
            raise ValueError
    except ValueError:
        row.refuse("acquired_on", "date_unreadable")
        return
    row.values["acquired_on"] = day.isoformat()


_READERS: dict[str, Callable[[Row, str], None]] = {
    "price": _read_price,
    "published": _read_year,
    "isbn": _read_isbn,
    "copies": _read_copies,
    "clc_number": _read_clc,
    "book_number": _read_book_number,
    "call_number": _read_call_number,
    "audience": _word_reader("audience", AUDIENCES),
    "source": _word_reader("source", SOURCES),
    "stage": _word_reader("stage", STAGES),
    "language": _word_reader("language", LANGUAGES),
    "has_pinyin": _word_reader("has_pinyin", YES_NO),
    "material": _word_reader("material", MATERIALS),
    "volumes": _read_volumes,
    "acquired_on": _read_acquired,
}
