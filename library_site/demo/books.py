"""The demo's titles and copies: well-known books from `titles.csv`, the rest from templates."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from catalog.models import Batch, Copy, Location, Shelf, Title
from catalog.queries.classification import clc_codes
from catalog.rules.classification import longest_prefix, main_class
from library_site.demo import names
from library_site.demo.bulk import Columns, copy_rows
from library_site.demo.details import (
    PICTURE_ROOM,
    PLACES,
    REFERENCE_ROOM,
    STACKS,
    SUPPLIERS,
    TEACHERS_ROOM,
    course_of,
    isbn_of,
    stage_of,
    subject_of,
    volumes_of,
)
from library_site.demo.templates import TEMPLATES, Template

COPIES = 12_000
COPIES_PER_TITLE = 4.8
# Invented, so that nothing is said of a real house which it did not print.
PUBLISHERS = (
    "蓝鲸少年儿童出版社", "春芽教育出版社", "银杏科学出版社", "山海文艺出版社", "启明美术出版社", "北斗少儿出版社",
    "青禾出版社", "南窗书局", "远帆科普出版社", "梧桐教育出版社",
)  # fmt: skip
# Of the newest books some wait to be classified, and none has its spine label yet.
NEW_DAYS = 40
UNCLASSIFIED_SHARE = 0.35
REFERENCE = ("H163", "H164", "H316", "H136.31-61", "Z3", "Z22", "Z25")


@dataclass
class Book:
    """A title of the demo with what lending needs to know of it."""

    pk: int
    name: str
    author: str
    publisher: str
    clc_number: str
    audience: str
    wanted_copies: int
    known: bool
    price: str
    published: int
    pages: int
    acquired_on: date
    stage: str = ""
    volumes: int | None = None
    is_classified: bool = True
    book_number: int = 0
    copies: list[int] = field(default_factory=list)
    loans: int = 0

    @property
    def price_of_copy(self) -> Decimal:
        """What a volume of a set is worth; they all cost the same."""
        return (Decimal(self.price) / (self.volumes or 1)).quantize(Decimal("0.01"))

    @property
    def room(self) -> str:
        if self.clc_number.startswith(REFERENCE) and len(self.copies) < 3:
            return REFERENCE_ROOM
        if self.audience == "teacher":
            return TEACHERS_ROOM
        return PICTURE_ROOM if self.audience == "lower" else STACKS


@dataclass(frozen=True)
class Shelved:
    """A copy that stands on the shelf and may be lent, from a day on."""

    pk: int
    book: Book
    acquired_on: date


def plan_books(rng: Random, *, copies: int, today: date, past_years: int = 1) -> list[Book]:
    """The titles, with as many copies planned as asked for in all."""
    wanted = max(1, round(copies / COPIES_PER_TITLE))
    known = _known_books(rng, today)
    if wanted < 2 * len(known):
        known = rng.sample(known, max(1, wanted // 2))
    books = known + list(_generated_books(rng, today, wanted - len(known)))
    for pk, book in enumerate(books, start=1):
        book.pk = pk
        book.acquired_on = _batch(rng, today, past_years)
        book.published = book.acquired_on.year - rng.randrange(0, 5)
        book.stage = stage_of(rng, book.clc_number, book.audience)
        book.is_classified = book.known or not (is_new(book.acquired_on, today) and rng.random() < UNCLASSIFIED_SHARE)
    _share_copies(rng, books, copies)
    _number_within_class(books)
    return books


def _known_books(rng: Random, today: date) -> list[Book]:
    with (Path(__file__).parent / "titles.csv").open(encoding="utf-8", newline="") as file:
        return [
            _book(rng, today, row["name"], row["author"], row["publisher"], row["clc_number"], row["audience"],
                  int(row["copies"]), known=True)
            for row in csv.DictReader(file)
        ]  # fmt: skip


def _generated_books(rng: Random, today: date, wanted: int) -> Iterator[Book]:
    total = sum(template.share for template in TEMPLATES)
    due = 0.0
    made = 0
    for template in TEMPLATES:
        due += wanted * template.share / total
        for name in _names(rng, template, round(due) - made):
            author = names.grown_up(rng) if template.signed else "本书编写组"
            copies = min(10, 1 + int(rng.expovariate(0.42)))
            yield _book(
                rng, today, name, author, rng.choice(PUBLISHERS), template.clc_number, template.audience, copies
            )
        made = round(due)


def _names(rng: Random, template: Template, wanted: int) -> list[str]:
    """Names that differ; when subjects and patterns are used up, the next volume of each."""
    stock = list(dict.fromkeys(template.names()))
    rng.shuffle(stock)
    return [
        stock[n % len(stock)] + (f"（第{n // len(stock) + 1}辑）" if n >= len(stock) else "") for n in range(wanted)
    ]


def _book(
    rng: Random, today: date, name: str, author: str, publisher: str, clc: str, audience: str, copies: int,
    known: bool = False,
) -> Book:  # fmt: skip
    dear = 80 if clc.startswith(REFERENCE) else 0
    return Book(
        pk=0, name=name, author=author, publisher=publisher, clc_number=clc, audience=audience, wanted_copies=copies,
        known=known, price=f"{dear + rng.randrange(12, 42)}.{rng.choice(('00', '00', '50', '80'))}",
        published=today.year, pages=rng.choice((32, 40, 96, 128, 160, 192, 224, 256, 312)),
        acquired_on=today, volumes=volumes_of(clc, known),
    )  # fmt: skip


def _batch(rng: Random, today: date, past_years: int) -> date:
    """A day on which a batch came: some weeks ago, in the last eight years, or before all that is told of."""
    chance = rng.random()
    if chance < 0.08:
        return today - timedelta(days=rng.choice((17, 38)))
    years = rng.randrange(1, 9) if chance < 0.5 else past_years + rng.randrange(1, 7)
    return date(today.year - years, rng.choice((3, 4, 9, 10)), rng.choice((12, 20)))


def _share_copies(rng: Random, books: list[Book], copies: int) -> None:
    """Class sets keep their size; the others share what is left, one copy at least each."""
    fixed = sum(book.wanted_copies for book in books if book.known)
    open_books = [book for book in books if not book.known]
    if copies - fixed < len(open_books):
        open_books, fixed = books, 0
    left = copies - fixed - len(open_books)
    weights = [book.wanted_copies for book in open_books]
    for book in open_books:
        book.wanted_copies = 1
    for book in rng.choices(open_books, weights, k=max(0, left)):
        book.wanted_copies += 1


def _number_within_class(books: list[Book]) -> None:
    highest: dict[str, int] = defaultdict(int)
    for book in books:
        if book.is_classified:
            highest[book.clc_number] += 1
            book.book_number = highest[book.clc_number]


def make_locations() -> dict[str, int]:
    rows = [Location(name=name, circulates=name != REFERENCE_ROOM, hint=hint) for name, (hint, _) in PLACES.items()]
    keys = {row.name: row.pk for row in Location.objects.bulk_create(rows)}
    Shelf.objects.bulk_create(
        Shelf(location_id=keys[place], name=name, begins_with=number)
        for place, (_, shelves) in PLACES.items()
        for name, number in shelves
    )
    return keys


def make_batches(rng: Random, books: list[Book]) -> dict[date, int]:
    """One batch for each day on which books came; {day: its key}."""
    days = sorted({book.acquired_on for book in books})
    rows = [Batch(name=f"{day.year}年{day.month}月{day.day}日到书", received_on=day, supplier=rng.choice(SUPPLIERS))
            for day in days]  # fmt: skip
    return {row.received_on: row.pk for row in Batch.objects.bulk_create(rows)}


def is_new(acquired_on: date, today: date) -> bool:
    return (today - acquired_on).days < NEW_DAYS


def write_copies(rng: Random, books: list[Book], locations: dict[str, int], *, today: date) -> list[Shelved]:
    """Writes all copies, numbered in the order in which they came; returns those that can be lent."""
    order = sorted((book.acquired_on, book.pk, n) for book in books for n in range(book.wanted_copies))
    shelved: list[Shelved] = []
    columns = Columns(
        Copy, "id", "title", "barcode", "accession_number", "location", "price", "source", "acquired_on", "state",
        "created_at", "volume", "batch", "barcode_label_at", "spine_label_at",
    )  # fmt: skip
    batches = make_batches(rng, books)
    rows = _copy_rows(rng, books, order, locations, shelved)
    copy_rows(columns, ((*row, *_coming(books[row[1] - 1], row[7], batches, today)) for row in rows))
    return shelved


def _coming(book: Book, acquired_on: date, batches: dict[date, int], today: date) -> tuple[object, ...]:
    """A copy's volume, its batch, and when its labels were printed: three days after it came."""
    printed = _morning(acquired_on + timedelta(days=3))
    volume = f"第{(len(book.copies) - 1) % book.volumes + 1}册" if book.volumes else ""
    return volume, batches[acquired_on], printed, None if is_new(acquired_on, today) else printed


def _copy_rows(
    rng: Random,
    books: list[Book],
    order: list[tuple[date, int, int]],
    locations: dict[str, int],
    shelved: list[Shelved],
) -> Iterator[tuple[Any, ...]]:
    states = rng.choices(("on_shelf", "missing", "in_repair", "lost", "withdrawn"), (975, 6, 5, 5, 9), k=len(order))
    sources = rng.choices(("purchase", "allocation", "donation"), (75, 17, 8), k=len(order))
    for pk, (acquired_on, title, _n) in enumerate(order, start=1):
        book = books[title - 1]
        room = book.room
        book.copies.append(pk)
        if room != REFERENCE_ROOM and states[pk - 1] == "on_shelf":
            shelved.append(Shelved(pk, book, acquired_on))
        price = None if pk % 97 == 0 else book.price_of_copy
        number = f"{pk:08d}"
        made_at = _morning(acquired_on)
        yield (pk, title, number, number, locations[room], price, sources[pk - 1], acquired_on, states[pk - 1], made_at)


def write_titles(books: list[Book]) -> None:
    """Last of all, since a title's popularity is how often it was lent."""
    codes = clc_codes()
    columns = Columns(
        Title, "id", "name", "author", "publisher", "published", "pages", "price", "clc_number", "book_number",
        "clc_class", "main_class", "audience", "popularity", "created_at", "isbn", "stage", "course", "subjects",
        "has_pinyin", "volumes",
    )  # fmt: skip
    copy_rows(
        columns,
        (
            (
                book.pk, book.name, book.author, book.publisher, str(book.published), f"{book.pages}页", book.price,
                *_call_number(book, codes), book.audience, book.loans, _morning(book.acquired_on), *_details(book),
            )
            for book in books
        ),
    )  # fmt: skip


def _call_number(book: Book, codes: Mapping[str, str]) -> tuple[str, str, str | None, str]:
    """CLC number, book number, class, main class."""
    if not book.is_classified:
        return "", "", None, ""
    number = book.clc_number
    return number, str(book.book_number), longest_prefix(number, codes), main_class(number)


def _details(book: Book) -> tuple[object, ...]:
    """ISBN, reading stage, school subject, subject, pinyin mark, volumes. Only invented books have invented ISBNs."""
    isbn = "" if book.known else isbn_of(book.pk)
    subject = subject_of(book.name, book.clc_number)
    reads_pinyin = book.stage in ("picture", "primary_lower")
    return isbn, book.stage, course_of(book.clc_number), subject, reads_pinyin, book.volumes


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
