"""Who has borrowed nothing."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from reports.queries.idle import pupils_without_loans
from tests.factories.circulation import make_box, make_loan
from tests.factories.readers import make_class, make_reader, make_school_year

pytestmark = pytest.mark.django_db
SINCE, TODAY = date(2026, 9, 1), date(2026, 10, 9)


@pytest.fixture
def school_class():
    make_school_year(2026)
    return make_class()


def names(school_class):
    found = pupils_without_loans([school_class.pk], since=SINCE, today=TODAY)
    return [pupil.name for pupil in found[school_class.pk]]


def lend(reader, day=date(2026, 9, 7), **fields):
    at = timezone.make_aware(datetime.combine(day, time(12)))
    return make_loan(reader=reader, lent_at=at, **fields)


def test_whoever_took_a_book_home_or_from_the_corner_is_not_among_them(school_class):
    home, corner, idle = (make_reader(name, school_class=school_class) for name in ("甲", "乙", "丙"))
    lend(home, returned_at=timezone.now())
    lend(corner, kind="corner", box=make_box(school_class=school_class))
    make_reader("丁", school_class=make_class(number=2))
    assert names(school_class) == [idle.name]


def test_undone_loan_use_in_the_room_and_last_semesters_loan_are_nothing(school_class):
    undone, room, before = (make_reader(name, school_class=school_class) for name in ("甲", "乙", "丙"))
    lend(undone, voided_at=timezone.now())
    lend(room, kind="room")
    lend(before, date(2026, 8, 31))
    assert names(school_class) == ["甲", "乙", "丙"]


def test_loan_of_the_first_day_counts_from_its_first_minute(school_class):
    reader = make_reader(school_class=school_class)
    make_loan(reader=reader, lent_at=timezone.make_aware(datetime.combine(SINCE, time())))
    assert names(school_class) == []


def test_loan_in_the_former_class_counts_for_the_pupil(school_class):
    reader = make_reader(school_class=school_class, since=date(2026, 10, 1))
    lend(reader, school_class=make_class(number=2))
    assert names(school_class) == []


def test_who_left_is_not_among_them(school_class):
    make_reader(school_class=school_class, status="left", left_on=TODAY)
    assert names(school_class) == []


def test_missing_card_and_joining_late_are_said(school_class):
    make_reader("甲", school_class=school_class, card="T1")
    make_reader("乙", school_class=school_class, since=date(2026, 9, 20))
    pupils = pupils_without_loans([school_class.pk], since=SINCE, today=TODAY)[school_class.pk]
    assert [(pupil.has_card, pupil.joined) for pupil in pupils] == [(True, None), (False, date(2026, 9, 20))]


@pytest.mark.parametrize("number", [1, 3])
def test_one_statement_whatever_the_classes(school_class, number, django_assert_num_queries):
    classes = [make_class(number=place) for place in range(1, number + 1)]
    for one in classes:
        make_reader(school_class=one)
    with django_assert_num_queries(1):
        found = pupils_without_loans([one.pk for one in classes], since=SINCE, today=TODAY)
    assert [len(pupils) for pupils in found.values()] == [1] * number
