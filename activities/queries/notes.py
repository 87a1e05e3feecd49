"""Reading notes: one's own, those of a class, and who may read which."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.models import Consent, NoteFile, ReadingNote
from activities.queries.consents import in_force
from activities.queries.viewer import Viewer
from catalog.models.titles import long_columns
from readers.models import Reader
from readers.queries.scope import all_in_classes

State, Shown = ReadingNote.State, ReadingNote.Shown
HANDED_IN = Q(state=State.HANDED_IN) | Q(state=State.RETURNED) | Q(state=State.MARKED)
WAITING = Q(state=State.HANDED_IN)
PUPILS = Q(category=Reader.Category.STUDENT)
MOST_BEST = 500
_OUT = Q(shown=Shown.WALL) | Q(shown=Shown.SCHOOL)


def notes() -> QuerySet[ReadingNote]:
    """Notes with their reader and title."""
    rows = ReadingNote.objects.select_related("reader", "title")
    return rows.defer(*long_columns("title"))


def own_notes(reader_id: int) -> QuerySet[ReadingNote]:
    """What a reader wrote, the newest first."""
    return notes().filter(reader_id=reader_id).order_by("-written_on", "-pk")


def class_notes(class_id: int) -> QuerySet[ReadingNote]:
    """What pupils of a class handed in while they were in it, the oldest first; drafts are the writers' own."""
    rows = notes().filter(HANDED_IN, PUPILS, school_class=class_id, reader__isnull=False)
    return rows.order_by("written_on", "pk")


def unnamed_photos(class_id: int) -> QuerySet[ReadingNote]:
    """Photographs of a class's cards whose pupils are not named yet, in the order in which they came."""
    rows = ReadingNote.objects.filter(school_class=class_id, reader=None, state=State.DRAFT)
    return rows.filter(source=ReadingNote.Source.PAPER).order_by("pk")


def shown_notes(day: date) -> QuerySet[ReadingNote]:
    """What others may read on a day: released, and of pupils only with a consent that is in force on it."""
    agreed = Exists(in_force(day).filter(reader=OuterRef("reader"), what=Consent.What.WORKS))
    rows = notes().filter(_OUT, HANDED_IN, reader__isnull=False)
    return rows.filter(~PUPILS | agreed).order_by("-written_on", "-pk")


def proposed_notes() -> QuerySet[ReadingNote]:
    """What waits for somebody to decide whether others may read it, the oldest first."""
    rows = notes().filter(HANDED_IN, shown=Shown.PROPOSED, reader__isnull=False)
    return rows.order_by("written_on", "pk")


def best_notes(first: date, last: date) -> QuerySet[ReadingNote]:
    """What teachers called among the best between two days, class by class; a semester has some hundred at most."""
    rows = notes().filter(HANDED_IN, is_best=True, reader__isnull=False, written_on__range=(first, last))
    return rows.order_by("school_class", "written_on", "pk")[:MOST_BEST]


def pages_of(note_ids: list[int]) -> dict[int, list[NoteFile]]:
    """The photographs of these notes in their order. One statement."""
    found: dict[int, list[NoteFile]] = {}
    rows = NoteFile.objects.filter(note__in=note_ids).select_related("file").order_by("note", "position", "pk")
    for row in rows:
        found.setdefault(row.note_id, []).append(row)
    return found


@dataclass(frozen=True)
class Sight:
    """What somebody sees of one note: its name in full, and whether as its writer, teacher or librarian."""

    is_own: bool = False
    is_teacher: bool = False
    is_public: bool = False


def sight_of(note: ReadingNote, viewer: Viewer) -> Sight | None:
    """How this person may read the note; None for whoever may not know of it. At most two statements."""
    own = note.reader is not None and note.reader.account_id is not None and note.reader.account_id == viewer.user_id
    if own or _teaches(note, viewer):
        return Sight(is_own=own, is_teacher=not own)
    return Sight(is_public=True) if _is_out_for(note, viewer) else None


def _teaches(note: ReadingNote, viewer: Viewer) -> bool:
    """The librarian and the class teacher; a draft that is being written is theirs only on paper."""
    if note.state == State.DRAFT and note.source != ReadingNote.Source.PAPER:
        return False
    if viewer.is_librarian:
        return True
    return note.category == Reader.Category.STUDENT and note.school_class_id in viewer.led_classes


def _is_out_for(note: ReadingNote, viewer: Viewer) -> bool:
    if note.shown not in (Shown.WALL, Shown.SCHOOL) or not shown_notes(viewer.day).filter(pk=note.pk).exists():
        return False
    return note.shown == Shown.SCHOOL or _is_classmate(note, viewer)


def _is_classmate(note: ReadingNote, viewer: Viewer) -> bool:
    reader = Reader.objects.filter(account=viewer.user_id).first() if viewer.user_id else None
    return reader is not None and bool(
        note.school_class_id and all_in_classes([reader.pk], [note.school_class_id], viewer.day)
    )


def note_file_seen(file_id: int, viewer: Viewer) -> bool:
    """Whether the file is a page of a note that this person may read."""
    tied = NoteFile.objects.filter(file=file_id).values_list("note", flat=True).first()
    note = notes().filter(pk=tied).first() if tied else None
    return note is not None and sight_of(note, viewer) is not None
