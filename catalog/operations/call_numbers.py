"""Many titles get a class and a book number at once: under the locks that a single one takes, in few statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection

from catalog.models import ClassSeries, Title
from catalog.operations.book_numbers import locked_series
from catalog.operations.search_index import index_titles
from catalog.queries.classification import clc_codes
from catalog.rules.book_numbers import next_book_number, serial_of
from catalog.rules.classification import longest_prefix, main_class
from library_site.models import School

_COLUMNS = ("clc_number", "book_number", "clc_class", "main_class")


@dataclass(frozen=True)
class Renumbered:
    """A title as it is now, with the number that it had."""

    title: Title
    old_clc_number: str
    old_book_number: str

    @property
    def old_call_number(self) -> str:
        return "/".join(part for part in (self.old_clc_number, self.old_book_number) if part)


def locked_titles(title_ids: Collection[int]) -> dict[int, Title]:
    """Those that are there, locked in the order of their keys against edits and merges until the transaction ends."""
    assert connection.in_atomic_block
    rows = Title.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=title_ids).order_by("pk")
    return {title.pk: title for title in rows}


def give_call_numbers(titles: Mapping[int, Title], wanted: Mapping[int, str]) -> list[Renumbered]:
    """Gives each of these locked titles its class and the next book number there; returns those that changed.

    Serial numbers that are left behind are not given out again, unless the school fills gaps.
    """
    changed = {pk: titles[pk] for pk, number in wanted.items() if titles[pk].clc_number != number}
    before = {pk: (title.clc_number, title.book_number) for pk, title in changed.items()}
    old_and_new = {number for number, _book in before.values()} | {wanted[pk] for pk in changed}
    series = locked_series(*old_and_new)
    _keep_left_behind(series, before.values())
    _number(changed, wanted, series)
    Title.objects.bulk_update(changed.values(), _COLUMNS, batch_size=500)
    ClassSeries.objects.bulk_update(series.values(), ["last"])
    index_titles(list(changed))
    return [Renumbered(title, *before[pk]) for pk, title in changed.items()]


def _keep_left_behind(series: Mapping[str, ClassSeries], old: Collection[tuple[str, str]]) -> None:
    for number, book_number in old:
        if number:
            series[number].last = max(series[number].last, serial_of(book_number))


def _number(titles: Mapping[int, Title], wanted: Mapping[int, str], series: Mapping[str, ClassSeries]) -> None:
    school, codes = School.objects.first(), clc_codes()
    kind = school.book_numbers if school else School.BookNumbers.NEXT
    taken = _taken({wanted[pk] for pk in titles}, but=titles)
    for pk, title in titles.items():
        number = wanted[pk]
        title.clc_number, title.main_class = number, main_class(number)
        title.clc_class_id = longest_prefix(number, codes)
        title.book_number = next_book_number(
            kind, last=series[number].last, taken=taken[number], author=title.author, name=title.name
        )
        taken[number].add(title.book_number)
        series[number].last = max(series[number].last, serial_of(title.book_number))


def _taken(numbers: Collection[str], *, but: Collection[int]) -> dict[str, set[str]]:
    rows = Title.objects.filter(clc_number__in=numbers).exclude(book_number="").exclude(pk__in=but)
    taken: dict[str, set[str]] = defaultdict(set)
    for number, book_number in rows.values_list("clc_number", "book_number"):
        taken[number].add(book_number)
    return taken
