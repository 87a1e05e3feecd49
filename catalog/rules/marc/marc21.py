"""What a MARC 21 record says about a title. Where a field has its own script in 880, that is what counts."""

import re
from collections.abc import Iterator
from typing import Any

from pymarc import Field, Record

from catalog.rules.marc.cnmarc import class_number, heading
from catalog.rules.marc.words import (
    author_name,
    clipped,
    is_translator,
    isbn_and_note,
    joined,
    price_of,
    translator_name,
    volumes_of,
    without_isbd,
    year_of,
)

SUBJECTS = ("600", "610", "611", "630", "650", "651")
_LINK = re.compile(r"(\d{3})-(\d{2})")
_KINDS = {"g": "av", "i": "av", "j": "av", "m": "ebook"}
_WORD_DIVISION = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")  # 韓國語 語言學, as some libraries write
_STATEMENT = re.compile(r".{2,}(?:编著|編著|著|主编|主編|译|譯)")
_TRANSLATOR = ("trl", "translator", "translated")


class Fields:
    """The fields of a record, those in the original script in place of their romanisation."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._own = {link: field for field in record.get_fields("880") if (link := _link(field))}

    def all(self, *tags: str) -> Iterator[Field]:
        used = set()
        for field in self._record.get_fields(*tags):
            number = (_link(field) or ("", "00"))[1]
            key = (field.tag, number)
            used.add(key)
            yield self._own.get(key, field) if number != "00" else field
        yield from (field for (tag, _n), field in self._own.items() if tag in tags and (tag, _n) not in used)

    def texts(self, tags: tuple[str, ...], *codes: str) -> list[str]:
        found = (value for field in self.all(*tags) for value in field.get_subfields(*codes))
        return [text for value in found if (text := without_isbd(_undivided(value)))]

    def first(self, tags: tuple[str, ...], *codes: str) -> str:
        return next(iter(self.texts(tags, *codes)), "")


def _undivided(text: str) -> str:
    return _WORD_DIVISION.sub("", " ".join(text.split()))


def _link(field: Field) -> tuple[str, str] | None:
    """(linked tag, number) of $6: `880-01` in the field, `245-01/$1` in its 880."""
    found = _LINK.match(field.get("6") or "")
    if found is None:
        return None
    return (found[1], found[2]) if field.tag == "880" else (field.tag, found[2])


def read(record: Record) -> dict[str, Any]:
    """Title fields, blank ones too; `read_title` drops those."""
    fields = Fields(record)
    imprint = ("260", "264")
    return {
        **_standard_number(record),
        "name": clipped("name", fields.first(("245",), "a")),
        "subtitle": "：".join(text for text in fields.texts(("245",), "b") if not _STATEMENT.fullmatch(text)),
        "part": " ".join(fields.texts(("245",), "n", "p")),
        **_names(fields),
        "edition": fields.first(("250",), "a"),
        "place": fields.first(imprint, "a"),
        "publisher": fields.first(imprint, "b"),
        "published": _year(record, fields),
        "pages": " ".join(next(iter(_raw(record, "300", "a")), "").split()).rstrip(" :;+,"),
        "size": fields.first(("300",), "c").rstrip("."),
        "series": _series(fields),
        "summary": "\n".join(" ".join(text.split()) for text in _raw(record, "520", "a")),
        "subjects": joined("subjects", [_heading(field) for field in fields.all(*SUBJECTS)]),
        "keywords": joined("keywords", fields.texts(("653",), "a")),
        "language": _language(record),
        "clc_number": _class(record),
        "material": _KINDS.get(str(record.leader)[6], "book"),
        **_audience(record),
    }


def _raw(record: Record, tag: str, *codes: str) -> list[str]:
    return [value for field in record.get_fields(tag) for value in field.get_subfields(*codes)]


def _standard_number(record: Record) -> dict[str, Any]:
    numbers = [(isbn_and_note(field.get("a") or ""), field) for field in record.get_fields("020")]
    (isbn, note), own = next((pair for pair in numbers if pair[0][0]), (("", ""), None))
    prices = _raw(record, "020", "c")
    price = next((text for text in prices if price_of(text)), "")
    binding = ((own.get("q") if own else "") or note).strip(" ()（）:;")
    return {"isbn": isbn, "price": price_of(price), "volumes": volumes_of(price), "binding": binding}


def _names(fields: Fields) -> dict[str, str]:
    """The headings of 1XX and 7XX; where there are none the statement in 245 $c."""
    people = list(_people(fields))
    authors = [name for name, translates in people if not translates]
    translators = [name for name, translates in people if translates]
    statements = [part for text in fields.texts(("245",), "c") for part in re.split(r"\s*[;；]\s*", text) if part]
    authors = authors or [author_name(text) for text in statements if not is_translator(text)]
    translators = translators or [translator_name(text) for text in statements if is_translator(text)]
    return {"author": joined("author", authors), "translator": joined("translator", translators)}


def _people(fields: Fields) -> Iterator[tuple[str, bool]]:
    """(name, whether it translated); headings of works ($t) are no people of this one."""
    for field in fields.all("100", "110", "700", "710"):
        name = without_isbd(_undivided(field.get("a") or ""))
        roles = [role.lower().strip(" .,") for role in field.get_subfields("e", "4")]
        if name and not field.get("t"):
            yield name, any(role in _TRANSLATOR or "译" in role or "譯" in role for role in roles)


def _series(fields: Fields) -> str:
    parts = [field.get_subfields("a", "n", "p") for field in fields.all("490", "440")]
    return " ".join(without_isbd(_undivided(text)) for text in parts[0]) if parts else ""


def _heading(field: Field) -> str:
    return without_isbd(heading(field))


def _year(record: Record, fields: Fields) -> str:
    printed = fields.first(("260", "264"), "c")
    coded = (record["008"].data or "")[7:11] if "008" in record else ""
    return year_of(printed) if printed else coded if coded.isdigit() else ""


def _language(record: Record) -> str:
    coded = (record["008"].data or "")[35:38].lower() if "008" in record else ""
    given = (next(iter(_raw(record, "041", "a")), "") or coded)[:3].lower()
    return given if len(given) == 3 and given.isascii() and given.isalpha() else ""


def _class(record: Record) -> str:
    """084 with the CLC as its source; 050 is the Library of Congress's class, which looks alike."""
    named = [field for field in record.get_fields("084") if (field.get("2") or "").strip().lower() in ("clc", "中图法")]
    own = record.get_fields("690") + record.get_fields("093")
    return class_number([value for field in [*named, *own] for value in field.get_subfields("a")])


def _audience(record: Record) -> dict[str, str]:
    """008 position 22: a and b are children below and at the beginning of school, c and j older ones."""
    code = (record["008"].data or "")[22:23] if "008" in record else ""
    if not code or code not in "abcj":
        return {}
    return {"audience": "student", **({"stage": "picture"} if code == "a" else {})}
