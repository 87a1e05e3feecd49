"""Writing a note: drafts, handing in, pictures."""

from datetime import date
from uuid import uuid4

import pytest

from activities.models import FileBytes, NoteFile, ReadingNote, StoredFile
from activities.operations.notes import (
    Written,
    add_pages,
    drop_draft,
    drop_page,
    hand_in,
    save_draft,
    writer_on,
)
from library_site.shared.problems import Refused
from readers.models import ClassMembership
from tests.factories.files import upload
from tests.factories.notes import AT, make_note
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 16)


@pytest.fixture
def pupil(db):
    make_school_year()
    return make_reader("张三", school_class=make_class(), account=make_user("student"))


def save(reader, key, **fields):
    written = Written(**{"kind": "note", "written_on": DAY, "book": "西游记", "text": "好看", **fields})
    return save_draft(key=key, writer=writer_on(reader, DAY), written=written, by=reader.account, at=AT)


def codes(caught):
    return [problem.code for problem in caught.value.problems]


def test_draft_that_is_saved_again_is_the_same_note(pupil):
    key = uuid4()
    first, second = save(pupil, key), save(pupil, key, text="好看，我要再读一遍")
    assert first.pk == second.pk
    note = ReadingNote.objects.get()
    assert (note.text, note.state, note.school_class, note.source) == (
        "好看，我要再读一遍",
        "draft",
        make_class(),
        "typed",
    )


def test_key_of_somebody_else_is_refused(pupil):
    key = uuid4()
    save(pupil, key)
    other = make_reader("李四", school_class=make_class(), account=make_user("student"))
    with pytest.raises(Refused) as caught:
        save(other, key, text="偷改")
    assert codes(caught) == ["closed"]
    assert ReadingNote.objects.get().text == "好看"


def test_note_counts_in_the_class_of_its_day(pupil):
    old, new = make_class(), make_class(2024, 2)
    ClassMembership.objects.filter(reader=pupil).update(since=date(2026, 9, 1), until=date(2026, 11, 1))
    ClassMembership.objects.create(reader=pupil, school_class=new, since=date(2026, 11, 1))
    assert writer_on(pupil, date(2026, 10, 31)).class_id == old.pk
    assert writer_on(pupil, date(2026, 11, 1)).class_id == new.pk
    assert writer_on(make_reader(category="teacher"), DAY).class_id is None


def test_handing_in_needs_a_book_and_something_to_read(pupil):
    note = save(pupil, uuid4(), book="", text=" ")
    with pytest.raises(Refused) as caught:
        hand_in(note_id=note.pk, reader_id=pupil.pk, at=AT)
    assert codes(caught) == ["no_book", "empty"]
    note = save(pupil, note.key, text=" ")
    add_pages(note_id=note.pk, reader_id=pupil.pk, uploads=[upload()], by=pupil.account, at=AT)
    assert hand_in(note_id=note.pk, reader_id=pupil.pk, at=AT).state == "handed_in"


def test_what_was_handed_in_is_closed_until_it_is_given_back(pupil):
    note = make_note(pupil, make_class(), key=(key := uuid4()))
    for act in (
        lambda: save(pupil, key),
        lambda: hand_in(note_id=note.pk, reader_id=pupil.pk, at=AT),
        lambda: drop_draft(note_id=note.pk, reader_id=pupil.pk),
        lambda: add_pages(note_id=note.pk, reader_id=pupil.pk, uploads=[upload()], by=pupil.account, at=AT),
    ):
        with pytest.raises(Refused):
            act()
    ReadingNote.objects.update(state="returned")
    assert save(pupil, key, text="改好了").text == "改好了"
    with pytest.raises(Refused):
        drop_draft(note_id=note.pk, reader_id=pupil.pk)
    assert hand_in(note_id=note.pk, reader_id=pupil.pk, at=AT).state == "handed_in"


def test_dropped_draft_leaves_no_picture_behind(pupil):
    note = save(pupil, uuid4())
    add_pages(note_id=note.pk, reader_id=pupil.pk, uploads=[upload(), upload()], by=pupil.account, at=AT)
    first = NoteFile.objects.filter(note=note).order_by("position").first()
    drop_page(note_id=note.pk, reader_id=pupil.pk, file_id=first.file_id)
    assert list(NoteFile.objects.values_list("position", flat=True)) == [2]
    assert StoredFile.objects.count() == 1
    for _click in range(2):
        drop_draft(note_id=note.pk, reader_id=pupil.pk)
    assert (ReadingNote.objects.count(), StoredFile.objects.count(), FileBytes.objects.count()) == (0, 0, 0)


def test_picture_that_cannot_be_read_is_said_and_loses_nothing(pupil):
    note = save(pupil, uuid4())
    uploads = [upload(b"no picture at all, and no text \x00"), upload()]
    problems = add_pages(note_id=note.pk, reader_id=pupil.pk, uploads=uploads, by=pupil.account, at=AT)
    assert len(problems) == 1
    assert note.files.count() == 1


def test_note_of_somebody_else_is_not_found(pupil):
    note = save(pupil, uuid4())
    with pytest.raises(ReadingNote.DoesNotExist):
        hand_in(note_id=note.pk, reader_id=make_reader().pk, at=AT)
