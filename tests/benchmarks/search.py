"""How long a search takes: `uv run python -m tests.benchmarks.search --titles 60000`.

Fills the database named by `LIBRARY_DATABASE` (default `benchmark_search`) with made-up titles composed of the words
of the classification, one or two copies each, 4,000 of them on loan, then prints percentiles for several kinds of
query, each with all facets. Every question is asked three times and its quickest answer counts: other programs of
the machine make an answer slower, never quicker. `docs/search.md` says what came out.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

SEED = 20260901
REPEATS = 3
COMMON = [
    "故事",
    "中国",
    "小学生",
    "教程",
    "研究",
    "科学",
    "世界",
    "大全",
    "童话",
    "作文",
    "数学",
    "历史",
    "的",
    "与",
    "探索",
]
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "文轩小明建国志强秀英丽华国庆海燕春雨思远子涵一诺雨桐浩然"
PUBLISHERS = ["人民文学出版社", "少年儿童出版社", "商务印书馆", "中国少年儿童出版社", "科学普及出版社", "明天出版社"]


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library_site.settings")
    os.environ.setdefault("LIBRARY_DATABASE", "benchmark_search")
    from library_site.database.connection import ensure_database

    ensure_database()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def make_titles(number: int) -> None:
    """Titles up to `number`, their copies and loans, indexed."""
    from django.db import connection

    from catalog.models import Copy, Title
    from catalog.operations.clc import load_clc
    from catalog.operations.search_index import index_titles

    load_clc()
    known = Title.objects.count()
    if known >= number:
        return
    pick = random.Random(SEED + known)
    words = vocabulary()
    for start in range(known, number, 5000):
        Title.objects.bulk_create([_title(pick, words, place) for place in range(start, min(start + 5000, number))])
    begun = time.perf_counter()
    index_titles()
    print(f"indexed {number:,} titles in {time.perf_counter() - begun:.1f} s")
    _make_copies(pick, Title, Copy)
    make_loans(pick, 4000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def vocabulary() -> list[str]:
    """Words of two to four characters from the names of classes."""
    import re

    from catalog.models import ClcClass

    names = ClcClass.objects.values_list("name", flat=True)
    return sorted({word for name in names for word in re.findall("[\u4e00-\u9fff]{2,4}", name)})


def _title(pick: random.Random, words: list[str], place: int) -> object:
    from catalog.models import Title

    parts = [pick.choice(words) for _ in range(pick.choice([1, 2, 2, 3]))]
    parts.insert(pick.randrange(len(parts) + 1), COMMON[min(int(pick.expovariate(0.3)), len(COMMON) - 1)])
    letter = pick.choice("IIIIIIGGHJKKNOPQRSTUVXZABCDEF")
    author = pick.choice(SURNAMES) + "".join(pick.sample(GIVEN, pick.choice([1, 2])))
    return Title(
        name="".join(parts),
        author=f"{author}著",
        publisher=pick.choice(PUBLISHERS),
        published=str(pick.randrange(1985, 2026)),
        series=pick.choice(words) + "丛书" if pick.random() < 0.3 else "",
        isbn=f"9787{place:09d}",
        clc_number=f"{letter}{pick.randrange(1, 999)}",
        book_number=str(place % 500),
        main_class=letter,
        summary="，".join(pick.sample(words, 30)),
        audience=pick.choices(["all", "lower", "teacher", "student"], (70, 15, 10, 5))[0],
        stage=pick.choice(["", "picture", "primary_lower", "primary_middle", "primary_upper"]),
        language=pick.choices(["chi", "eng", ""], (92, 5, 3))[0],
        popularity=int(pick.expovariate(0.05)),
    )


def _make_copies(pick: random.Random, title_model: type, copy_model: type) -> None:
    from tests.factories.catalog import make_location

    places = [make_location(f"书库{number}") for number in range(4)]
    fresh = title_model.objects.filter(copies=None).values_list("pk", flat=True)
    copies = (
        copy_model(
            title_id=pk, barcode=f"Q{pk:07d}{number}", accession_number=f"Q{pk:07d}{number}", location=place,
            state="withdrawn" if pick.random() < 0.05 else "on_shelf",
        )
        for pk in fresh
        for number, place in enumerate(pick.sample(places, pick.choice([1, 2, 2])))
    )  # fmt: skip
    while batch := _first(copies, 5000):
        copy_model.objects.bulk_create(batch)


def make_loans(pick: random.Random, number: int) -> None:
    """Open loans, all of one reader: search asks only whether a copy is out."""
    from catalog.models import Copy
    from circulation.models import Loan
    from tests.factories.circulation import make_loan
    from tests.factories.readers import make_reader

    copies = list(Copy.objects.filter(state="on_shelf", loans=None).values_list("pk", flat=True))
    first, *others = pick.sample(copies, min(number, len(copies)))
    loan = make_loan(copy=Copy.objects.get(pk=first), reader=make_reader())
    rows = []
    for copy in others:
        loan.pk, loan.copy_id, loan._state.adding = None, copy, True
        rows.append(Loan(**{field.attname: getattr(loan, field.attname) for field in Loan._meta.concrete_fields}))
    Loan.objects.bulk_create(rows)


def _first(rows: Iterator[object], number: int) -> list[object]:
    from itertools import islice

    return list(islice(rows, number))


def queries(number: int) -> dict[str, list[str]]:
    """Kinds of queries, each with `number` examples."""
    from catalog.models import Title

    pick = random.Random(SEED)
    words = vocabulary()
    titles = list(Title.objects.order_by("pk").values_list("name", "pinyin", "initials", "author", "isbn")[:5000])
    chosen = [pick.choice(titles) for _ in range(number)]
    return {
        "two-character word": [pick.choice(words)[:2] for _ in range(number)],
        "common word": [pick.choice(COMMON) for _ in range(number)],
        "single character": [pick.choice(words)[0] for _ in range(number)],
        "whole title": [name for name, *_ in chosen],
        "pinyin, 4 to 8 letters": [full[: pick.randrange(4, 9)] for _name, full, *_ in chosen],
        "pinyin, 2 letters": [full[:2] for _name, full, *_ in chosen],
        "initials": [initials[:4] for _name, _full, initials, *_ in chosen],
        "author and word": [f"{author[:-1]} {name[:2]}" for name, _full, _initials, author, _isbn in chosen],
        "ISBN": [isbn for *_, isbn in chosen],
        "no such word": [pick.choice("龘靐齉爨") + pick.choice(words)[0] for _ in range(number)],
    }


class Clock:
    """The wall's time, and the time that our database session had a processor, in milliseconds.

    The second says what a search costs where other programs share the machine; it needs Linux and a local server.
    """

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def now(self) -> tuple[float, float]:
        busy = int(self.path.read_text().split()[0]) / 1e6 if self.path.exists() else 0.0
        return time.perf_counter() * 1000, busy


def measure(kind: str, texts: list[str], run: Callable[[str], int]) -> None:
    """Prints p50, p95 and the longest, in milliseconds, with the median number of hits."""
    clock = Clock()
    asked = [_quickest(clock, text, run) for text in texts]
    walls, busies, hits = ([row[column] for row in asked] for column in range(3))
    print(f"{kind:26} database {_cuts(busies)}   wall {_cuts(walls)}   hits {statistics.median(hits):g}")


def _quickest(clock: Clock, text: str, run: Callable[[str], int]) -> tuple[float, float, int]:
    """The least wall time, the least time of the database, and the number of hits."""
    walls, busies, hits = [], [], 0
    for _ in range(REPEATS):
        wall, busy = clock.now()
        hits = run(text)
        after = clock.now()
        walls.append(after[0] - wall)
        busies.append(after[1] - busy)
    return min(walls), min(busies), hits


def _cuts(times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=20)
    return f"p50 {cuts[9]:5.1f} p95 {cuts[18]:5.1f} max {max(times):5.1f}"


def explain(text: str) -> None:
    """Prints the plan of the statement that finds, ranks and counts."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from catalog.queries.search import search_titles
    from circulation.queries.availability import title_availability

    with CaptureQueriesContext(connection) as asked:
        search_titles(text, availability=title_availability(), with_facets=True, gone_too=False)
    statement = next(query["sql"] for query in asked.captured_queries if query["sql"].startswith("WITH hits"))
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + statement)
        print(statement, *(row[0] for row in cursor.fetchall()), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--titles", type=int, default=60_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--explain", help="print the plan for this word instead")
    options = parser.parse_args()
    prepare()
    make_titles(options.titles)
    if options.explain:
        explain(options.explain)
    else:
        measure_all(options.queries)


def measure_all(number: int) -> None:
    from catalog.queries.search import Filters, Order, search_titles
    from circulation.queries.availability import title_availability

    standing = title_availability()

    def page(text: str, **more: Any) -> int:
        return search_titles(text, availability=standing, with_facets=True, gone_too=False, **more).total

    asked = queries(number)
    for kind, texts in asked.items():
        measure(kind, texts, page)
    words, common = asked["two-character word"], asked["common word"]
    measure("at the desk, no facets", words, lambda text: search_titles(text, availability=standing).total)
    measure("common, class I", common, partial(page, filters=Filters(main_class="I")))
    measure("common, only inside", common, partial(page, filters=Filters(only_inside=True)))
    measure("common, newest", common, partial(page, order=Order.NEWEST))
    measure("common, shelf order", common, partial(page, order=Order.SHELF))
    measure("class alone", list("IGHJKNOPQRSTUVXZABCDEF") * 2, lambda c: page("", filters=Filters(main_class=c)))


if __name__ == "__main__":
    main()
