"""Small MARC records as bytes, and files of them."""

from pathlib import Path
from typing import Any

from catalog.rules.marc import iso2709
from catalog.rules.marc.records import CNMARC, make_record

LEADER = "00000nam0 2200000   450 "
CODED = "20240101d2020    em y0chiy0120    ea"


def cnmarc_rows(name: str = "草房子", *, number: str = "", giver: str = "SZ", **fields: Any) -> list[list[Any]]:
    """Fields of a record; `fields` such as t690=[("a", "I287.45")] add to them or take the place of ours."""
    rows: list[list[Any]] = [["001", number]] if number else []
    given = {
        "t100": [("a", CODED)],
        "t101": [("a", "chi")],
        "t200": [("a", name), ("f", "曹文轩著")],
        "t801": [("a", "CN"), ("b", giver)],
    } | fields
    for key, subfields in sorted(given.items()):
        several = subfields if subfields and isinstance(subfields[0], list) else [subfields]
        rows += [[key[1:4], "  ", [list(pair) for pair in each]] for each in several]
    return rows


def marc_bytes(
    rows: list[list[Any]], *, encoding: str = "utf-8", leader: str = LEADER, marc_format: str = CNMARC
) -> bytes:
    return iso2709.encode(make_record(leader, rows), encoding=encoding, marc_format=marc_format)


def cnmarc(name: str = "草房子", *, encoding: str = "utf-8", **fields: Any) -> bytes:
    """A CNMARC record as bytes, with its end."""
    return marc_bytes(cnmarc_rows(name, **fields), encoding=encoding)


def write_marc(folder: Path, *records: bytes, name: str = "书目.iso", between: bytes = b"") -> Path:
    path = folder / name
    path.write_bytes(between.join(records))
    return path
