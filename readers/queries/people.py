"""Finding a reader without a card: by class and name, pinyin, or student number."""

import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import F, FilteredRelation, Q, QuerySet

from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import class_meant, class_names_on


@dataclass(frozen=True)
class FoundReader:
    reader_id: int
    name: str
    class_name: str
    number: str


def find_readers(
    text: str, reference: Reference, today: date, limit: int = 9, *, classes: Collection[int] | None = None
) -> list[FoundReader]:
    """Readers that every word of `text` fits, at most `limit`, of these classes only unless None; one statement.

    A word is a class (三1, 三(1)班, 3.1, 31), part of a name, the beginning of its pinyin or initials, or of the
    student number; class and name may be written together (三1王).
    """
    if not _words(text):
        return []
    rows = with_class(Reader.objects.filter(status=Reader.Status.ACTIVE)).filter(fitting(text, reference, today))
    if classes is not None:
        rows = rows.filter(class_id__in=classes)
    names = class_names_on(reference, today)
    return [
        FoundReader(row.pk, row.name, names.get(row.class_id, ""), row.number)
        for row in rows.order_by("class_id", "number", "name")[:limit]
    ]


def class_by_text(text: str, reference: Reference, today: date) -> int | None:
    """The class that `text` alone is a name of (三1, 三(1)班, 三年级1班); a bare number is none. No statement."""
    words = _words(text)
    if len(words) != 1 or words[0].isdigit():
        return None
    return class_meant(words[0], reference, today)


def fitting(text: str, reference: Reference, today: date) -> Q:
    """The condition on readers (see `with_class`) that every word of `text` fits; without a word all do."""
    class_of = partial(class_meant, reference=reference, day=today)
    condition = Q()
    for word in _words(text):
        condition &= _word(word, class_of)
    return condition


def with_class(rows: QuerySet[Reader]) -> QuerySet:
    """Adds `class_id`, the class that a reader is in now, null for none; joined once, however often it is asked."""
    current = FilteredRelation("memberships", condition=Q(memberships__until=None))
    return rows.annotate(current=current, class_id=F("current__school_class_id"))


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).lower().split()[:4]


def _word(word: str, class_of: Callable[[str], int | None]) -> Q:
    if (class_id := class_of(word)) is not None:
        return Q(class_id=class_id) | _person(word)
    for end in range(len(word) - 1, 1, -1):
        if not word[end:].isdigit() and (class_id := class_of(word[:end])) is not None:
            return Q(class_id=class_id) & _person(word[end:]) | _person(word)
    return _person(word)


def _person(word: str) -> Q:
    condition = Q(name__icontains=word) | Q(number__startswith=word.upper())
    if word.isascii() and word.isalpha():
        condition |= Q(initials__startswith=word) | Q(pinyin__startswith=word)
    return condition
