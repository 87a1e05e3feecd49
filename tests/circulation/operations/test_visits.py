"""Counting visits, and taking a wrong one back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from circulation.models import Visit
from circulation.operations.visits import Lesson, Place, take_back_period, visit_by_card, visit_of_class, void_visit
from library_site.shared.problems import Refused
from tests.factories.catalog import make_location
from tests.factories.readers import make_class, make_reader

HALL, SCREENS = Place(), Place(is_electronic=True)


def minutes(number):
    return timedelta(minutes=number)


def card(library, reader, after=0, place=HALL, **options):
    return visit_by_card(
        reader_id=reader.pk, place=place, by=library.librarian, at=library.noon + minutes(after), **options
    )


def come(library, after=0, heads=38, place=HALL, **options):
    options.setdefault("class_id", library.school_class.pk)
    return visit_of_class(
        heads=heads, place=place, by=library.librarian,
        at=library.noon + minutes(after), **options,
    )  # fmt: skip


@pytest.mark.cases("VI-1")
def test_card_counts_with_class_and_category(library):
    reader = make_reader(school_class=library.school_class)
    visit = card(library, reader).visit
    assert (visit.kind, visit.category, visit.school_class, visit.heads) == ("card", "student", library.school_class, 1)


@pytest.mark.cases("VI-2")
def test_card_read_twice_counts_once_and_again_after_a_while(library):
    reader = make_reader()
    outcomes = [card(library, reader, after).is_new for after in (0, 9, 11)]
    assert outcomes == [True, False, True]
    assert Visit.objects.count() == 2


def test_card_counts_in_each_place(library):
    reader = make_reader()
    assert [card(library, reader, 0, place).is_new for place in (HALL, SCREENS)] == [True, True]


@pytest.mark.cases("VI-3")
def test_card_of_a_pupil_whose_class_was_counted_is_not_counted_again(library):
    come(library)
    pupil, other = make_reader(school_class=library.school_class), make_reader(school_class=make_class(2024, 2))
    assert not card(library, pupil, 20).is_new
    assert card(library, pupil, 40).is_new
    assert card(library, other, 20).is_new


def test_card_taken_back_counts_again(library):
    reader = make_reader()
    void_visit(visit_id=card(library, reader).visit.pk, at=library.noon)
    assert card(library, reader, 1).is_new


@pytest.mark.cases("VI-6")
def test_card_of_who_has_left_is_refused(library):
    with pytest.raises(Refused) as refused:
        card(library, make_reader(status="left"))
    assert [problem.code for problem in refused.value.problems] == ["reader_left"]


@pytest.mark.cases("VI-4")
def test_same_scan_sent_again_counts_once(library):
    reader, scan = make_reader(), uuid4()
    first, second = (card(library, reader, 0, scan_id=scan) for _again in range(2))
    assert (first, second.is_new, Visit.objects.count()) == (second, True, 1)
    scan = uuid4()
    assert come(library, scan_id=scan) == come(library, scan_id=scan)


@pytest.mark.cases("VI-7")
def test_class_counted_twice_is_refused_until_the_first_is_taken_back(library):
    first = come(library)
    with pytest.raises(Refused) as refused:
        come(library, after=30)
    assert [problem.code for problem in refused.value.problems] == ["class_counted"]
    void_visit(visit_id=first.pk, at=library.noon)
    assert come(library, heads=40).heads == 40


def test_class_comes_again_an_hour_later(library):
    come(library)
    come(library, after=60)
    assert Visit.objects.filter(voided_at=None).count() == 2


@pytest.mark.cases("VI-8")
def test_period_of_a_counted_class_becomes_that_visit(library):
    teacher = make_reader(category="teacher")
    counted = come(library, scan_id=uuid4())
    period = come(library, after=-5, heads=39, lesson=Lesson(teacher.pk, "语文", "《草房子》"))
    assert (period.pk, period.kind, period.heads, period.at) == (counted.pk, "period", 39, counted.at)
    assert (period.teacher, period.what, period.scan_id) == (teacher, "《草房子》", counted.scan_id)
    with pytest.raises(Refused):
        come(library, lesson=Lesson(teacher.pk))


@pytest.mark.cases("VI-12")
def test_period_taken_back_leaves_what_the_desk_had_counted(library):
    teacher, other = make_reader(category="teacher"), make_class(2024, 2)
    come(library, place=Place(room_id=make_location(name="二楼").pk), scan_id=uuid4())
    taken_over = come(library, lesson=Lesson(teacher.pk, "语文", "《草房子》"))
    own = come(library, class_id=other.pk, lesson=Lesson(teacher.pk))
    for visit in (taken_over, own):
        for _twice in range(2):
            take_back_period(visit_id=visit.pk, at=library.noon)
    rows = Visit.objects.order_by("pk").values_list("kind", "teacher", "what", "room__name", "voided_at")
    assert list(rows) == [("class", None, "", "二楼", None), ("period", teacher.pk, "", None, library.noon)]


@pytest.mark.cases("VI-9")
def test_void_twice_keeps_the_first_time(library):
    visit = come(library)
    for after in (1, 2):
        void_visit(visit_id=visit.pk, at=library.noon + minutes(after))
    visit.refresh_from_db()
    assert visit.voided_at == library.noon + minutes(1)
