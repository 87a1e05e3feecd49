"""Titles that had no class get one; what was given by mistake is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.models import ClassSeries, Title
from catalog.operations.book_numbers import locked_series
from catalog.operations.call_numbers import give_call_numbers, locked_titles
from catalog.operations.class_picks import remember_pick
from catalog.operations.search_index import index_titles
from catalog.rules.book_numbers import serial_of
from catalog.rules.class_refusals import changed_since, classified_meanwhile, no_number, title_gone
from catalog.rules.classification import cut_to_depth, is_clc_number, normalise_clc
from library_site import audit
from library_site.models import School, User
from library_site.shared.problems import Problem, Refused


@dataclass(frozen=True)
class Classified:
    """The titles that have a class now, and why the others have none."""

    titles: list[Title]
    problems: dict[int, Problem]


def classify_titles(*, choices: Mapping[int, str], by: User | None, address: str | None = None) -> Classified:
    """Gives each title ({key: CLC number}) its class, cut to the school's depth, and the next book number there.

    Those that got a class meanwhile, are gone, or whose number is none are left as they are and named; the others
    are written together.
    """
    depth = _depth()
    numbers = {pk: cut_to_depth(normalise_clc(number), depth) for pk, number in choices.items()}
    with audit.act("classify_titles", by=by, address=address):
        titles = locked_titles(numbers)
        problems = {
            pk: problem for pk, number in numbers.items() if (problem := _problem(titles.get(pk), number)) is not None
        }
        wanted = {pk: number for pk, number in numbers.items() if pk not in problems}
        done = give_call_numbers(titles, wanted)
        for number in dict.fromkeys(wanted.values()):
            remember_pick(clc_number=number, by=by)
    return Classified([each.title for each in done], problems)


def take_back_class(
    *, title_id: int, clc_number: str, book_number: str, by: User | None, address: str | None = None
) -> Title:
    """The title is to be classified again; its serial number is given out again if it was the last one drawn.

    Refused if it does not bear this call number any more.
    """
    with audit.act("take_back_class", by=by, address=address):
        title = locked_titles([title_id]).get(title_id)
        if title is None:
            raise Refused([title_gone()])
        if (title.clc_number, title.book_number) != (clc_number, book_number):
            raise Refused([changed_since()])
        _lower(locked_series(clc_number)[clc_number], book_number)
        title.clc_number = title.book_number = title.main_class = ""
        title.clc_class = None
        title.save(update_fields=["clc_number", "book_number", "main_class", "clc_class"])
        index_titles([title.pk])
    return title


def _problem(title: Any, number: str) -> Problem | None:
    if title is None:
        return title_gone()
    if title.main_class:
        return classified_meanwhile(title.call_number)
    return None if is_clc_number(number) else no_number()


def _lower(series: ClassSeries, book_number: str) -> None:
    if serial_of(book_number) == series.last > 0 and book_number == str(series.last):
        series.last -= 1
        series.save(update_fields=["last"])


def _depth() -> int:
    school = School.objects.first()
    return school.clc_depth if school else 0
