"""Decides what becomes of each row of holdings: which title it means, and which copies it asks for.

A title is matched, in this order, by the school's own number, by the barcode or accession number of one of its
copies, by the row itself (the same words were imported before), by ISBN together with the title. Never by the title
alone: rows that say nothing but a title are each a title of their own. The first row of a title in the sheet speaks
for the title, further rows only bring copies; so the same sheet again changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from catalog.imports.fields import DEFAULT_LOCATION
from catalog.imports.lookup import TITLE_FIELDS, Holdings, Record
from catalog.imports.reading import TITLE_TEXT, same_name
from catalog.imports.writing import Writes
from catalog.models import Location
from library_site.imports.fields import Judged, Values
from library_site.models import ImportRow, ImportRun, School, User

Verdict = ImportRow.Verdict
_NAMING = (*(field for field in TITLE_TEXT if field != "name"), "published", "isbn", "clc_number")


@dataclass(slots=True)
class TitleState:
    """A title of this sheet: `wanted` copies so far by the rows read, `have` in the library or about to be."""

    pk: int
    name: str
    number: str
    row: int
    is_new: bool
    wanted: int = 0
    have: int = 0
    held: int = 0  # copies in the library before this sheet


class HoldingsPlan:
    """See `library_site.imports.fields.Plan`."""

    def __init__(self, run: ImportRun, *, keep: bool) -> None:
        self._writes = self._make_writes(run, keep=keep)
        self._default_copies = int(run.options.get("default_copies", 1))
        school = School.objects.first()
        self._digits = school.barcode_digits if school else 0
        self._locations = set(Location.objects.values_list("name", flat=True))
        self._default_location = run.options.get("location") or self._first_location()
        self._new_locations: dict[str, int] = {}
        self._by_pk: dict[int, TitleState] = {}
        self._by_number: dict[str, TitleState] = {}
        self._by_fingerprint: dict[str, TitleState] = {}
        self._by_isbn: dict[tuple[str, str], list[TitleState]] = {}
        self._codes: dict[str, int] = {}  # barcodes and accession numbers of this sheet -> row
        self._bare: dict[str, int] = {}  # how often a row with nothing but a title has come
        self._changed: list[int] = []  # titles whose words change, to be found by their new ones
        self._titles = self._copies = 0

    def _make_writes(self, run: ImportRun, *, keep: bool) -> Writes:
        return Writes(run.pk, keep=keep)

    def judge(self, rows: Sequence[Judged]) -> None:
        for row in rows:
            self._number_bare_rows(row.values)
        held = Holdings([row.values for row in rows], digits=self._digits)
        for row in rows:
            self._judge_row(row, held)
        self._writes.flush()

    def counts(self) -> dict[str, Any]:
        return {
            "titles": self._titles,
            "copies": self._copies,
            "locations": self._new_locations,
            "changed_titles": self._changed,
        }

    def write(self, *, at: datetime, by: User | None) -> None:
        self._writes.write(at=at)

    def _first_location(self) -> str:
        first = Location.objects.order_by("-circulates", "pk").values_list("name", flat=True).first()
        return first or DEFAULT_LOCATION

    def _number_bare_rows(self, values: Values) -> None:
        """The second row with the same lone title is another title: its fingerprint says so."""
        if values.get("school_number") or any(values.get(field) for field in _NAMING) or "bare" in values:
            return
        values["bare"] = True
        mark = values["fingerprint"]
        self._bare[mark] = self._bare.get(mark, 0) + 1
        if self._bare[mark] > 1:
            values["fingerprint"] = f"{mark[:30]}#{self._bare[mark]}"

    def _judge_row(self, row: Judged, held: Holdings) -> None:
        row.values.pop("known", None)
        copy = self._copy_of(row, held)
        if row.is_bad:
            return
        state = self._known_title(row, held, copy)
        if row.is_bad:
            return
        is_first = state is None or state.row == 0
        if state is None:
            state = self._new_title(row)
        row.values["changes"] = self._change_title(row, state, held) if is_first and not state.is_new else {}
        state.row = state.row or row.number
        made = self._take_copies(row, state, copy)
        row.values["makes"] = made
        self._copies += made
        if (is_first and state.is_new) or (made and (state.is_new or _names_copy(row.values))):
            row.verdict = Verdict.NEW
        else:
            row.verdict = Verdict.CHANGED if made or row.values["changes"] else Verdict.SAME

    # Copies that are named by their number

    def _copy_of(self, row: Judged, held: Holdings) -> Record | None:
        """The copy this row names, if the library has it."""
        barcode, number = row.values.get("barcode"), row.values.get("accession_number")
        for field, code in (("barcode", barcode), ("accession_number", number)):
            if code and code in self._codes and self._codes[code] != row.number:
                row.refuse(field, "barcode_twice", row=self._codes[code])
        by_barcode = held.by_barcode.get(barcode or number or "")
        if barcode and not by_barcode and (padded := held.with_zeros(barcode)):
            row.refuse("barcode", "zeros_lost", example=padded)
        by_number = held.by_accession.get(number or barcode or "")
        if by_barcode and by_number and by_barcode["pk"] != by_number["pk"]:
            row.refuse("barcode", "barcode_and_accession_differ")
        if by_barcode and not by_number and number:
            row.refuse("accession_number", "accession_differs", number=by_barcode["accession_number"])
        return by_barcode or by_number

    def _take_copies(self, row: Judged, state: TitleState, copy: Record | None) -> int:
        """Counts the copies the row asks for; returns how many have to be made."""
        values = row.values
        if not _names_copy(values):
            state.wanted += values.get("copies", self._default_copies)
            missing = max(0, state.wanted - state.have)
            if missing:
                self._number_copies(state, missing, values)
            state.have += missing
            return missing
        self._codes.update(
            {code: row.number for code in (values.get("barcode"), values.get("accession_number")) if code}
        )
        state.wanted += 1
        if copy is not None:
            values["changes"] |= self._change_copy(values, copy)
            return 0
        barcode = values.get("barcode") or values["accession_number"]
        self._writes.add_copy(state.pk, barcode, values.get("accession_number") or barcode, self._copy_values(values))
        state.have += 1
        return 1

    def _number_copies(self, state: TitleState, missing: int, values: Values) -> None:
        had = None if state.is_new else state.held
        self._writes.number_copies(state.pk, missing, self._copy_values(values), had=had)

    def _copy_values(self, values: Values) -> Values:
        location = values.get("location") or self._default_location
        self._note_location(location)
        return {**values, "location": location}

    def _note_location(self, name: str) -> None:
        if name not in self._locations:
            self._new_locations[name] = self._new_locations.get(name, 0) + 1
            self._writes.locations.add(name)

    def _change_copy(self, values: Values, copy: Record) -> dict[str, list[str]]:
        fields = ("barcode", "volume", "location", "price", "source", "acquired_on")
        changes = {
            field: [copy[field], values[field]] for field in fields if values.get(field, copy[field]) != copy[field]
        }
        if values.get("barcode") in copy["former"]:
            changes.pop("barcode", None)
        if changes:
            if "location" in changes:
                self._note_location(values["location"])
            self._writes.change_copy({**copy, **{field: new for field, (_old, new) in changes.items()}}, seen=copy)
        return changes

    # Titles

    def _known_title(self, row: Judged, held: Holdings, copy: Record | None) -> TitleState | None:
        """The title this row means, from earlier rows or the library; None for a new one; may refuse the row."""
        values = row.values
        number = values.get("school_number", "")
        by_number = self._by_number.get(number) or self._state(held.by_number.get(number), held) if number else None
        if by_number and not self._is_same_work(values, by_number, held):
            if by_number.row:
                row.refuse("school_number", "number_twice", row=by_number.row)
            else:
                row.refuse("school_number", "number_of_other_title", name=by_number.name)
            return None
        if copy is not None:
            by_copy = self._state(held.titles[copy["title_id"]], held)
            assert by_copy is not None
            is_other = by_number.pk != by_copy.pk if by_number else not self._is_same_work(values, by_copy, held)
            if is_other or (number and by_copy.number not in ("", number)):
                row.refuse("barcode", "barcode_of_other_title", name=by_copy.name)
            return by_copy
        return by_number or self._by_words(row, held, number)

    def _by_words(self, row: Judged, held: Holdings, number: str) -> TitleState | None:
        mark = row.values["fingerprint"]
        state = self._by_fingerprint.get(mark) or self._state(held.by_fingerprint.get(mark), held)
        if state and (not number or (state.number in ("", number) and not state.is_new)):
            row.values["known"] = True
            return state
        isbn = row.values.get("isbn")
        if not isbn:
            return None
        key = isbn, same_name(row.values["name"])
        states = [found for title in held.by_isbn.get(key, []) if (found := self._state(title, held))]
        states += [state for state in self._by_isbn.get(key, []) if state not in states]
        fitting = [state for state in states if not number or (state.number in ("", number) and not state.is_new)]
        if len(fitting) > 1:
            row.refuse("isbn", "ambiguous", count=len(fitting))
        return fitting[0] if fitting else None

    def _state(self, title: Record | None, held: Holdings) -> TitleState | None:
        if title is None:
            return None
        state = self._by_pk.get(title["pk"])
        if state is None:
            have = held.copies_of[title["pk"]]
            state = TitleState(
                title["pk"], title["name"], title["school_number"], 0, is_new=False, have=have, held=have
            )
            self._by_pk[state.pk] = state
        return state

    def _is_same_work(self, values: Values, state: TitleState, held: Holdings) -> bool:
        """A number that suddenly names quite another book is a slip, not a correction."""
        given, known = same_name(values["name"]), same_name(state.name)
        if given == known or (not state.row and (given in known or known in given)):
            return True
        if state.row:
            return False
        title = held.titles[state.pk]
        same = any(values.get(field) and values[field] == title[field] for field in ("isbn", "author"))
        return same or SequenceMatcher(None, given, known).ratio() >= 0.5

    def _new_title(self, row: Judged) -> TitleState:
        values = row.values
        number = values.get("school_number", "")
        state = TitleState(self._writes.add_title(values), values["name"], number, row.number, is_new=True)
        self._by_pk[state.pk] = state
        if number:
            self._by_number[number] = state
        else:
            self._by_fingerprint[values["fingerprint"]] = state
        if isbn := values.get("isbn"):
            self._by_isbn.setdefault((isbn, same_name(values["name"])), []).append(state)
        self._titles += 1
        return state

    def _change_title(self, row: Judged, state: TitleState, held: Holdings) -> dict[str, list[str]]:
        """The columns in which the row differs from its title. Known words bring nothing new but a number."""
        title = held.titles[state.pk]
        fields: Sequence[str] = ("school_number",) if row.values.get("known") else TITLE_FIELDS
        given = {field: row.values[field] for field in fields if field in row.values}
        changes = {field: [title[field], new] for field, new in given.items() if new != title[field]}
        if changes:
            # The number of the old class says nothing in the new one, where another title may bear it.
            left = {"book_number": ""} if "clc_number" in changes and "book_number" not in given else {}
            new = {field: value for field, (_old, value) in changes.items()}
            self._writes.change_title({**title, **left, **new}, seen=title)
            self._changed.append(state.pk)
            state.name = given.get("name", state.name)
        if number := given.get("school_number"):
            state.number = number
            self._by_number[number] = state
        return changes


def _names_copy(values: Values) -> bool:
    return bool(values.get("barcode") or values.get("accession_number"))
