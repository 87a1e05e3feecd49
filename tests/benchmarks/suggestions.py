"""How often the suggested class is right: `uv run python -m tests.benchmarks.suggestions SHEET.csv …`.

Each sheet has a column for the title and one for its CLC number, which is hidden and then compared with what is
suggested: first with all other titles as the library's holdings, then with empty holdings (the first day).
Uses the database named by `LIBRARY_DATABASE` (default `benchmark_suggestions`) and leaves it empty.
"""

import argparse
import csv
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

COLUMNS = {
    "name": ("name", "title"),
    "author": ("author",),
    "series": ("series",),
    "keywords": ("tags", "keywords"),
    "isbn": ("isbn13", "isbn"),
    "clc_number": ("clc_number", "clc"),
}
AT_ONCE = 5  # the titles asked about together say nothing about each other


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library_site.settings")
    os.environ.setdefault("LIBRARY_DATABASE", "benchmark_suggestions")
    from library_site.database.connection import ensure_database

    ensure_database()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    from catalog.rules.classification import is_clc_number, normalise_clc

    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            values = {field: next((row[name] for name in names if name in row), "") for field, names in COLUMNS.items()}
            values["clc_number"] = normalise_clc(values["clc_number"])
            values["keywords"] = values["keywords"].replace("|", " ")[:400]
            if values["name"] and is_clc_number(values["clc_number"]):
                yield values


def fill(rows: list[dict[str, str]], *, known: bool) -> list:
    from catalog.models import Title
    from catalog.operations.search_index import index_titles
    from catalog.queries.classification import clc_codes
    from catalog.rules.classification import longest_prefix, main_class

    Title.objects.all().delete()
    codes = clc_codes()
    titles = []
    for row in rows:
        title = Title(**row)
        title.clc_class_id, title.main_class = longest_prefix(title.clc_number, codes), main_class(title.clc_number)
        if not known:
            title.clc_number, title.clc_class_id, title.main_class = "", None, ""
        titles.append(title)
    titles = Title.objects.bulk_create(titles)
    index_titles()
    return titles


def measure(titles: list, truth: list[str]) -> None:
    from catalog.queries.suggestions import suggest_classes

    suggest_classes(titles[:1])
    began, found = time.perf_counter(), {}
    for start in range(0, len(titles), AT_ONCE):
        found |= suggest_classes(titles[start : start + AT_ONCE])
    seconds = time.perf_counter() - began
    pairs = [([each.number for each in found[title.pk]], number) for title, number in zip(titles, truth, strict=True)]
    sure = [(found[title.pk][0], number) for title, number in zip(titles, truth, strict=True) if found[title.pk]]
    sure = [(first.number, number) for first, number in sure if first.confident]
    for what, same in RULES.items():
        first = share(any(same(n, number) for n in numbers[:1]) for numbers, number in pairs)
        three = share(any(same(n, number) for n in numbers[:3]) for numbers, number in pairs)
        right = share(same(n, number) for n, number in sure)
        print(f"  {what:<22} first right {first:>5}   among three {three:>5}   of the confident right {right:>5}")
    print(
        f"  suggested for {share(bool(numbers) for numbers, _number in pairs)}, confident {len(sure)} of {len(pairs)}"
    )
    print(f"  {1000 * seconds / len(titles):.1f} ms a title, asked {AT_ONCE} at a time")


RULES: dict[str, Callable[[str, str], bool]] = {
    "the same number": lambda one, other: one == other,
    "without -49 and -61": lambda one, other: one.partition("-")[0] == other.partition("-")[0],
    "the same four signs": lambda one, other: one.replace(".", "")[:4] == other.replace(".", "")[:4],
    "the same main class": lambda one, other: one[0] == other[0],
}


def share(hits) -> str:
    hits = list(hits)
    return f"{100 * sum(hits) / len(hits):.0f} %" if hits else "—"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sheets", nargs="+", type=Path)
    asked = parser.parse_args()
    prepare()
    from catalog.models import Title
    from catalog.operations.clc import load_clc

    load_clc()
    rows = [row for sheet in asked.sheets for row in rows_of(sheet)]
    truth = [row["clc_number"] for row in rows]
    for known, what in ((True, "all others are known"), (False, "nothing is known yet")):
        print(f"{len(rows)} titles, {what}")
        measure(fill(rows, known=known), truth)
    Title.objects.all().delete()


if __name__ == "__main__":
    sys.exit(main())
