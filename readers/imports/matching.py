"""Decides which reader each row of a roster means, and what changes for them.

By school number; without one by class and name, as many as the class has of that name; a pupil who is missing from
the old class and stands under another, with a name that only one pupil has, has moved. Everybody else is new.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from library_site.imports.fields import Judged, RowProblem, Values
from library_site.models import ImportRow
from readers.imports.writing import RosterWrites
from readers.models import Card, ClassMembership, Reader
from readers.rules.class_text import ClassKey

Verdict = ImportRow.Verdict


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


@dataclass
class Listed:
    """What the whole sheet says, known before its first row is judged."""

    classes: set[ClassKey] = field(default_factory=set)
    places: Counter[tuple[ClassKey | None, str]] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, rows: Iterable[Values]) -> "Listed":
        listed = cls()
        for values in rows:
            key = key_of(values)
            if key:
                listed.classes.add(key)
            listed.places[key, values["name"]] += 1
            listed.names[values["name"]] += 1
            listed.numbers.add(values.get("number", ""))
        return listed


def key_of(values: Values) -> ClassKey | None:
    """JSON has no tuples."""
    said = values.get("class")
    return (said[0], said[1], said[2]) if said else None


class RosterPlan:
    """See `library_site.imports.fields.Plan`."""

    def __init__(
        self, listed: Listed, *, day: date, give_cards: bool, leavers: Iterable[int], class_names: Any
    ) -> None:
        self._listed = listed
        self._class_names = class_names
        self._people = _load_people()
        self._owners = dict(Card.objects.values_list("barcode", "reader_id"))
        self._rows_of: dict[str, dict[str, int]] = {"number": {}, "card": {}}
        self._leavers = set(leavers)
        self._give_cards = give_cards
        self._counts: Counter[str] = Counter()
        self._writes = RosterWrites(day=day)
        self._by_number = {person.number: person for person in self._people.values() if person.number}
        self._by_place: dict[tuple[ClassKey | None, str], list[Person]] = defaultdict(list)
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for person in self._people.values():
            if person.status == Reader.Status.ACTIVE:
                self._by_place[person.class_key, person.name].append(person)
                self._by_name[person.name].append(person)

    def judge(self, rows: Sequence[Judged]) -> None:
        for row in rows:
            self._judge_row(row)

    def counts(self) -> dict[str, Any]:
        leaving = [person for person in self._people.values() if self._has_left(person)]
        return {
            **{name: self._counts[name] for name in ("joined", "moved", "cards")},
            "classes": [self._class_names(key) for key in sorted(self._listed.classes - self._writes.known_classes)],
            "leavers": [
                {"pk": person.pk, "name": person.name, "class": self._class_names(person.class_key)}
                for person in leaving
            ],
        }

    def write(self, *, at: datetime) -> None:
        gone = [person.pk for person in self._people.values() if person.pk in self._leavers and self._has_left(person)]
        self._writes.write(leavers=gone, give_cards=self._give_cards)

    def _has_left(self, person: Person) -> bool:
        """Stands in a class of the sheet, but no row (not even a bad one) can mean them."""
        is_pupil = person.category == Reader.Category.STUDENT and person.status == Reader.Status.ACTIVE
        listed = self._listed.places[person.class_key, person.name] > 0
        return is_pupil and not person.row and person.class_key in self._listed.classes and not listed

    def _judge_row(self, row: Judged) -> None:
        self._refuse_doubles(row)
        if row.is_bad:
            return
        person = self._person_of(row)
        if row.is_bad:
            return
        if card := row.values.get("card"):
            owner = self._owners.get(card)
            if owner and (person is None or owner != person.pk):
                row.refuse("card", "card_of_other_person", name=self._people[owner].name)
                return
            if owner and person and person.card != card:  # the person's own card, but one that was lost or replaced
                row.refuse("card", "card_of_other_person", name=person.name)
                return
        self._remember(row)
        if person is None:
            row.verdict = Verdict.NEW
            self._counts["joined"] += 1
            self._counts["cards"] += bool(row.values.get("card") or self._give_cards)
            self._writes.add(row.values, key_of(row.values))
            return
        person.row = row.number
        row.values["changes"] = self._change(row.values, person)
        row.verdict = Verdict.CHANGED if row.values["changes"] else Verdict.SAME

    def _refuse_doubles(self, row: Judged) -> None:
        for field_name, seen in self._rows_of.items():
            code = row.values.get(field_name)
            if code and code in seen:
                row.refuse(field_name, f"{field_name}_twice", row=seen[code])

    def _remember(self, row: Judged) -> None:
        for field_name, seen in self._rows_of.items():
            if code := row.values.get(field_name):
                seen[code] = row.number

    def _person_of(self, row: Judged) -> Person | None:
        values = row.values
        number, name = values.get("number", ""), values["name"]
        if number and (person := self._by_number.get(number)):
            if not _may_be_same_name(name, person.name):
                row.refuse("number", "number_of_other_person", name=person.name)
            return person
        if number and (like := self._with_zeros(number, name)):
            row.refuse("number", "zeros_lost", example=like)
            return None
        place = key_of(values) if values["category"] == "student" else None
        here = [person for person in self._by_place[place, name] if self._is_free(person, values)]
        if here:
            return min(
                here, key=lambda person: (person.number in self._listed.numbers and person.number != "", person.pk)
            )
        return self._moved_by_name(row) if place else None

    def _is_free(self, person: Person, values: Values) -> bool:
        if person.row or person.category != values["category"]:
            return False
        number = values.get("number", "")
        return not number or not person.number

    def _with_zeros(self, number: str, name: str) -> str:
        """The number of somebody of this name that is the same but for leading zeros."""
        fits = (person.number for person in self._by_name[name] if person.number.lstrip("0") == number)
        return next(fits, "") if number.isdigit() else ""

    def _moved_by_name(self, row: Judged) -> Person | None:
        name = row.values["name"]
        elsewhere = self._by_name[name]
        if len(elsewhere) != 1 or self._listed.names[name] != 1:
            return None
        person = elsewhere[0]
        is_missing = person.class_key in self._listed.classes and person.class_key != key_of(row.values)
        if not is_missing or not self._is_free(person, row.values):
            return None
        was = self._class_names(person.class_key)
        row.problems.append(RowProblem("name", name, "moved_by_name", {"class_name": was}, note=True))
        return person

    def _change(self, values: Values, person: Person) -> dict[str, list[str]]:
        """What the row changes for this reader: {field: [before, after]}; kept to be written."""
        columns = {name: values[name] for name in ("name", "number", "category") if values.get(name)}
        changes = {name: [getattr(person, name), new] for name, new in columns.items() if getattr(person, name) != new}
        if person.status == Reader.Status.LEFT:
            changes["status"] = ["left", "active"]
        if changes:
            self._writes.change(person.pk, {name: new for name, (_old, new) in changes.items()})
        key = key_of(values)
        if key and key != person.class_key:
            changes["class"] = [self._class_names(person.class_key), self._class_names(key)]
            self._writes.move(person.pk, key, person.since)
            self._counts["moved"] += 1
        card = values.get("card", "")
        if (card and card != person.card) or (self._give_cards and not person.card):
            changes["card"] = [person.card, card or "…"]
            self._writes.give_card(person.pk, card, replaces=person.card)
            self._counts["cards"] += 1
        return changes


def _may_be_same_name(given: str, known: str) -> bool:
    """A number that names quite another person is a slip; one changed character is a correction."""
    return given == known or bool(set(given.casefold()) & set(known.casefold()))


def _load_people() -> dict[int, Person]:
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
