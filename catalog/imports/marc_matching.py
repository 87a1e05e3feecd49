"""Decides what becomes of each MARC record: which title it means, what it adds to it, which copies it names.

A title is matched, in this order, by a copy that the record names, by the record itself (its number and who gave it),
by the school's own number, by ISBN together with title, part and material, or by the same words without an ISBN.

A record adds what its title lacks. What the library has of its own stays: only words that are still those of the
record the title came from follow a later state of the same record. A class or book number is never replaced, since it
stands on the books.
"""

from collections.abc import Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from catalog.imports.lookup import TITLE_FIELDS, USUAL, Holdings, Record
from catalog.imports.marc_writing import MarcWrites
from catalog.imports.matching import HoldingsPlan, TitleState, Verdict
from catalog.imports.reading import fingerprint, same_name
from catalog.models import MarcRecord
from catalog.rules.marc import MarcProblem, read_title
from catalog.rules.marc.facts import own_title
from catalog.rules.marc.records import make_record
from catalog.rules.sets import split_price, volume_number
from library_site.imports.fields import Judged, RowProblem, Values
from library_site.models import ImportRun, School

_ON_THE_BOOK = ("clc_number", "book_number")


class MarcHoldings(Holdings):
    """Titles, copies and records that a batch of records might mean."""

    def __init__(self, rows: Sequence[Judged], *, digits: int, library: str) -> None:
        keys = {row.values["control"] for row in rows if row.values["control"]}
        numbers = {key.rpartition(":")[2] for key in keys}
        known = list(MarcRecord.objects.filter(control_key__in=keys).values_list("control_key", "title_id"))
        self.by_control: dict[str, list[int]] = {}
        for key, title_id in known:
            self.by_control.setdefault(key, []).append(title_id)
        self.own = {key: pk for key in keys if (pk := own_title(key, library))}
        values = [{**row.values, "barcode": "", "school_number": ""} for row in rows]
        values += [{"barcode": copy["barcode"]} for row in rows for copy in row.values["named"]]
        values += [{"school_number": number} for number in numbers]
        super().__init__(values, digits=digits, titles=[*(title for _key, title in known), *self.own.values()])
        records = MarcRecord.objects.filter(title__in=self.titles.keys())
        self.records = {record.title_id: record for record in records}


class MarcPlan(HoldingsPlan):
    """See `library_site.imports.fields.Plan`."""

    _writes: MarcWrites

    def __init__(self, run: ImportRun, *, keep: bool) -> None:
        super().__init__(run, keep=keep)
        self._default_copies = int(run.options.get("default_copies", 0))
        school = School.objects.first()
        self._library = school.name if school else ""
        self._source = run.options.get("source") or "unknown"
        self._by_control: dict[str, TitleState] = {}

    def _make_writes(self, run: ImportRun, *, keep: bool) -> MarcWrites:
        return MarcWrites(run.pk, keep=keep)

    def judge(self, rows: Sequence[Judged]) -> None:
        for row in rows:
            row.values["fingerprint"] = fingerprint(row.values)
        held = MarcHoldings(rows, digits=self._digits, library=self._library)
        for row in rows:
            self._judge_record(row, held)
        self._writes.flush()

    def _judge_record(self, row: Judged, held: MarcHoldings) -> None:
        row.values["changes"] = {}
        copies = self._copies_of(row, held)
        state = None if row.is_bad else self._title_meant(row, held, [copy for _code, copy in copies if copy])
        if row.is_bad:
            return
        is_first = state is None or state.row == 0
        if state is None:
            state = self._new_record(row)
        elif is_first:
            row.values["changes"] = self._follow_record(row, state, held)
        elif state.row != row.number:
            row.problems.append(RowProblem("record", state.name, "same_as_record", {"row": state.row}, note=True))
        state.row = state.row or row.number
        made = self._take_named(row, state, copies) if copies else self._take_copies(row, state, None)
        row.values["makes"] = made
        self._copies += made
        if is_first and state.is_new:
            row.verdict = Verdict.NEW
        else:
            row.verdict = Verdict.CHANGED if made or row.values["changes"] else Verdict.SAME

    # Copies

    def _copies_of(self, row: Judged, held: MarcHoldings) -> list[tuple[Values, Record | None]]:
        """What the record names, each with the copy that the library has of it."""
        found = []
        for values in row.values["named"]:
            named = Judged(row.pk, row.number, dict(values), row.problems)
            found.append((values, self._copy_of(named, held)))
        return found

    def _take_named(self, row: Judged, state: TitleState, copies: list[tuple[Values, Record | None]]) -> int:
        new = [(place, values) for place, (values, copy) in enumerate(copies) if copy is None]
        for values, _copy in copies:
            self._codes[values["barcode"]] = row.number
        for place, values in new:
            barcode = values["barcode"]
            self._writes.add_copy(state.pk, barcode, barcode, self._copy_values({**row.values, **values}, place))
        state.wanted += len(copies)
        state.have += len(new)
        return len(new)

    def _copy_values(self, values: Values, place: int = 0) -> Values:
        """A copy of a set costs its share; which volume it is the record may say, else they come in their order."""
        price, volumes = values.get("price"), values.get("volumes")
        if price and volumes:
            number = volume_number(values.get("volume", ""), volumes) or 0
            price = str(split_price(Decimal(price), volumes)[number - 1 if 0 < number <= volumes else place % volumes])
        return super()._copy_values({**values, "price": price, "source": self._source})

    # Titles

    def _title_meant(self, row: Judged, held: MarcHoldings, copies: list[Record]) -> TitleState | None:
        """The title this record means, from earlier records or the library; None for a new one; may refuse it."""
        titles = {copy["title_id"] for copy in copies}
        if len(titles) > 1:
            names = "; ".join(sorted(held.titles[pk]["name"] for pk in titles))
            row.refuse("barcode", "copies_of_several_titles", names=names)
            return None
        if titles:
            state = self._state(held.titles[titles.pop()], held)
            assert state is not None
            if not self._is_same_work(row.values, state, held):
                row.refuse("barcode", "barcode_of_other_title", name=state.name)
            return state
        return self._by_record(row, held) or self._by_description(row, held)

    def _by_record(self, row: Judged, held: MarcHoldings) -> TitleState | None:
        """By the record's number. A number that means another work is none: vendors begin anew with each delivery."""
        key = row.values["control"]
        if not key:
            return None
        states = [self._by_control[key]] if key in self._by_control else []
        states += [state for pk in held.by_control.get(key, []) if (state := self._state(held.titles[pk], held))]
        if (own := held.titles.get(held.own.get(key, 0))) and (state := self._state(own, held)):
            states.append(state)
        number = held.by_number.get(key.rpartition(":")[2])
        if number and same_name(number["name"]) == same_name(row.values["name"]):
            states += [state] if (state := self._state(number, held)) else []
        return next((state for state in states if self._is_same_book(row.values, state, held)), None)

    def _is_same_book(self, values: Values, state: TitleState, held: MarcHoldings) -> bool:
        """Whether a record of the same number still speaks of the same book: the same author is not enough."""
        given, known = same_name(values["name"]), same_name(state.name)
        if state.row or given == known:
            return given == known
        has_isbn = bool(values.get("isbn")) and values["isbn"] == held.titles[state.pk]["isbn"]
        return has_isbn or given in known or known in given or SequenceMatcher(None, given, known).ratio() >= 0.5

    def _by_description(self, row: Judged, held: MarcHoldings) -> TitleState | None:
        values = row.values
        mark, isbn = values["fingerprint"], values.get("isbn")
        if not isbn:
            found = self._by_fingerprint.get(mark) or self._state(held.by_fingerprint.get(mark), held)
            return None if found and self._is_other_record(values, found, held) else found
        key = isbn, same_name(values["name"])
        states = [state for title in held.by_isbn.get(key, []) if (state := self._state(title, held))]
        states += [state for state in self._by_isbn.get(key, []) if state not in states]
        fitting = [state for state in states if self._is_same_part(values, state, held)]
        if len(fitting) > 1:
            row.refuse("isbn", "ambiguous", count=len(fitting))
        return fitting[0] if fitting else None

    def _is_other_record(self, values: Values, state: TitleState, held: MarcHoldings) -> bool:
        """Books without an ISBN that are told apart by nothing but their records' numbers."""
        known = held.records.get(state.pk)
        key = state.number if state.is_new else known.control_key if known else ""
        return bool(values["control"] and key and values["control"] != key)

    def _is_same_part(self, values: Values, state: TitleState, held: MarcHoldings) -> bool:
        title = self._writes.new_titles.get(state.pk) or held.titles.get(state.pk, {})
        return all(values.get(field, usual) == title.get(field, usual) for field, usual in _TELLING.items())

    def _new_record(self, row: Judged) -> TitleState:
        values = row.values
        state = self._new_title(row)
        state.number = values["control"]
        self._by_fingerprint.setdefault(values["fingerprint"], state)
        if values["control"]:
            self._by_control.setdefault(values["control"], state)
        self._writes.keep_record(state.pk, values["record"])
        return state

    def _follow_record(self, row: Judged, state: TitleState, held: MarcHoldings) -> dict[str, list[Any]]:
        """The columns that the record adds or brings up to date, as {field: [old, new]}."""
        values, title, known = row.values, held.titles[state.pk], held.records.get(state.pk)
        given = values["record"]
        is_later = known is None or not known.control_key or known.control_key == values["control"]
        if known and (known.fields == given["fields"] and known.leader == given["leader"]):
            return {}
        before = _said_before(known) if known and is_later else {}
        changes = {
            field: [title[field], values[field]]
            for field in TITLE_FIELDS
            if field in values and values[field] != title[field] and _may_follow(field, title[field], before)
        }
        if changes:
            self._writes.change_title({**title, **{field: new for field, (_old, new) in changes.items()}}, seen=title)
            self._changed.append(state.pk)
        if is_later:
            self._writes.keep_record(state.pk, given)
            changes["record"] = [len(known.fields) if known else 0, len(given["fields"])]
        return changes


_TELLING = {"part": "", "material": "book"}


def _may_follow(field: str, held: Any, before: Values) -> bool:
    """Whether a column is still blank, or still what the record had said."""
    usual = USUAL.get(field, "")
    is_blank = held in ("", usual)
    return is_blank or (field not in _ON_THE_BOOK and held == before.get(field, usual))


def _said_before(known: MarcRecord) -> Values:
    try:
        return read_title(make_record(known.leader, known.fields), known.format, local=True)
    except MarcProblem:
        return {}
