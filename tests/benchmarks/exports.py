"""Lists of a full library as files: seconds, megabytes written, and the most memory the process held.

How to run it stands in README.md. Each list is written by a process of its own, so that none inherits memory.
"""

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from subprocess import run
from time import perf_counter

import django

LISTS = ("shelf_list", "accession_list", "index_by_class", "search", "idle")
FORMS = ("xlsx", "csv")


def tables() -> dict[str, Callable]:
    from catalog.exports.lists import accession_table, hits_table, index_table, shelf_table
    from catalog.queries.book_lists import Asked, Grouping, lines_of, outline
    from catalog.queries.search import MOST_HITS, search_titles
    from catalog.queries.shelf_list import Stretch, accessioned, in_shelf_order
    from circulation.queries.availability import title_availability
    from reports.exports.collection import idle_table
    from reports.queries.collection.idle import IdleAsked, idle_copies

    def index():
        return index_table(lines_of(outline(Asked(by=Grouping.CLASS)).groups), name="书目", heading="类目")

    def search():
        return hits_table(search_titles("书", availability=title_availability(), limit=MOST_HITS).hits)

    return {
        "shelf_list": lambda: shelf_table(in_shelf_order(Stretch()).iterator()),
        "accession_list": lambda: accession_table(accessioned("", "").iterator()),
        "index_by_class": index,
        "search": search,
        # Not lent since tomorrow: all of them, each with the day it was lent last.
        "idle": lambda: idle_table(idle_copies(IdleAsked(since=date.today() + timedelta(days=1))).iterator(2000)),
    }


def measure(name: str, form: str) -> None:
    from library_site.shared.spreadsheets import write_csv, write_workbook

    begun = perf_counter()
    with tempfile.TemporaryFile() as target:
        rows = (write_csv if form == "csv" else write_workbook)(target, tables()[name]())
        size = target.tell() / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:16} {form:5} {rows:8,} rows {perf_counter() - begun:7.1f} s {size:6.1f} MB  held {most:5.0f} MB")


def main() -> None:
    if len(sys.argv) == 3:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library_site.settings")
        django.setup()
        measure(*sys.argv[1:])
        return
    for name in LISTS:
        for form in FORMS:
            run([sys.executable, "-m", "tests.benchmarks.exports", name, form], check=True)


if __name__ == "__main__":
    main()
