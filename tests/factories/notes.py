"""Reading notes and consents."""

from datetime import UTC, date, datetime

from activities.models import Consent, NoteFile, ReadingNote, ReadingQuota
from readers.models import Reader, SchoolClass
from tests.factories.files import make_file

DAY = date(2026, 11, 16)
AT = datetime(2026, 11, 16, 4, 0, tzinfo=UTC)


def make_note(reader: Reader | None, school_class: SchoolClass | None = None, **fields: object) -> ReadingNote:
    """A note that was handed in on 16 November 2026, typed and not marked yet."""
    values: dict[str, object] = {
        "category": reader.category if reader else Reader.Category.STUDENT,
        "book": "西游记",
        "text": "我最喜欢孙悟空。",
        "written_on": DAY,
        "source": ReadingNote.Source.TYPED,
        "state": ReadingNote.State.HANDED_IN,
        "saved_at": AT,
        **fields,
    }
    return ReadingNote.objects.create(reader=reader, school_class=school_class, **values)


def make_photo(school_class: SchoolClass, reader: Reader | None = None, **fields: object) -> ReadingNote:
    """A photographed card of a class, without a name unless one is given."""
    state = ReadingNote.State.HANDED_IN if reader else ReadingNote.State.DRAFT
    note = make_note(
        reader, school_class, **{"text": "", "book": "", "source": ReadingNote.Source.PAPER, "state": state, **fields}
    )
    NoteFile.objects.create(note=note, file=make_file())
    return note


def agree(reader: Reader, *whats: str, since: date = date(2026, 9, 1)) -> None:
    """The parents agreed: to works unless told otherwise."""
    for what in whats or (Consent.What.WORKS,):
        Consent.objects.create(reader=reader, what=what, given_on=since)


def make_quota(notes: int, **fields: object) -> ReadingQuota:
    return ReadingQuota.objects.create(notes=notes, **{"category": "student", "from_year": 2026, **fields})
