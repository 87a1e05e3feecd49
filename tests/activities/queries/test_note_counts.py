"""How many notes: by class and week, by pupil, against what is asked for."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.queries.note_counts import class_counts, own_count, pupil_counts, teacher_counts, weeks_of
from activities.queries.quotas import quota_of
from library_site.shared.reference import current_reference
from readers.models import ClassMembership, Semester
from readers.queries.classes import classes_on
from tests.factories.notes import make_note, make_quota
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def semester(db):
    make_school()
    make_school_year()
    make_class(), make_class(2024, 2)
    return Semester.objects.select_related("school_year").get(number=1)


def counts(semester):
    reference = current_reference()
    rows = class_counts(classes_on(reference, TODAY), semester, reference, TODAY)
    return {row.school_class.name: row for row in rows}


def named(name):
    return next(row for row in classes_on(current_reference(), TODAY) if row.name == name)


def test_weeks_begin_on_mondays_and_end_with_this_one(semester):
    weeks = weeks_of(semester, TODAY)
    assert (weeks[0], weeks[1], weeks[-1]) == (date(2026, 8, 31), date(2026, 9, 7), date(2026, 11, 16))


def test_notes_count_on_their_day_in_the_class_of_that_day(semester):
    pupil = make_reader(school_class=make_class())
    make_note(pupil, make_class(), written_on=date(2026, 9, 7))
    make_note(pupil, make_class(), written_on=date(2026, 9, 13))
    make_note(pupil, make_class(), written_on=date(2026, 8, 31))  # before the semester
    make_note(pupil, make_class(), state="draft")
    make_note(pupil, make_class(2024, 2), written_on=date(2026, 9, 14), state="marked")
    make_note(None, make_class(), written_on=date(2026, 9, 8), state="marked")  # of somebody erased
    ClassMembership.objects.update(school_class=make_class(2024, 2))
    rows = counts(semester)
    assert (rows["三(1)班"].notes, rows["三(1)班"].weeks[:3], rows["三(1)班"].waiting) == (3, [0, 3, 0], 2)
    assert (rows["三(2)班"].notes, rows["三(2)班"].weeks[:3], rows["三(2)班"].waiting) == (1, [0, 0, 1], 0)


def test_class_is_held_against_what_each_pupil_owes(semester):
    make_quota(4, stage="primary", from_position=3, to_position=4)
    pupils = [make_reader(school_class=make_class()) for _number in range(2)]
    for pupil in (pupils[0], pupils[0], pupils[1]):
        make_note(pupil, make_class())
    row = counts(semester)["三(1)班"]
    assert (row.pupils, row.asked, row.per_pupil, row.reached) == (2, 4, Decimal("1.50"), Decimal("37.50"))


def test_class_without_an_amount_reaches_nothing_rather_than_all(semester):
    make_reader(school_class=make_class())
    row = counts(semester)["三(1)班"]
    assert (row.asked, row.reached, row.per_pupil) == (None, None, Decimal("0.00"))


@pytest.mark.parametrize(("year", "expected"), [(2025, None), (2026, 8), (2027, 10)])
def test_latest_amount_for_the_fewest_grades_holds(semester, year, expected):
    make_quota(4)
    make_quota(6, stage="primary")
    make_quota(8, stage="primary", from_position=3, to_position=3)
    make_quota(10, from_year=2027)
    make_quota(12, category="teacher")
    found = quota_of(current_reference(), start_year=year, school_class=named("三(1)班"))
    assert (found.notes if found else None) == expected


def test_pupils_of_today_with_what_they_wrote_in_the_class(semester):
    make_quota(2)
    first, second = (make_reader(name, school_class=make_class()) for name in ("张三", "李四"))
    for _number in range(3):
        make_note(first, make_class(), written_on=date(2026, 11, 2))
    make_note(second, make_class(2024, 2))  # while in another class
    rows = pupil_counts(named("三(1)班"), semester, current_reference(), TODAY)
    assert [(row.reader, row.notes, row.missing, row.last_on) for row in rows] == [
        (first, 3, 0, date(2026, 11, 2)),
        (second, 0, 2, None),
    ]


def test_teachers_owe_their_own_amount(semester):
    make_quota(3, category="teacher")
    teacher = make_reader("陈老师", category="teacher")
    make_note(teacher)
    assert [(row.reader, row.notes, row.missing) for row in teacher_counts(semester, current_reference())] == [
        (teacher, 1, 2)
    ]
    assert own_count(teacher, None, semester, current_reference()).missing == 2


def test_classes_are_counted_by_as_many_statements_for_three_as_for_one(semester):
    def statements():
        reference = current_reference()
        rows = classes_on(reference, TODAY)
        with CaptureQueriesContext(connection) as captured:
            class_counts(rows, semester, reference, TODAY)
        return len(captured)

    make_note(make_reader(school_class=make_class()), make_class())
    statements()
    few = statements()
    for number in (2, 3):
        make_note(make_reader(school_class=make_class(2023, number)), make_class(2023, number))
    current_reference(), statements()
    assert statements() == few
