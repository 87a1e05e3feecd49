"""Writing notes: drafts that save themselves, handing in, throwing away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from activities.models import NoteFile, ReadingNote
from activities.operations.files import Upload, delete_files, store_file
from activities.rules.drafts import ELSEWHERE, is_known
from activities.rules.notes import CLOSED, hand_in_problems, may_change
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import ClassMembership, Reader


@dataclass(frozen=True)
class Written:
    """What stands in a note."""

    kind: str
    written_on: date
    title_id: int | None = None
    book: str = ""
    heading: str = ""
    text: str = ""


@dataclass(frozen=True)
class Writer:
    """Whose note it is: category and class as of its day."""

    reader_id: int
    category: str
    class_id: int | None


def writer_on(reader: Reader, day: date) -> Writer:
    """The reader with the class of that day; before the first one, with the present one. One statement."""
    stays = list(ClassMembership.objects.filter(reader=reader).order_by("since").values_list("school_class", "since"))
    begun = [class_id for class_id, since in stays if since <= day] or [class_id for class_id, _since in stays[-1:]]
    student = reader.category == Reader.Category.STUDENT
    return Writer(reader.pk, reader.category, begun[-1] if begun and student else None)


def save_draft(
    *, key: UUID, writer: Writer, written: Written, bases: Collection[str] | None = None, by: User, at: datetime
) -> ReadingNote:
    """Keeps what was written so far: a new draft the first time, the same one from then on.

    Refused (`Refused`) once it has been handed in and not given back, for somebody else's key, and, where `bases` are
    the texts that the window knows, for another text.
    """
    with transaction.atomic():
        note, is_new = ReadingNote.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
            key=key, defaults=_values(writer, written, by, at) | {"state": ReadingNote.State.DRAFT}
        )
        if note.reader_id != writer.reader_id or not may_change(note):
            raise Refused([CLOSED])
        if not is_new and bases is not None and not is_known(note.text, bases):
            raise Refused([ELSEWHERE])
        if not is_new:
            _write(note, _values(writer, written, by, at) | {"source": note.source})
    return note


def hand_in(*, note_id: int, reader_id: int, at: datetime) -> ReadingNote:
    """The teacher may read it from now on. Refused without a book, and where there is neither text nor picture."""
    with transaction.atomic():
        note = _changeable(note_id, reader_id)
        problems = hand_in_problems(note, pictures=note.files.count())
        if problems:
            raise Refused(problems)
        _write(note, {"state": ReadingNote.State.HANDED_IN, "saved_at": at})
    return note


def drop_draft(*, note_id: int, reader_id: int) -> None:
    """Throws an own draft away with its pictures; twice is once. Refused for what was handed in once."""
    with transaction.atomic():
        try:
            note = _changeable(note_id, reader_id)
        except ReadingNote.DoesNotExist:
            return
        if note.state != ReadingNote.State.DRAFT:
            raise Refused([CLOSED])
        delete_note(note)


def add_pages(*, note_id: int, reader_id: int, uploads: Sequence[Upload], by: User, at: datetime) -> list[Problem]:
    """Adds photographs behind those that the note has; returns what was said of pictures that cannot be read."""
    problems: list[Problem] = []
    with transaction.atomic():
        note = _changeable(note_id, reader_id)
        for upload in uploads:
            try:
                tie_page(note, store_file(upload=upload, by=by, at=at).pk)
            except Refused as refusal:
                problems += refusal.problems
    return problems


def drop_page(*, note_id: int, reader_id: int, file_id: int) -> None:
    """Takes a photograph off an own note that may still be changed."""
    with transaction.atomic():
        note = _changeable(note_id, reader_id)
        untied, _counts = note.files.filter(file=file_id).delete()
        if untied:
            delete_files([file_id])


def tie_page(note: ReadingNote, file_id: int) -> NoteFile:
    """Puts a stored picture behind the pages of the note."""
    last = note.files.order_by("-position").values_list("position", flat=True).first() or 0
    return NoteFile.objects.create(note=note, file_id=file_id, position=last + 1)


def delete_note(note: ReadingNote) -> None:
    """Deletes a note with its pictures; part of the caller's transaction."""
    files = list(note.files.values_list("file", flat=True))
    note.files.all().delete()
    delete_files(files)
    note.delete()


def _changeable(note_id: int, reader_id: int) -> ReadingNote:
    note = ReadingNote.objects.select_for_update(no_key=True).get(pk=note_id, reader=reader_id)
    if not may_change(note):
        raise Refused([CLOSED])
    return note


def _values(writer: Writer, written: Written, by: User, at: datetime) -> dict[str, object]:
    return {
        "reader_id": writer.reader_id,
        "category": writer.category,
        "school_class_id": writer.class_id,
        "kind": written.kind,
        "title_id": written.title_id,
        "book": written.book,
        "heading": written.heading,
        "text": written.text,
        "written_on": written.written_on,
        "source": ReadingNote.Source.TYPED,
        "saved_at": at,
        "by": by,
    }


def _write(note: ReadingNote, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(note, name, value)
    note.save(update_fields=list(values))
