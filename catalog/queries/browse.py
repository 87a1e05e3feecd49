"""What the search page offers to narrow by: main classes and places."""

from collections import Counter
from collections.abc import Mapping, Sequence

from catalog.models import ClcClass, Location
from catalog.queries.class_tree import ClassName, names_to
from library_site.shared.reference import Reference


def _load_main_classes() -> list[tuple[str, str]]:
    return list(ClcClass.objects.filter(level=1).order_by("code").values_list("code", "name"))


def _load_places() -> list[tuple[int, str]]:
    return list(Location.objects.order_by("name").values_list("pk", "name"))


def main_classes(reference: Reference) -> list[tuple[str, str]]:
    """The main classes of the CLC as (letter, name)."""
    return reference.get(_load_main_classes)


def places(reference: Reference) -> list[tuple[int, str]]:
    """All locations as (pk, name)."""
    return reference.get(_load_places)


def classes_below(code: str, counts: Sequence[tuple[str, int]]) -> list[tuple[ClassName, int]]:
    """How many hits lie in each class below one, from the hits' own classes; the most first. One statement.

    Those right below it, or where there is only one, those below that.
    """
    ways = names_to([own for own, _number in counts])
    level = _right_below(code, counts, ways)
    while len(level) == 1 and (deeper := _right_below(next(iter(level)).code, counts, ways)):
        level = deeper
    return sorted(level.items(), key=lambda row: (-row[1], row[0].code))


def _right_below(
    code: str, counts: Sequence[tuple[str, int]], ways: Mapping[str, list[ClassName]]
) -> Counter[ClassName]:
    below: Counter[ClassName] = Counter()
    for own, number in counts:
        way = ways.get(own, [])
        codes = [step.code for step in way]
        if code in codes[:-1]:
            below[way[codes.index(code) + 1]] += number
    return below


def class_text(code: str) -> str:
    """A class as the page names it; the code alone if there is no such class. One statement."""
    return str(ClcClass.objects.filter(pk=code).first() or code)
