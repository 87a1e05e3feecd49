"""Cards on paper, entered by the class teacher or the librarian: forty in one go, each saved at its Enter."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.models import ReadingNote
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import Reader
from readers.queries.scope import all_in_classes

OTHER_CLASS = Problem("other_class", _("This pupil is not in the class."))
NOT_A_CARD = Problem("not_a_card", _("This note was not entered here."))


@dataclass(frozen=True)
class Card:
    """What is entered of a card: often no more than that it was written, with a mark."""

    reader_id: int
    written_on: date
    kind: str = ReadingNote.Kind.CARD
    mark: str = ""
    title_id: int | None = None
    book: str = ""


def enter_card(*, key: UUID, class_id: int, card: Card, today: date, by: User, at: datetime) -> ReadingNote:
    """One card of a pupil, read and marked; sent again under the same key it is corrected, not doubled.

    Refused (`Refused`) for pupils who are not in the class today, and for a key of something else.
    """
    with transaction.atomic():
        if not all_in_classes([card.reader_id], [class_id], today):
            raise Refused([OTHER_CLASS])
        values = _values(card, class_id, by, at)
        note, is_new = ReadingNote.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
            key=key, defaults=values | {"by": by}
        )
        if not is_new:
            _require_card(note, class_id)
            for name, value in values.items():
                setattr(note, name, value)
            note.save(update_fields=list(values))
    return note


def take_back_card(*, key: UUID, class_id: int) -> bool:
    """Deletes a card that was entered by mistake; returns False if it is gone already. Refused for other notes."""
    with transaction.atomic():
        note = ReadingNote.objects.select_for_update(no_key=True).filter(key=key).first()
        if note is None:
            return False
        _require_card(note, class_id)
        note.delete()
    return True


def _values(card: Card, class_id: int, by: User, at: datetime) -> dict[str, object]:
    return {
        "reader_id": card.reader_id,
        "category": Reader.Category.STUDENT,
        "school_class_id": class_id,
        "kind": card.kind,
        "written_on": card.written_on,
        "mark": card.mark,
        "title_id": card.title_id,
        "book": card.book,
        "source": ReadingNote.Source.PAPER,
        "state": ReadingNote.State.MARKED,
        "marked_by": by,
        "marked_at": at,
        "saved_at": at,
    }


def _require_card(note: ReadingNote, class_id: int) -> None:
    """Only what was entered from paper here, without words or pictures of its own, is changed or taken back."""
    of_class = note.school_class_id == class_id and note.source == ReadingNote.Source.PAPER
    if not of_class or note.text or note.files.exists():
        raise Refused([NOT_A_CARD])
