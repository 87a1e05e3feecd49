"""Which copies a record names: 905 of Chinese systems, 852 and 949 of others."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pymarc import Field, Record

from catalog.rules.classification import is_clc_number, normalise_clc
from catalog.rules.marc.records import MARC21, MarcProblem, data_field, texts
from catalog.rules.marc.words import price_of
from library_site.shared.codes import normalise_code

if TYPE_CHECKING:
    from catalog.rules.marc.facts import Facts

PER_FIELD = 100  # barcodes in one 905: more would not fit into a field
MAX_RANGE = 200  # copies of one title in a row: more is a slip
_RANGE = re.compile(r"(?P<letters>\D*)(?P<first>\d+)[-~～—–]+(?P<again>\D*)(?P<last>\d+)")
_COUNT = re.compile(r"\d{1,3}")

CopyValues = dict[str, str]
# Subfields by format and tag: barcodes, CLC number, book number, volume, price, place.
_FIELDS = {
    "905": {"barcodes": "b", "class": "d", "book": "e", "volume": "v", "price": "r"},
    "852": {"barcodes": "p", "class": "h", "book": "i", "volume": "v", "price": "9", "location": "b"},
    "949": {"barcodes": "ib", "class": "a", "book": "e", "volume": "v", "price": "p", "location": "l"},
}


def holding_tags(marc_format: str) -> list[str]:
    return ["905", "852", "949"] if marc_format == MARC21 else ["905"]


def read_copies(record: Record, marc_format: str) -> list[CopyValues]:
    """One per barcode, each once, as {barcode, volume, price, location}. Raises MarcProblem for an endless range."""
    found: dict[str, CopyValues] = {}
    for tag in holding_tags(marc_format):
        for field in record.get_fields(tag):
            for copy in _copies(field):
                found.setdefault(copy["barcode"], copy)
        if found:
            break
    return list(found.values())


def _copies(field: Field) -> Iterator[CopyValues]:
    codes = _FIELDS[field.tag]
    more = {
        "volume": (field.get(codes["volume"]) or "").strip()[:20],
        "price": price_of(field.get(codes["price"]) or ""),
        "location": " ".join((field.get(codes.get("location", "")) or "").split()) if "location" in codes else "",
    }
    said = {name: value for name, value in more.items() if value}
    for text in field.get_subfields(*codes["barcodes"]):
        for barcode in numbers_of(text):
            yield {"barcode": barcode, **said}


def numbers_of(text: str) -> list[str]:
    """`D040394-5` is D040394 and D040395; `1865829-30` ends in 1865830; a number without a range is itself."""
    code = normalise_code(text)
    found = _RANGE.fullmatch(code)
    if found is None or found["again"] not in ("", found["letters"]):
        return [code] if code else []
    digits, last = found["first"], found["last"]
    if len(last) > len(digits):
        return [code]
    first_number, last_number = int(digits), int(digits[: len(digits) - len(last)] + last)
    if last_number <= first_number:
        return [code]
    if last_number - first_number >= MAX_RANGE:
        raise MarcProblem("range_too_long", range=code, limit=MAX_RANGE)
    width = len(digits)
    return [f"{found['letters']}{number:0{width}d}" for number in range(first_number, last_number + 1)]


def local_call_number(record: Record, marc_format: str) -> tuple[str, str]:
    """(CLC number, book number) as they stand on the book; empty where the first such field says none of ours."""
    for tag in holding_tags(marc_format):
        codes = _FIELDS[tag]
        for field in record.get_fields(tag):
            number = normalise_clc(field.get(codes["class"]) or "")
            if is_clc_number(number):
                return number, normalise_code(field.get(codes["book"]) or "")[:40]
    return "", ""


def copies_counted(record: Record) -> int:
    """How many copies 905 $f counts, where no barcode is named; 0 where it says nothing."""
    counts = [int(text) for text in texts(record, "905", "f") if _COUNT.fullmatch(text)]
    return sum(counts)


def holding_fields(facts: "Facts", marc_format: str, before: Sequence[Field]) -> list[Field]:
    """The fields that say what is held: 905 of CNMARC with all barcodes, 852 of MARC 21 for each copy.

    What the record said besides (its library, its own signs) stays in the first of them.
    """
    if marc_format == MARC21:
        return [_field_852(facts, copy) for copy in facts.copies]
    kept = [(part.code, part.value) for part in before[0].subfields if part.code not in "abdefsv"] if before else []
    giver = (before[0].get("a") or "") if before else facts.library
    call = [("d", facts["clc_number"]), ("e", facts["book_number"])] if facts["clc_number"] else []
    groups: dict[str, list[str]] = {}
    for copy in facts.copies:
        groups.setdefault(copy.get("volume", ""), []).append(copy["barcode"])
    fields: list[Field] = []
    for volume, barcodes in groups.items() if groups else [("", [])]:
        for start in range(0, max(len(barcodes), 1), PER_FIELD):
            numbers = [("b", barcode) for barcode in barcodes[start : start + PER_FIELD]]
            parts = [*numbers, *(pair for pair in call if pair[1]), *([("v", volume)] if volume else [])]
            if parts:
                fields.append(data_field("905", "  ", [("a", giver), *parts, *([] if fields else kept)]))
    return fields


def _field_852(facts: "Facts", copy: CopyValues) -> Field:
    parts = [
        ("a", facts.library),
        ("b", copy.get("location", "")),
        ("h", facts["clc_number"]),
        ("i", facts["book_number"]),
        ("p", copy["barcode"]),
        ("v", copy.get("volume", "")),
    ]
    return data_field("852", "  ", [pair for pair in parts if pair[1]])
