"""Finding a class by its number, its name or the pinyin of its name."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from catalog.models import ClassPick, ClcClass, Title
from catalog.queries.class_tree import ClassName, names_to
from catalog.queries.classification import clc_codes
from catalog.rules.classification import is_clc_number, longest_prefix, normalise_clc

MOST = 12
_CHINESE = re.compile(r"[^\W\da-zA-Z_]")
_LETTERS = re.compile(r"[a-z]{2,}")
LONGEST = 60  # of what is asked for
CONSIDERED = 60  # classes that what the library has of them is looked up for
_BELOW = """
    SELECT asked.code, (
        SELECT count(*)::int FROM (
            SELECT FROM catalog_title
             WHERE clc_number >= asked.code AND clc_number < asked.code || '~' LIMIT 1000
        ) AS title)
      FROM unnest(%(codes)s::text[]) AS given(code), LATERAL (SELECT given.code::varchar COLLATE "C" AS code) AS asked
"""


@dataclass(frozen=True)
class FoundClass:
    """A class as the picker offers it: `path` are the names above it, the main class first."""

    number: str
    name: str
    path: tuple[str, ...]
    titles: int  # of the library's own whose numbers begin so


@dataclass(frozen=True)
class FoundClasses:
    """What the picker shows for a text. `meaning` is the class that the text, as a number, belongs to."""

    classes: list[FoundClass]
    meaning: ClassName | None
    is_number: bool


def find_classes(text: str, *, user_id: int, limit: int = MOST) -> FoundClasses:
    """Returns classes by number, name or pinyin, the best first; for an empty text those last chosen by the user.

    Several words are looked for along the path: 儿童 小说 is I287.4, the novels under children's literature.
    """
    text, known = " ".join(text.split())[:LONGEST], clc_codes()
    if not text:
        return FoundClasses(_described(_last_used(user_id, limit), known), None, False)
    meant = longest_prefix(text, known)
    numbers = _by_number(text, meant, limit) + _by_words(text, limit) + _by_pinyin(text, limit)
    found = _described(list(dict.fromkeys(numbers))[:limit], known)
    meaning = ClcClass.objects.get(pk=meant) if meant else None
    return FoundClasses(found, ClassName(meaning.code, meaning.name) if meaning else None, is_clc_number(text))


def _last_used(user_id: int, limit: int) -> list[str]:
    """Own choices first, the latest at the top; then what the library has most of."""
    picked = list(ClassPick.objects.filter(user=user_id).order_by("-at", "-pk").values_list("code", flat=True)[:limit])
    if len(picked) >= limit:
        return picked
    most = Title.objects.exclude(clc_number="").values("clc_number").annotate(number=Count("*"))
    usual = list(most.order_by("-number", "clc_number").values_list("clc_number", flat=True)[:limit])
    return list(dict.fromkeys([*picked, *usual]))[:limit]


def _titles_below(codes: Collection[str]) -> dict[str, int]:
    """How many of the own titles have numbers that begin so, up to a thousand. One statement."""
    if not codes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"codes": list(codes)})
        return dict(cursor.fetchall())


def _by_number(text: str, meant: str | None, limit: int) -> list[str]:
    """The class itself, then those that begin so, the upper ones first; for a built number the one it belongs to."""
    if meant is None:
        return []
    number = normalise_clc(text)
    begun = ClcClass.objects.filter(code__startswith=number).order_by("level", "code")
    codes = list(begun.values_list("code", flat=True)[:limit])
    return [meant, *codes] if meant == number or not codes else codes


def _by_words(text: str, limit: int) -> list[str]:
    if not _CHINESE.search(text):
        return []
    words = text.split(" ")
    classes = ClcClass.objects.filter(name__contains=words[-1])
    found = _along_the_path(classes, words, limit) if len(words) > 1 else _ranked(classes, "name", text, limit)
    if found or len(words) > 1:
        return found
    for end in range(len(text) - 1, 0, -1):  # 儿童小说 stands nowhere; 小说 below 儿童 does
        classes = ClcClass.objects.filter(name__contains=text[end:])
        if found := _along_the_path(classes, [text[:end], text[end:]], limit):
            return found
    return []


def _ranked(classes: "QuerySet[ClcClass, Any]", field: str, text: str, limit: int) -> list[str]:
    """So called exactly, begun so, or holding it; within these what the library has most of, then the upper classes."""
    place = Case(
        When(**{field: text}, then=Value(0)),
        When(**{f"{field}__startswith": text}, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = classes.annotate(place=place).order_by("place", "level", "code").values_list("code", "place")[:CONSIDERED]
    found = list(rows)
    own = _titles_below([code for code, _place in found])
    return [code for code, _place in sorted(found, key=lambda row: (row[1], -own.get(row[0], 0)))][:limit]


def _along_the_path(classes: "QuerySet[ClcClass, Any]", words: Sequence[str], limit: int) -> list[str]:
    """Of these classes, those whose path holds all words."""
    codes = list(classes.order_by("level", "code").values_list("code", flat=True)[:2000])
    paths = names_to(codes)
    fits = [code for code in codes if all(any(word in step.name for step in paths[code]) for word in words)]
    mine = _titles_below(fits[:CONSIDERED])
    return sorted(fits, key=lambda code: (-mine.get(code, 0), len(paths[code]), code))[:limit]


def _by_pinyin(text: str, limit: int) -> list[str]:
    letters = text.replace(" ", "").lower()
    if not _LETTERS.fullmatch(letters):
        return []
    by_first_letters = _ranked(ClcClass.objects.filter(initials__startswith=letters), "initials", letters, limit)
    return by_first_letters + _ranked(ClcClass.objects.filter(pinyin__contains=letters), "pinyin", letters, limit)


def _described(numbers: Sequence[str], known: Mapping[str, str]) -> list[FoundClass]:
    """In the order given; a built number is described by the class that it belongs to."""
    classes = {number: longest_prefix(number, known) for number in numbers}
    paths = names_to([code for code in classes.values() if code])
    own = _titles_below(paths)
    return [_found(number, paths[code], own.get(code, 0)) for number, code in classes.items() if code]


def _found(number: str, path: Sequence[ClassName], titles: int) -> FoundClass:
    return FoundClass(number, path[-1].name, tuple(step.name for step in path[:-1]), titles)
