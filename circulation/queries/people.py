"""Finding a reader without a card: by class and name, pinyin, or student number."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from library_site.shared.reference import Reference
from readers.models import ClassMembership, Reader
from readers.queries.classes import NamedClass, class_names_on, classes_on
from readers.rules.naming import short_name, short_names


@dataclass(frozen=True)
class FoundReader:
    reader_id: int
    name: str
    class_name: str
    number: str


def find_readers(text: str, reference: Reference, today: date, limit: int = 9) -> list[FoundReader]:
    """Readers that every word of `text` fits, at most `limit`; one statement.

    A word is a class (三1, 三(1)班, 3.1, 31), part of a name, the beginning of its pinyin or initials, or of the
    student number; class and name may be written together (三1王).
    """
    class_ids = _class_keys(classes_on(reference, today))
    conditions = [_word(word, class_ids) for word in _words(text)]
    if not conditions:
        return []
    rows = _with_class(Reader.objects.filter(status=Reader.Status.ACTIVE))
    for condition in conditions:
        rows = rows.filter(condition)
    names = class_names_on(reference, today)
    return [
        FoundReader(row.pk, row.name, names.get(row.class_id, ""), row.number)
        for row in rows.order_by("class_id", "number", "name")[:limit]
    ]


def class_by_short_name(text: str, reference: Reference, today: date) -> int | None:
    """The class that `text` is a name of (三1, 三(1)班, 三年级1班); a bare number is none. No statement."""
    words = _words(text)
    if len(words) != 1 or words[0].isdigit():
        return None
    return _class_keys(classes_on(reference, today)).get(short_name(words[0]))


def _with_class(rows: QuerySet[Reader]) -> QuerySet:
    current = ClassMembership.objects.filter(reader=OuterRef("pk"), until=None)
    return rows.annotate(class_id=Subquery(current.values("school_class_id")[:1]))


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).lower().split()[:4]


def _class_keys(classes: Iterable[NamedClass]) -> dict[str, int]:
    """Every short way to write a class, to its id."""
    keys: dict[str, int] = {}
    for row in classes:
        for key in short_names(grade=row.grade, stage=row.stage, position=row.position, number=row.number):
            keys.setdefault(key, row.pk)
    return keys


def _word(word: str, class_ids: dict[str, int]) -> Q:
    plain = short_name(word)
    if plain in class_ids:
        return Q(class_id=class_ids[plain]) | _person(word)
    for end in range(len(plain) - 1, 1, -1):
        if plain[:end] in class_ids and not plain[end:].isdigit():
            return Q(class_id=class_ids[plain[:end]]) & _person(plain[end:]) | _person(word)
    return _person(word)


def _person(word: str) -> Q:
    condition = Q(name__icontains=word) | Q(number__startswith=word.upper())
    if word.isascii() and word.isalpha():
        condition |= Q(initials__startswith=word) | Q(pinyin__startswith=word)
    return condition
