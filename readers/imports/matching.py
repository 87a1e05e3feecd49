"""Decides which reader each row of a roster means, and what changes for them.

By school number; without one by class and name, then by name within the grade (see `readers.imports.by_name`); last,
a pupil who is missing from the own class, with a name that only one pupil has, has moved. Everybody else is new.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from library_site.imports.fields import Judged, RowProblem, Values
from library_site.models import ImportRow, ImportRun, User
from readers.imports.by_name import ByName, Grades
from readers.imports.people import Listed, Person, key_of, load_people
from readers.imports.writing import RosterWrites
from readers.models import Card, Reader
from readers.rules.class_text import ClassKey

Verdict = ImportRow.Verdict


class RosterPlan:
    """See `library_site.imports.fields.Plan`."""

    def __init__(
        self,
        run: ImportRun,
        listed: Listed,
        *,
        day: date,
        grades: Grades,
        class_names: Callable[[ClassKey | None], str],
    ) -> None:
        self._run = run
        self._listed = listed
        self._class_names = class_names
        self._people = load_people()
        choices = {int(row): int(reader) for row, reader in run.options.get("choices", {}).items()}
        self._by = ByName(self._people, listed, grades, choices)
        self._owners = dict(Card.objects.values_list("barcode", "reader_id"))
        self._rows_of: dict[str, dict[str, int]] = {"number": {}, "card": {}}
        self._leavers = set(run.options.get("leavers", ()))
        self._give_cards = bool(run.options.get("give_cards"))
        self._counts: Counter[str] = Counter()
        self._moves: Counter[tuple[ClassKey | None, ClassKey]] = Counter()
        self._renamed: list[list[str]] = []
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
        named = self._class_names
        return {
            **{name: self._counts[name] for name in ("joined", "moved", "cards", "unclear")},
            "classes": [named(key) for key in sorted(self._listed.classes - self._writes.known_classes)],
            "leavers": [{"pk": person.pk, "name": person.name, "class": named(person.class_key)} for person in leaving],
            "moves": [[named(old), named(new), count] for (old, new), count in sorted(self._moves.items(), key=_order)],
            "redivided": [named(key) for key in self._redivided()],
            "renamed": self._renamed,
            "namesakes": [
                [named(key), name, count] for (key, name), count in self._listed.places.items() if key and count > 1
            ],
        }

    def _redivided(self) -> list[ClassKey]:
        """Classes of which at least a third goes to other classes of the grade: with two, half of them stay (分班)."""
        sizes = Counter(person.class_key for person in self._people.values() if person.is_pupil_here)
        gone: Counter[ClassKey] = Counter()
        for (old, new), count in self._moves.items():
            if old and old[:2] == new[:2]:
                gone[old] += count
        return sorted(key for key, count in gone.items() if count > 1 and count * 3 >= sizes[key])

    def write(self, *, at: datetime, by: User | None) -> None:
        gone = [person.pk for person in self._people.values() if person.pk in self._leavers and self._has_left(person)]
        self._writes.write(leavers=gone, give_cards=self._give_cards, run=self._run, at=at, by=by)

    def _has_left(self, person: Person) -> bool:
        """Stands in a class of which the sheet tells, but no row (not even a bad one) can mean them."""
        if not person.is_pupil_here or person.row or person.pk in self._by.undecided:
            return False
        return self._by.is_listed(person.class_key) and not self._listed.places[person.class_key, person.name]

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
        key = key_of(values)
        return (
            self._pupil_of(row, key)
            if values["category"] == Reader.Category.STUDENT and key
            else self._adult_of(values)
        )

    def _adult_of(self, values: Values) -> Person | None:
        here = self._by_place[None, values["name"]]
        return next((person for person in here if self._is_free(person, values)), None)

    def _pupil_of(self, row: Judged, key: ClassKey) -> Person | None:
        name, number = row.values["name"], row.values.get("number", "")
        if (chosen := self._by.choices.get(row.pk)) is not None:
            return self._chosen(row, chosen)
        found, is_clear = self._by.candidates(key, name, number)
        if not is_clear:
            self._by.undecided.update(person.pk for person in found)
            self._counts["unclear"] += 1
            row.refuse("name", "several_fit", candidates=[self._described(person) for person in found])
            return None
        person = found[0] if found else self._moved_by_name(row)
        if person and person.class_key != key:
            was = self._class_names(person.class_key)
            row.problems.append(RowProblem("name", name, "moved_by_name", {"class_name": was}, note=True))
        return person

    def _chosen(self, row: Judged, pk: int) -> Person | None:
        """The reader that the librarian said the row means; 0 for somebody new."""
        person = self._people.get(pk)
        if pk and (person is None or not self._is_free(person, row.values)):
            row.refuse("name", "choice_gone")
        return person

    def _described(self, person: Person) -> dict[str, Any]:
        return {
            "pk": person.pk,
            "name": person.name,
            "number": person.number,
            "class": self._class_names(person.class_key),
        }

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
        """Somebody of another grade whose name nobody else has, here or in the sheet (a year repeated or skipped)."""
        name = row.values["name"]
        elsewhere = self._by_name[name]
        if len(elsewhere) != 1 or self._listed.names[name] != 1:
            return None
        person = elsewhere[0]
        is_missing = self._by.is_listed(person.class_key) and person.class_key != key_of(row.values)
        return person if is_missing and self._is_free(person, row.values) else None

    def _change(self, values: Values, person: Person) -> dict[str, list[str]]:
        """What the row changes for this reader: {field: [before, after]}; kept to be written."""
        columns = {name: values[name] for name in ("name", "number", "category") if values.get(name)}
        changes = {name: [getattr(person, name), new] for name, new in columns.items() if getattr(person, name) != new}
        if "name" in changes:
            self._renamed.append([self._class_names(person.class_key), *changes["name"]])
        if person.status == Reader.Status.LEFT:
            changes["status"] = ["left", "active"]
        if changes:
            self._writes.change(person.pk, {name: new for name, (_old, new) in changes.items()})
        key = key_of(values)
        if key and key != person.class_key:
            changes["class"] = [self._class_names(person.class_key), self._class_names(key)]
            self._writes.move(person.pk, key, person.since)
            self._counts["moved"] += 1
            self._moves[person.class_key, key] += 1
        card = values.get("card", "")
        if (card and card != person.card) or (self._give_cards and not person.card):
            changes["card"] = [person.card, card or "…"]
            self._writes.give_card(person.pk, card, replaces=person.card)
            self._counts["cards"] += 1
        return changes


def _may_be_same_name(given: str, known: str) -> bool:
    """A number that names quite another person is a slip; one changed character is a correction."""
    return given == known or bool(set(given.casefold()) & set(known.casefold()))


def _order(item: tuple[tuple[ClassKey | None, ClassKey], int]) -> tuple[ClassKey, ClassKey]:
    (old, new), _count = item
    return old or ("", 0, 0), new
