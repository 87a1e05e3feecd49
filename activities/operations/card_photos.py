"""Photographs of cards: kept at once, without a name until somebody says whose card it is."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from activities.models import NoteFile, ReadingNote
from activities.operations.cards import NOT_A_CARD, OTHER_CLASS
from activities.operations.files import Upload, store_file
from activities.operations.notes import delete_note, tie_page
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import Reader
from readers.queries.scope import all_in_classes

State = ReadingNote.State


def add_photos(
    *, class_id: int, uploads: Sequence[Upload], kind: str, written_on: date, by: User, at: datetime
) -> tuple[list[ReadingNote], list[Problem]]:
    """Keeps each picture as a card without a name; what cannot be read is said and stops none of the others."""
    kept, problems = [], []
    for upload in uploads:
        try:
            kept.append(_add(class_id, upload, kind, written_on, by, at))
        except Refused as refusal:
            problems += [Problem(row.code, f"{upload.name}: {row.message}") for row in refusal.problems]
    return kept, problems


def name_photo(
    *, note_id: int, class_id: int, reader_id: int, today: date, mark: str = "", by: User, at: datetime
) -> ReadingNote:
    """Says whose card it is, or puts that right; with a mark it is marked, else it waits to be marked.

    Refused (`Refused`) for pupils of other classes, and for notes that were not photographed.
    """
    with transaction.atomic():
        note = _photo(note_id, class_id)
        if not all_in_classes([reader_id], [class_id], today):
            raise Refused([OTHER_CLASS])
        note.reader_id, note.saved_at = reader_id, at
        if note.state == State.DRAFT:
            note.state = State.HANDED_IN
        if mark:
            note.state, note.mark, note.marked_by, note.marked_at = State.MARKED, mark, by, at
        note.save()
    return note


def join_photo(*, note_id: int, to_id: int, class_id: int) -> ReadingNote:
    """Makes a photograph without a name the next page of another card of the class."""
    with transaction.atomic():
        page, note = _photo(note_id, class_id), _photo(to_id, class_id)
        if page.reader_id is not None or page.pk == note.pk:
            raise Refused([NOT_A_CARD])
        files = list(page.files.order_by("position").values_list("file", flat=True))
        NoteFile.objects.filter(note=page).delete()
        for file_id in files:
            tie_page(note, file_id)
        page.delete()
    return note


def drop_photo(*, note_id: int, class_id: int) -> None:
    """Deletes a photograph that has no name yet."""
    with transaction.atomic():
        note = _photo(note_id, class_id)
        if note.reader_id is not None:
            raise Refused([NOT_A_CARD])
        delete_note(note)


def _add(class_id: int, upload: Upload, kind: str, written_on: date, by: User, at: datetime) -> ReadingNote:
    with transaction.atomic():
        note = ReadingNote.objects.create(
            category=Reader.Category.STUDENT,
            school_class_id=class_id,
            kind=kind,
            written_on=written_on,
            source=ReadingNote.Source.PAPER,
            state=State.DRAFT,
            saved_at=at,
            by=by,
        )
        tie_page(note, store_file(upload=upload, by=by, at=at).pk)
    return note


def _photo(note_id: int, class_id: int) -> ReadingNote:
    rows = ReadingNote.objects.select_for_update(no_key=True).filter(source=ReadingNote.Source.PAPER)
    note: ReadingNote = rows.get(pk=note_id, school_class=class_id)
    return note
