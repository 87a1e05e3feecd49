"""Reading notes: marks, comments, giving back, and letting others read them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from activities.models import Consent, ReadingNote
from activities.queries.consents import consents_of
from activities.rules.notes import NOT_HANDED_IN, showing_problems
from library_site.models import User
from library_site.shared.problems import Refused

State, Shown = ReadingNote.State, ReadingNote.Shown


@dataclass(frozen=True)
class Verdict:
    """What the teacher says of a note; `proposed` for the wall, `gives_back` to be improved."""

    mark: str = ""
    comment: str = ""
    is_best: bool = False
    proposed: bool = False
    gives_back: bool = False


def mark_note(*, note_id: int, verdict: Verdict, by: User, at: datetime) -> ReadingNote:
    """Marks a note, or marks it anew. One that is given back is nobody's to read until it is handed in again.

    Refused (`Refused`) for drafts.
    """
    with transaction.atomic():
        note = ReadingNote.objects.select_for_update(no_key=True).get(pk=note_id)
        if note.state == State.DRAFT:
            raise Refused([NOT_HANDED_IN])
        note.state = State.RETURNED if verdict.gives_back else State.MARKED
        note.mark, note.comment = verdict.mark, verdict.comment
        note.is_best = verdict.is_best and not verdict.gives_back
        note.shown = _shown(note, verdict)
        note.marked_by, note.marked_at = by, at
        note.save()
    return note


def show_note(*, note_id: int, where: str, today: date, by: User) -> ReadingNote:
    """Lets the class (`Shown.WALL`) or everybody (`Shown.SCHOOL`) read a note, or nobody any longer.

    Refused (`Refused`) for drafts, for what is empty, and for a pupil's note without a consent in force.
    """
    with transaction.atomic():
        note = ReadingNote.objects.select_for_update(no_key=True).get(pk=note_id)
        if where in (Shown.WALL, Shown.SCHOOL):
            readers = [note.reader_id] if note.reader_id else []
            consent = bool(consents_of(readers, Consent.What.WORKS, today))
            problems = showing_problems(note, pictures=note.files.count(), consent=consent)
            if problems:
                raise Refused(problems)
        note.shown, note.shown_by = where, by
        note.save(update_fields=["shown", "shown_by"])
    return note


def _shown(note: ReadingNote, verdict: Verdict) -> str:
    if verdict.gives_back:
        return Shown.PRIVATE
    if note.shown in (Shown.WALL, Shown.SCHOOL):
        return note.shown
    return Shown.PROPOSED if verdict.proposed else Shown.PRIVATE
