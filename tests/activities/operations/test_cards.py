"""Cards from paper: entered, corrected, taken back; photographed and named."""

from datetime import date
from uuid import uuid4

import pytest

from activities.models import FileBytes, ReadingNote
from activities.operations.card_photos import add_photos, drop_photo, join_photo, name_photo
from activities.operations.cards import Card, enter_card, take_back_card
from library_site.shared.problems import Refused
from tests.factories.files import upload
from tests.factories.notes import AT, make_note, make_photo
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 16)


@pytest.fixture
def teacher(db):
    make_school_year()
    return make_user("teacher")


@pytest.fixture
def pupil(teacher):
    return make_reader("张三", school_class=make_class())


@pytest.fixture
def stranger(teacher):
    return make_reader("赵六", school_class=make_class(2024, 2))


def enter(reader, by, key=None, **fields):
    return enter_card(
        key=key or uuid4(), class_id=make_class().pk, card=Card(reader.pk, DAY, **fields), today=DAY, by=by, at=AT
    )


def name(note, reader, by, **fields):
    return name_photo(
        note_id=note.pk, class_id=make_class().pk, reader_id=reader.pk, today=DAY, by=by, at=AT, **fields
    )  # fmt: skip


def test_card_is_a_marked_note_from_paper(teacher, pupil):
    note = enter(pupil, teacher, mark="优", book="西游记")
    assert (note.state, note.source, note.kind, note.mark, note.marked_by) == ("marked", "paper", "card", "优", teacher)
    assert (note.reader, note.school_class, note.category, note.by) == (pupil, make_class(), "student", teacher)


def test_card_sent_twice_is_one_and_a_correction_replaces_it(teacher, pupil):
    key = uuid4()
    enter(pupil, teacher, key, mark="优")
    enter(pupil, teacher, key, mark="良", book="西游记")
    note = ReadingNote.objects.get()
    assert (note.mark, note.book) == ("良", "西游记")


def test_second_card_of_a_pupil_on_a_day_counts_too(teacher, pupil):
    enter(pupil, teacher), enter(pupil, teacher)
    assert ReadingNote.objects.count() == 2


def test_pupil_of_another_class_is_refused(teacher, pupil, stranger):
    with pytest.raises(Refused) as caught:
        enter(stranger, teacher)
    assert [problem.code for problem in caught.value.problems] == ["other_class"]
    with pytest.raises(Refused):
        name(make_photo(make_class()), stranger, teacher)
    assert not ReadingNote.objects.filter(reader=stranger).exists()


def test_only_cards_entered_here_are_changed_or_taken_back(teacher, pupil):
    typed = make_note(pupil, make_class())
    other = make_note(make_reader(), make_class(2024, 2), source="paper", text="")
    for note in (typed, other, make_photo(make_class(), pupil)):
        with pytest.raises(Refused):
            take_back_card(key=note.key, class_id=make_class().pk)
        with pytest.raises(Refused):
            enter(pupil, teacher, note.key)
    assert ReadingNote.objects.count() == 3


def test_card_taken_back_is_gone_and_the_second_time_nothing_happens(teacher, pupil):
    note = enter(pupil, teacher)
    assert take_back_card(key=note.key, class_id=make_class().pk) is True
    assert take_back_card(key=note.key, class_id=make_class().pk) is False
    assert not ReadingNote.objects.exists()


def test_photographs_are_kept_without_names_and_a_bad_one_stops_none(teacher):
    uploads = [upload(), upload(b"\x00\x01", "坏.jpg"), upload()]
    kept, problems = add_photos(
        class_id=make_class().pk, uploads=uploads, kind="card", written_on=DAY, by=teacher, at=AT
    )
    assert [(note.reader, note.state, note.files.count()) for note in kept] == [(None, "draft", 1)] * 2
    assert ["坏.jpg" in str(problem.message) for problem in problems] == [True]


def test_naming_a_photograph_hands_it_in_and_a_mark_marks_it(teacher, pupil):
    assert name(make_photo(make_class()), pupil, teacher).state == "handed_in"
    marked = name(make_photo(make_class()), pupil, teacher, mark="优")
    assert (marked.state, marked.mark, marked.marked_by) == ("marked", "优", teacher)


def test_wrong_name_is_put_right(teacher, pupil):
    other = make_reader("李四", school_class=make_class())
    note = make_photo(make_class(), pupil)
    assert name(note, other, teacher).reader == other
    assert ReadingNote.objects.count() == 1


def test_next_page_joins_the_card_before_it(teacher, pupil):
    card, page = make_photo(make_class(), pupil), make_photo(make_class())
    join_photo(note_id=page.pk, to_id=card.pk, class_id=make_class().pk)
    assert list(card.files.order_by("position").values_list("position", flat=True)) == [1, 2]
    assert ReadingNote.objects.get() == card
    with pytest.raises(ReadingNote.DoesNotExist):
        join_photo(note_id=make_photo(make_class(2024, 2)).pk, to_id=card.pk, class_id=make_class().pk)


def test_named_photograph_is_not_thrown_away(teacher, pupil):
    with pytest.raises(Refused):
        drop_photo(note_id=make_photo(make_class(), pupil).pk, class_id=make_class().pk)
    drop_photo(note_id=make_photo(make_class()).pk, class_id=make_class().pk)
    assert (ReadingNote.objects.count(), FileBytes.objects.count()) == (1, 1)
