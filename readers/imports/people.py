"""Readers as the library knows them, and what a whole roster says, while the two are compared."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from library_site.imports.fields import Values
from readers.models import Card, ClassMembership, Reader
from readers.rules.class_text import ClassKey


@dataclass(slots=True)
class Person:
    """A reader as the library knows them; `row` is the row that meant them."""

    pk: int
    name: str
    number: str
    category: str
    status: str
    class_key: ClassKey | None = None
    since: date | None = None
    card: str = ""
    row: int = 0

    @property
    def is_pupil_here(self) -> bool:
        return self.category == Reader.Category.STUDENT and self.status == Reader.Status.ACTIVE


@dataclass
class Listed:
    """What the whole sheet says, known before its first row is judged; `rows` as (row, class, name, number)."""

    rows: list[tuple[int, ClassKey | None, str, str]] = field(default_factory=list)
    classes: set[ClassKey] = field(default_factory=set)
    places: Counter[tuple[ClassKey | None, str]] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Values]]) -> "Listed":
        listed = cls()
        for row, values in rows:
            key, name, number = key_of(values), values["name"], values.get("number", "")
            listed.rows.append((row, key, name, number))
            if key:
                listed.classes.add(key)
            listed.places[key, name] += 1
            listed.names[name] += 1
            listed.numbers.add(number)
        return listed


def key_of(values: Values) -> ClassKey | None:
    """JSON has no tuples."""
    said = values.get("class")
    return (said[0], said[1], said[2]) if said else None


def load_people() -> dict[int, Person]:
    """Everybody but collectives, with the class and card of today. Three queries."""
    found = Reader.objects.exclude(category=Reader.Category.COLLECTIVE).order_by("pk")
    people = {
        pk: Person(pk, name, number, category, status)
        for pk, name, number, category, status in found.values_list("pk", "name", "number", "category", "status")
    }
    current = ClassMembership.objects.filter(until=None)
    columns = "reader_id", "school_class__stage", "school_class__entry_year", "school_class__number", "since"
    for reader_id, stage, entry_year, number, since in current.values_list(*columns):
        if reader_id in people:
            people[reader_id].class_key, people[reader_id].since = (stage, entry_year, number), since
    for reader_id, barcode in Card.objects.filter(status=Card.Status.VALID).values_list("reader_id", "barcode"):
        if reader_id in people:
            people[reader_id].card = barcode
    return people
