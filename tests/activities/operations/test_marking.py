"""Marks, giving back, and who may read a note."""

from datetime import date

import pytest

from activities.models import Consent, ReadingNote
from activities.operations.marking import Verdict, mark_note, show_note
from activities.queries.wall import class_wall, school_wall
from library_site.shared.problems import Refused
from tests.factories.notes import AT, agree, make_note
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
Shown = ReadingNote.Shown


@pytest.fixture
def teacher(db):
    make_school_year()
    return make_user("teacher")


@pytest.fixture
def pupil(teacher):
    return make_reader("张三", school_class=make_class())


def mark(note, by, **fields):
    return mark_note(note_id=note.pk, verdict=Verdict(**fields), by=by, at=AT)


def show(note, where, by):
    return show_note(note_id=note.pk, where=where, today=DAY, by=by)


def test_mark_and_comment_are_kept_with_who_gave_them(teacher, pupil):
    note = mark(make_note(pupil, make_class()), teacher, mark="优", comment="很好", is_best=True, proposed=True)
    assert (note.state, note.mark, note.comment, note.is_best) == ("marked", "优", "很好", True)
    assert (note.shown, note.marked_by, note.marked_at) == ("proposed", teacher, AT)


def test_what_is_given_back_is_nobodys_to_read(teacher, pupil):
    agree(pupil)
    note = make_note(pupil, make_class(), shown=Shown.WALL)
    note = mark(note, teacher, gives_back=True, is_best=True, proposed=True, comment="写长一点")
    assert (note.state, note.shown, note.is_best) == ("returned", "private", False)


def test_draft_is_not_marked(teacher, pupil):
    with pytest.raises(Refused):
        mark(make_note(pupil, make_class(), state="draft"), teacher, mark="优")


def test_marking_again_takes_nothing_off_the_wall(teacher, pupil):
    note = mark(make_note(pupil, make_class(), shown=Shown.SCHOOL), teacher, mark="良")
    assert note.shown == Shown.SCHOOL


@pytest.mark.parametrize("where", [Shown.WALL, Shown.SCHOOL])
def test_nothing_of_a_pupil_is_shown_without_consent(teacher, pupil, where):
    note = make_note(pupil, make_class())
    with pytest.raises(Refused) as caught:
        show(note, where, teacher)
    assert [problem.code for problem in caught.value.problems] == ["no_consent"]
    agree(pupil, Consent.What.NAME)  # to something else
    with pytest.raises(Refused):
        show(note, where, teacher)
    agree(pupil)
    assert show(note, where, teacher).shown == where


def test_teachers_show_their_own_notes_without_a_guardian(teacher):
    note = make_note(make_reader("陈老师", category="teacher"))
    show(note, Shown.SCHOOL, teacher)
    assert list(school_wall(DAY)) == [note]


@pytest.mark.parametrize(
    ("fields", "code"), [({"state": "draft"}, "not_handed_in"), ({"text": " "}, "nothing_to_show")]
)
def test_draft_and_empty_note_are_not_shown(teacher, pupil, fields, code):
    agree(pupil)
    with pytest.raises(Refused) as caught:
        show(make_note(pupil, make_class(), **fields), Shown.WALL, teacher)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_withdrawn_consent_takes_the_note_off_both_walls_at_once(teacher, pupil):
    agree(pupil)
    note = show(make_note(pupil, make_class()), Shown.SCHOOL, teacher)
    assert list(school_wall(DAY)) == list(class_wall(make_class().pk, DAY)) == [note]
    Consent.objects.update(withdrawn_on=DAY)
    assert list(school_wall(DAY)) == list(class_wall(make_class().pk, DAY)) == []


def test_note_of_an_erased_pupil_hangs_nowhere(teacher, pupil):
    agree(pupil)
    show(make_note(pupil, make_class()), Shown.SCHOOL, teacher)
    ReadingNote.objects.update(reader=None)
    assert not school_wall(DAY).exists()
