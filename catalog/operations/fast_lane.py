"""The fast lane (回溯建库): a book is one ISBN or title and the label just stuck on; both orders are understood.

Nothing is written before the label is there: then the title, if it is new, and its copy in one transaction. So a scan
that is sent again finds its own label and records nothing twice, and whoever stops half-way leaves nothing behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from catalog.models import Copy, MarcRecord, Title
from catalog.operations.copies import make_copies, remove_copy, taken_meanwhile
from catalog.operations.numbering import hold_numbers
from catalog.operations.titles import insert_title, locked_title
from catalog.queries.barcodes import bearers
from catalog.queries.copy_cataloguing import copied_values
from catalog.queries.fast_lane import title_of, titles_of_isbn, volume_to_come
from catalog.queries.related import tables_about
from catalog.queries.search import Hit, search_titles
from catalog.rules.barcodes import Bearer, taken
from catalog.rules.fast_lane import Kind, Read, read_code
from catalog.rules.sets import volume_prices
from catalog.rules.titles import TITLE_COLUMNS, tidied, title_problems
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

MOST_HITS = 6
MADE_WITH_IT = {"marcrecord"}  # what comes and goes with a title that is made here


class Tone(Enum):
    """The colour and the sound of an answer."""

    OPENED = "opened"
    ADDED = "added"
    NOTICE = "notice"
    REFUSED = "refused"


@dataclass(frozen=True)
class Lane:
    """What stays filled in: where the copies go, and whether one title takes label after label."""

    location_id: int
    batch_id: int | None = None
    source: str = Copy.Source.UNKNOWN
    acquired_on: date | None = None
    several: bool = False


@dataclass(frozen=True)
class State:
    """How the page stands: a title open, or being typed (`draft`); a label that waits; the title entered last."""

    title_id: int | None = None
    draft: Mapping[str, Any] | None = None
    label: str = ""
    last_id: int | None = None
    volume: str = ""


@dataclass(frozen=True)
class Person:
    """Who enters, when and from where."""

    by: User | None
    at: datetime
    address: str | None = None


@dataclass(frozen=True)
class Answer:
    """What the page shows and how it stands afterwards; `title` or `draft` is open, `label` waits."""

    tone: Tone
    message: Any
    title: Title | None = None
    draft: Mapping[str, Any] | None = None
    label: str = ""
    copy: Copy | None = None
    made_title: bool = False
    choices: Sequence[Title] = ()
    hits: Sequence[Hit] = ()
    words: str = ""  # what may be searched for, or begin a new title
    problems: Sequence[Problem] = ()
    hint: str = ""
    next_volume: str = ""
    again: Title | None = None  # one key adds another copy of it
    is_kept: bool = False  # what is open stays as it is on the page: somebody may be typing there


def take_scan(*, code: str, typed: bool, state: State, lane: Lane, who: Person) -> Answer:
    """Does what the code means as the page stands; refusals are answers too, and leave the page as it was."""
    wants_label = state.title_id is not None or state.draft is not None
    read = read_code(code, typed=typed, wants_label=wants_label)
    return _STEPS[read.kind](read, state, lane, who)


def open_title(*, title_id: int, state: State, lane: Lane, who: Person) -> Answer:
    """Opens a title that was chosen; a label that waits is its copy at once."""
    title = title_of(title_id)
    if title is None:
        return _refused(state, Problem("gone", _("This is no longer on record.")))
    return _opened(title, state, lane, who)


def begin_title(*, values: Mapping[str, Any], state: State) -> Answer:
    """A title that is not held: its words are typed, and written with its first copy."""
    return Answer(Tone.OPENED, _("New title"), draft=values, label=state.label, hint=_unfinished(state))


def _isbn(read: Read, state: State, lane: Lane, who: Person) -> Answer:
    if state.draft is not None and state.draft.get("name"):
        return _draft_waits(read, state)
    titles = titles_of_isbn(read.text)
    if len(titles) == 1:
        return _opened(titles[0], state, lane, who)
    if titles:
        return Answer(Tone.NOTICE, _("Which of these?"), choices=titles, label=state.label)
    answer = begin_title(values={"isbn": read.text}, state=state)
    return replace(answer, message=_("Not held yet: type its title"))


def _draft_waits(read: Read, state: State) -> Answer:
    """A title half typed is not lost to the next book's ISBN; the same book's ISBN joins it."""
    assert state.draft is not None
    if state.draft.get("isbn") in (read.text, "", None):
        draft = {**state.draft, "isbn": read.text}
        return Answer(Tone.OPENED, _("Now scan the label"), draft=draft, label=state.label)
    text = _("《%(title)s》 has no label yet.") % {"title": state.draft["name"]}
    return _refused(state, Problem("draft_waits", text, _("Scan its label, or press Esc to drop it.")))


def _bad_isbn(read: Read, state: State, lane: Lane, who: Person) -> Answer:
    text = _("%(code)s is no ISBN: its check digit does not fit.") % {"code": read.text}
    return _refused(state, Problem("isbn_wrong", text, _("Scan again, or type the title.")))


def _label(read: Read, state: State, lane: Lane, who: Person) -> Answer:
    if bearer := bearers([read.text]).get(read.text):
        return _taken(bearer, state)
    if state.title_id is None and state.draft is None:
        return _keep_label(read.text, state)
    return _enter(read.text, state, lane, who)


def _taken(bearer: Bearer, state: State) -> Answer:
    title = _title_of_copy(bearer.copy_id) if bearer.kind == "copy" else None
    is_free = state.title_id is None and state.draft is None
    if title is not None and is_free:
        return Answer(Tone.NOTICE, _("This label is in the catalogue"), again=title, label=state.label)
    if title is not None and title.pk == state.title_id:
        message = _("This label is on this title already")
        return replace(_standing(state), tone=Tone.NOTICE, message=message, is_kept=True)
    return _refused(state, replace(taken(bearer), way_out=_("Take another label.")))


def _title_of_copy(copy_id: int | None) -> Title | None:
    copy = Copy.objects.only("title").filter(pk=copy_id or 0).first()
    return title_of(copy.title_id) if copy else None


def _keep_label(label: str, state: State) -> Answer:
    message = _("Label %(label)s: now scan the ISBN") % {"label": label}
    return Answer(Tone.NOTICE, message, label=label, again=title_of(state.last_id), words=label)


def _words(read: Read, state: State, lane: Lane, who: Person) -> Answer:
    if state.draft is not None and state.draft.get("name"):
        return _draft_waits(Read(Kind.ISBN, read.text), state)
    found = search_titles(read.text, limit=MOST_HITS)
    if not found.hits:
        answer = begin_title(values={"name": read.text}, state=state)
        return replace(answer, message=_("Not held yet: new title"))
    return Answer(Tone.NOTICE, _("Which of these?"), hits=found.hits, words=read.text, label=state.label)


def _opened(title: Title, state: State, lane: Lane, who: Person) -> Answer:
    chosen = replace(state, title_id=title.pk, draft=None, volume=volume_to_come(title))
    if state.label:
        return _enter(state.label, chosen, lane, who)
    hint = _unfinished(state) if state.title_id != title.pk else ""
    return replace(_standing(chosen), message=_("Now scan the label"), hint=hint)


def _unfinished(state: State) -> str:
    """Names the book that is left without a label, so that nobody shelves it so."""
    title = title_of(state.title_id) if state.title_id != state.last_id else None
    return _("《%(title)s》 got no label.") % {"title": title.name} if title else ""


def _enter(label: str, state: State, lane: Lane, who: Person) -> Answer:
    try:
        copy, made = enter_copy(label=label, state=state, lane=lane, who=who)
    except Refused as refusal:
        # A label that is free still belongs to the book in the hand: mended, it is entered without a second scan.
        kept = "" if any(problem.field == "barcode" for problem in refusal.problems) else label
        return replace(_refused(state, *refusal.problems), label=kept)
    stays = copy.title if lane.several else None
    volume = volume_to_come(copy.title) if stays else ""
    return Answer(Tone.ADDED, _("Entered"), title=stays, copy=copy, made_title=made, next_volume=volume)


def enter_copy(*, label: str, state: State, lane: Lane, who: Person) -> tuple[Copy, bool]:
    """Writes the copy, and its title where that is new; returns the copy and whether its title was made for it.

    Two who type the same new ISBN at once make one title. Refused like `add_copies` and `add_title`.
    """
    try:
        with act("fast_lane", by=who.by, address=who.address):
            hold_numbers()
            title, made = _title_for(state)
            values = {
                "location_id": lane.location_id,
                "batch_id": lane.batch_id,
                "source": lane.source,
                "acquired_on": lane.acquired_on,
                "barcode_label_at": who.at,
            }
            volumes = [state.volume] if state.volume else []
            prices = volume_prices(title.price, volumes, of=title.volumes)
            (copy,) = make_copies(title.pk, [label], count=1, prices=prices, volumes=volumes, values=values)
            copy.title = title
            return copy, made
    except IntegrityError as error:
        raise Refused(taken_meanwhile(error, [label])) from error


def _title_for(state: State) -> tuple[Title, bool]:
    if state.draft is None:
        return locked_title(state.title_id or 0), False
    isbn = state.draft.get("isbn")
    same = titles_of_isbn(isbn) if isbn else []
    if len(same) == 1:
        return locked_title(same[0].pk), False
    values = dict(state.draft)
    record = str(values.pop("record", ""))
    return insert_title(values={**_copied(record), **_typed(values)}, record=record), True


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None)}


def _copied(record: str) -> dict[str, Any]:
    """What another library's record says beyond the few fields of the draft; what we cannot take is left out."""
    said = copied_values(record) if record else {}
    known = tidied({name: value for name, value in said.items() if name in TITLE_COLUMNS})
    return {name: value for name, value in known.items() if not title_problems({name: value})}


def take_back(*, copy_id: int, made_title: bool, who: Person) -> Title:
    """Undoes an entry: the copy goes, and a title that was made for it and has nothing else. Refused with history."""
    with act("take_back_entry", by=who.by, address=who.address):
        title = Copy.objects.select_related("title").get(pk=copy_id).title
        remove_copy(copy_id)
        if made_title and set(tables_about(title)) <= MADE_WITH_IT:
            MarcRecord.objects.filter(title=title.pk).delete()
            Title.objects.filter(pk=title.pk).delete()
        return title


def _standing(state: State) -> Answer:
    """The page as it stands."""
    title = title_of(state.title_id)
    volume = state.volume or (volume_to_come(title) if title else "")
    return Answer(Tone.OPENED, "", title=title, draft=state.draft, label=state.label, next_volume=volume)


def _refused(state: State, *problems: Problem) -> Answer:
    stays = _standing(state)
    return replace(stays, tone=Tone.REFUSED, message=_("Not entered"), problems=problems, is_kept=True)


_STEPS = {Kind.ISBN: _isbn, Kind.BAD_ISBN: _bad_isbn, Kind.LABEL: _label, Kind.WORDS: _words}
