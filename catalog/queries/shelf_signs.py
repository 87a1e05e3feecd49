"""What stands on the signs of shelves (架标) and classes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Window
from django.db.models.functions import Lead

from catalog.models import ClcClass, Copy, Shelf, Title
from catalog.queries.class_counts import ClassCounts, class_counts
from catalog.queries.classification import clc_codes
from catalog.queries.labels import OFF_THE_SHELF
from catalog.rules.classification import longest_prefix, main_class, normalise_clc

# Classes named on a shelf's sign: more cannot be read from two metres.
MOST_CLASSES = 6


@dataclass(frozen=True)
class NamedClass:
    code: str
    name: str


@dataclass(frozen=True)
class Sign:
    """A sign: its heading, the classes it stands for, and the main class that gives it a colour."""

    heading: str
    main_class: str
    first: NamedClass | None = None
    last: NamedClass | None = None
    classes: list[NamedClass] = field(default_factory=list)


def shelf_signs(location_id: int) -> list[Sign]:
    """A sign for each shelf of a place, in shelf order: from its first class to the last that stands on it.

    A handful of statements, however many shelves.
    """
    shelves = Shelf.objects.filter(location=location_id)
    shelves = shelves.annotate(until=Window(Lead("begin_key"), order_by=F("begin_key").asc()))
    rows = list(shelves.order_by("begin_key").values_list("name", "begins_with", "begin_key", "until"))
    held = _numbers_held(location_id)
    on_shelf = [[number for key, number in held if key >= begin and (until is None or key < until)]
                for _name, _begins, begin, until in rows]  # fmt: skip
    codes = clc_codes()
    wanted = {longest_prefix(number, codes) for numbers in on_shelf for number in numbers}
    wanted |= {longest_prefix(begins, codes) for _name, begins, _key, _until in rows}
    names, upper = _names(wanted - {None})
    return [
        _shelf_sign(name, begins, numbers, codes, names, upper)
        for (name, begins, _key, _until), numbers in zip(rows, on_shelf, strict=True)
    ]


def class_signs(codes: Sequence[str]) -> list[Sign]:
    """A sign for each class named, with those classes below it of which most is held.

    Without names one for each main class of which something is held. Three statements.
    """
    counts = class_counts()
    wanted = [normalise_clc(code) for code in codes]
    wanted = wanted or [letter for letter, count in counts.main.items() if count.copies]
    names = dict(ClcClass.objects.filter(pk__in=wanted).values_list("code", "name"))
    below: dict[str, list[NamedClass]] = {}
    for code, name, parent in ClcClass.objects.filter(parent__in=wanted).values_list("code", "name", "parent_id"):
        below.setdefault(parent, []).append(NamedClass(code, name))
    known = [NamedClass(code, names[code]) for code in dict.fromkeys(wanted) if code in names]
    return [Sign(row.name, main_class(row.code), first=row, classes=_most_held(below, row, counts)) for row in known]


def _most_held(below: Mapping[str, list[NamedClass]], row: NamedClass, counts: ClassCounts) -> list[NamedClass]:
    by_number = sorted(below.get(row.code, []), key=lambda child: (-counts.of(child.code).copies, child.code))
    return sorted(by_number[:MOST_CLASSES], key=lambda child: child.code)


def unknown_classes(codes: Sequence[str]) -> list[str]:
    """Those that are not in the table."""
    known = set(ClcClass.objects.filter(pk__in=[normalise_clc(code) for code in codes]).values_list("pk", flat=True))
    return [code for code in codes if normalise_clc(code) not in known]


def _numbers_held(location_id: int) -> list[tuple[str, str]]:
    """(shelf key, CLC number) of the titles with a copy at the place, each number once, in shelf order."""
    here = Copy.objects.filter(location=location_id).exclude(state__in=OFF_THE_SHELF).values("title")
    titles = Title.objects.filter(pk__in=here).exclude(clc_number="").order_by("shelf_key")
    found: dict[str, str] = {}
    for key, number in titles.values_list("shelf_key", "clc_number"):
        found.setdefault(number, key)
    return [(key, number) for number, key in found.items()]


def _names(codes: set[str | None]) -> tuple[dict[str, str], dict[str, NamedClass]]:
    """({class: name}, {class: its second-level class}); both by walking up the parents, level by level."""
    names: dict[str, str] = {}
    parents: dict[str, str | None] = {}
    levels: dict[str, int] = {}
    missing = {code for code in codes if code}
    while missing:
        for code, name, parent, level in ClcClass.objects.filter(pk__in=missing).values_list(
            "code", "name", "parent_id", "level"
        ):
            names[code], parents[code], levels[code] = name, parent, level
        missing = {parent for parent in parents.values() if parent and parent not in names}
    upper = {}
    for code in names:
        at: str | None = code
        while at and levels[at] > 2:
            at = parents[at]
        if at:
            upper[code] = NamedClass(at, names[at])
    return names, upper


def _shelf_sign(
    heading: str,
    begins: str,
    numbers: Sequence[str],
    codes: Mapping[str, str],
    names: dict[str, str],
    upper: dict[str, NamedClass],
) -> Sign:
    def named(number: str) -> NamedClass:
        known = longest_prefix(number, codes)
        return NamedClass(number, names.get(known or "", ""))

    inside = [upper[known] for number in [begins, *numbers] if (known := longest_prefix(number, codes)) in upper]
    return Sign(
        heading,
        main_class(begins),
        first=named(begins),
        last=named(numbers[-1]) if numbers else None,
        classes=list(dict.fromkeys(inside))[:MOST_CLASSES],
    )
