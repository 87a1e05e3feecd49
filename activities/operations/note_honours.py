"""The best notes of a semester get an honour each."""

from collections.abc import Collection
from datetime import date, datetime

from activities.models import Honour, ReadingNote
from activities.operations.honours import grant_honour
from activities.queries.notes import HANDED_IN
from library_site.audit import act
from library_site.models import User
from library_site.shared.reference import Reference
from readers.queries.classes import class_names_then


def honour_notes(
    *,
    note_ids: Collection[int],
    occasion: str,
    award: str,
    awarded_on: date,
    by: User,
    at: datetime,
    reference: Reference,
    address: str | None = None,
) -> list[Honour]:
    """Enters an honour for each of the notes, in the order of their classes; returns the new ones.

    A note that has this award of this occasion already is left out, so the same list may be sent again. Refused
    (`Refused`) without an award. Drafts and notes of people who were erased get none.
    """
    with act("honour_notes", by=by, address=address):
        rows = ReadingNote.objects.select_for_update(no_key=True, of=("self",)).select_related("reader", "title")
        notes = list(rows.filter(HANDED_IN, pk__in=note_ids, reader__isnull=False).order_by("school_class", "pk"))
        had = _had(notes, occasion, award)
        return [
            _grant(note, occasion, award, awarded_on, by, at, reference)
            for note in notes
            if (note.reader_id, work_of(note)) not in had
        ]


def work_of(note: ReadingNote) -> str:
    """What the certificate says the note is: its heading, else its book."""
    return (note.heading or (note.title.name if note.title else note.book))[:100].strip()


def _had(notes: list[ReadingNote], occasion: str, award: str) -> set[tuple[int | None, str]]:
    rows = Honour.objects.filter(occasion=occasion.strip(), award=award.strip(), revoked_on=None)
    return set(rows.filter(reader__in=[note.reader_id for note in notes]).values_list("reader", "work"))


def _grant(
    note: ReadingNote, occasion: str, award: str, awarded_on: date, by: User, at: datetime, reference: Reference
) -> Honour:
    assert note.reader is not None
    return grant_honour(
        occasion=occasion,
        award=award,
        awarded_on=awarded_on,
        name=note.reader.name,
        class_name=class_names_then(reference, note.written_on).get(note.school_class_id or 0, ""),
        reader_id=note.reader_id,
        school_class_id=note.school_class_id,
        work=work_of(note),
        by=by,
        at=at,
    )
