"""The wall: notes that others may read, with the name that others may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from activities.models import Consent, NoteFile, ReadingNote
from activities.queries.consents import consents_of
from activities.queries.notes import Shown, pages_of, shown_notes
from activities.queries.settings import activity_options
from activities.rules.names import shown_name
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import class_names_then


@dataclass(frozen=True)
class WallCard:
    """A note on the wall; `name` as others may read it."""

    note: ReadingNote
    name: str
    class_name: str
    pages: Sequence[NoteFile]

    @property
    def book(self) -> str:
        return self.note.title.name if self.note.title else self.note.book


def school_wall(day: date) -> QuerySet[ReadingNote]:
    """What everybody may read."""
    return shown_notes(day).filter(shown=Shown.SCHOOL)


def class_wall(class_id: int, day: date) -> QuerySet[ReadingNote]:
    """What a class may read of its own pupils."""
    return shown_notes(day).filter(school_class=class_id)


def wall_cards(rows: Sequence[ReadingNote], reference: Reference, day: date) -> list[WallCard]:
    """The notes as cards. At most three statements: consents to names, pages, and class names from memory."""
    option = activity_options(reference).names
    agreed = consents_of([row.reader_id or 0 for row in rows], Consent.What.NAME, day)
    pages = pages_of([row.pk for row in rows])
    cards = []
    for row in rows:
        class_name = class_names_then(reference, row.written_on).get(row.school_class_id or 0, "")
        name = _name(row, option, consent=row.reader_id in agreed, class_name=class_name)
        cards.append(WallCard(row, name, class_name, pages.get(row.pk, [])))
    return cards


def _name(note: ReadingNote, option: str, *, consent: bool, class_name: str) -> str:
    """Teachers sign with their names; they put their notes up themselves."""
    if note.reader is None:
        return ""
    if note.category != Reader.Category.STUDENT:
        return note.reader.name
    return shown_name(note.reader.name, option, consent=consent, class_name=class_name)
