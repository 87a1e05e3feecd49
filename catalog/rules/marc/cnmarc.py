"""What a CNMARC record says about a title. Fields as in GB/T 33286-2016."""

from collections.abc import Iterator
from typing import Any

from pymarc import Field, Record

from catalog.rules.classification import is_clc_number, normalise_clc
from catalog.rules.marc.records import first, texts
from catalog.rules.marc.words import (
    BETWEEN,
    author_name,
    clipped,
    is_translator,
    isbn_and_note,
    joined,
    price_of,
    translator_name,
    volumes_of,
    year_of,
)

SUBJECTS = ("600", "601", "602", "605", "606", "607")
# Leader 6 and 7: what it is, and whether it is one part of something.
_KINDS = {"g": "av", "i": "av", "j": "av", "l": "ebook"}


def read(record: Record) -> dict[str, Any]:
    """Title fields, blank ones too; `read_title` drops those."""
    return {
        **_standard_number(record),
        **_title(record),
        **_names(record),
        "edition": first(record, "205", "a"),
        "place": first(record, "210", "a") or first(record, "214", "a"),
        "publisher": first(record, "210", "c") or first(record, "214", "c"),
        "published": _year(record),
        "pages": first(record, "215", "a"),
        "size": first(record, "215", "d"),
        "series": " ".join([first(record, "225", "a"), *texts(record, "225", "h", "i")[:2]]).strip(),
        "summary": "\n".join(texts(record, "330", "a")),
        "subjects": joined("subjects", [heading(field) for tag in SUBJECTS for field in record.get_fields(tag)]),
        "keywords": joined("keywords", texts(record, "610", "a")),
        "language": _language(record),
        "clc_number": class_number(texts(record, "690", "a")),
        "material": _material(record),
        **_audience(record),
    }


def heading(field: Field) -> str:
    """A subject with its subdivisions: 经济发展-中国-1994."""
    return "-".join(" ".join(value.split()) for value in field.get_subfields("a", "x", "y", "z", "j") if value.strip())


def class_number(numbers: list[str]) -> str:
    """The first that is a CLC number."""
    return next((normalise_clc(number) for number in numbers if is_clc_number(number)), "")


def _standard_number(record: Record) -> dict[str, Any]:
    """010: the first ISBN that is one, its binding and price. Some fields have only price and binding."""
    fields = record.get_fields("010")
    numbers = [(isbn_and_note(field.get("a", "") or ""), field) for field in fields]
    (isbn, note), own = next((pair for pair in numbers if pair[0][0]), (("", ""), None))
    prices = [field.get("d", "") for field in ([own] if own and own.get("d") else fields)]
    price = next((text for text in prices if price_of(text)), "")
    binding = (own.get("b", "") if own else "") or note or first(record, "010", "b")
    return {
        "isbn": isbn,
        "price": price_of(price),
        "volumes": volumes_of(price) or volumes_of(note),
        "binding": binding.strip(" ()（）"),
    }


def _title(record: Record) -> dict[str, Any]:
    """200. Where it is another title by the same author, $a comes again."""
    name = BETWEEN.join(texts(record, "200", "a"))
    return {
        "name": clipped("name", name),
        "subtitle": "：".join(texts(record, "200", "e")),
        "part": " ".join(texts(record, "200", "h", "i")),
    }


def _names(record: Record) -> dict[str, Any]:
    """200 $f and $g as transcribed, else the headings of 701 to 712."""
    statements = [*texts(record, "200", "f"), *texts(record, "200", "g")]
    authors = [author_name(text) for text in statements if not is_translator(text)]
    translators = [translator_name(text) for text in statements if is_translator(text)]
    if not statements:
        people = list(_people(record))
        authors = [name for name, role in people if not is_translator(role)]
        translators = [name for name, role in people if is_translator(role)]
    return {"author": joined("author", authors), "translator": joined("translator", translators)}


def _people(record: Record) -> Iterator[tuple[str, str]]:
    """(name, role) of each heading: family name in $a, the rest in $b."""
    for tag in ("700", "701", "702", "710", "711", "712"):
        for field in record.get_fields(tag):
            name = " ".join((field.get("a") or "").split())
            if name:
                yield name, field.get("4") or ""


def _year(record: Record) -> str:
    printed = first(record, "210", "d") or first(record, "214", "d")
    coded = first(record, "100", "a")
    return year_of(printed) if printed else year_of(coded[9:13]) if coded[9:13].isdigit() else ""


def _language(record: Record) -> str:
    code = first(record, "101", "a")[:3].lower()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else ""


def _material(record: Record) -> str:
    leader = str(record.leader)
    if "电子资源" in first(record, "200", "b"):
        return "ebook"
    return _KINDS.get(leader[6], "book")


def _audience(record: Record) -> dict[str, str]:
    """100 $a positions 17 to 19: b are children below school age, a to d children of all ages. Others stay open."""
    raw = next((value for field in record.get_fields("100") for value in field.get_subfields("a")), "")
    codes = raw[17:20].strip(" |#")
    if not codes or set(codes) - set("abcd"):
        return {}
    return {"audience": "student", **({"stage": "picture"} if codes == "b" else {})}
