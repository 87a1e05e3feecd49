"""Writes a roster: readers, their classes from a day on, their cards."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models.functions import Greatest

from library_site.imports.fields import Values
from library_site.models import ImportRun, User
from library_site.shared.pinyin import pinyin_of_name
from readers.models import Card, ClassMembership, Reader, SchoolClass, Turn
from readers.operations.cards import draw_card_numbers
from readers.operations.turns import keep_turn, lock_readers, states_of
from readers.rules.class_text import ClassKey


class RosterWrites:
    """What has to be written; `write` does it in the transaction of the act, readers before everything else."""

    def __init__(self, *, day: date) -> None:
        self._day = day
        self.known_classes: set[ClassKey] = set(SchoolClass.objects.values_list("stage", "entry_year", "number"))
        self._new: list[tuple[Reader, ClassKey | None, str]] = []
        self._changes: dict[int, dict[str, Any]] = {}
        self._moves: dict[int, tuple[ClassKey, date | None]] = {}
        self._cards: list[tuple[int, str, str]] = []

    def add(self, values: Values, key: ClassKey | None) -> None:
        sound = pinyin_of_name(values["name"])
        reader = Reader(
            category=values["category"],
            number=values.get("number", ""),
            name=values["name"],
            pinyin=sound.full[:200],
            initials=sound.initials[:64],
        )
        self._new.append((reader, key, values.get("card", "")))

    def change(self, pk: int, columns: dict[str, Any]) -> None:
        if "name" in columns:
            sound = pinyin_of_name(columns["name"])
            columns |= {"pinyin": sound.full[:200], "initials": sound.initials[:64]}
        if columns.get("status") == Reader.Status.ACTIVE:
            columns["left_on"] = None
        self._changes[pk] = columns

    def move(self, pk: int, key: ClassKey, since: date | None) -> None:
        self._moves[pk] = key, since

    def give_card(self, pk: int, barcode: str, *, replaces: str) -> None:
        self._cards.append((pk, barcode, replaces))

    def write(self, *, leavers: Sequence[int], give_cards: bool, run: ImportRun, at: datetime, by: User | None) -> None:
        """Moves everything into the library, and keeps it as one turn that can be taken back; inside the act."""
        assert connection.in_atomic_block
        touched = {*self._changes, *self._moves, *(pk for pk, _new, _old in self._cards), *leavers}
        readers = lock_readers(touched)
        before = states_of(touched)
        self._write_changes(readers)
        Reader.objects.bulk_create([reader for reader, _key, _card in self._new], batch_size=1000)
        classes = self._write_classes()
        self._write_leavers(leavers)
        self._write_memberships(classes)
        self._write_cards(give_cards=give_cards)
        if touched or self._new:
            keep_turn(
                kind=Turn.Kind.ROSTER,
                day=self._day,
                at=at,
                by=by,
                run=run,
                before=before,
                joined=[reader.pk for reader, _key, _card in self._new],
                classes=[pk for key, pk in classes.items() if key not in self.known_classes],
            )

    def _write_changes(self, readers: dict[int, Reader]) -> None:
        for pk, columns in self._changes.items():
            for column, value in columns.items():
                setattr(readers[pk], column, value)
        fields = ["name", "number", "category", "status", "left_on", "pinyin", "initials"]
        Reader.objects.bulk_update([readers[pk] for pk in self._changes], fields, batch_size=500)

    def _write_classes(self) -> dict[ClassKey, int]:
        wanted = {key for _reader, key, _card in self._new if key} | {key for key, _since in self._moves.values()}
        missing = sorted(wanted - self.known_classes)
        SchoolClass.objects.bulk_create(
            [SchoolClass(stage=stage, entry_year=year, number=number) for stage, year, number in missing],
            ignore_conflicts=True,
        )
        rows = SchoolClass.objects.values_list("stage", "entry_year", "number", "pk")
        return {(stage, year, number): pk for stage, year, number, pk in rows}

    def _write_leavers(self, leavers: Sequence[int]) -> None:
        Reader.objects.filter(pk__in=leavers).update(status=Reader.Status.LEFT, left_on=self._day)
        self._close_memberships(leavers)
        cards = Card.objects.filter(reader__in=leavers, status=Card.Status.VALID)
        cards.update(status=Card.Status.RETURNED, ended_on=Greatest("issued_on", self._day))

    def _close_memberships(self, readers: Sequence[int]) -> None:
        """A membership that begins after the day ends on its own first day."""
        ClassMembership.objects.filter(reader__in=readers, until=None).update(until=Greatest("since", self._day))

    def _write_memberships(self, classes: dict[ClassKey, int]) -> None:
        self._close_memberships(list(self._moves))
        moved = [
            ClassMembership(reader_id=pk, school_class_id=classes[key], since=max(self._day, since or self._day))
            for pk, (key, since) in self._moves.items()
        ]
        joined = [
            ClassMembership(reader=reader, school_class_id=classes[key], since=self._day)
            for reader, key, _card in self._new
            if key
        ]
        ClassMembership.objects.bulk_create(moved + joined, batch_size=1000)

    def _write_cards(self, *, give_cards: bool) -> None:
        wanted = self._cards + [(reader.pk, card, "") for reader, _key, card in self._new if card or give_cards]
        replaced = [old for _pk, _new, old in self._cards if old]
        Card.objects.filter(barcode__in=replaced, status=Card.Status.VALID).update(
            status=Card.Status.REPLACED, ended_on=Greatest("issued_on", self._day)
        )
        taken = {card for _pk, card, _old in wanted if card}
        numbers = iter(draw_card_numbers(sum(not card for _pk, card, _old in wanted), taken=taken))
        Card.objects.bulk_create(
            [Card(reader_id=pk, barcode=card or next(numbers), issued_on=self._day) for pk, card, _old in wanted],
            batch_size=1000,
        )
