from datetime import date

import pytest

from library_site.shared.reference import current_reference
from readers.models import SchoolYear
from readers.queries.classes import class_names_on, classes_on, school_year_on, semester_on
from tests.factories.readers import make_class, make_school_year

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "start_year"),
    [
        (date(2026, 9, 1), 2026),
        (date(2026, 8, 31), 2025),
        (date(2027, 8, 31), 2026),
        (date(2029, 1, 1), 2026),  # nobody has entered the next year yet
        (date(2020, 1, 1), 2025),  # before the first year that was entered
    ],
)
def test_school_year_on_day(day, start_year):
    make_school_year(2025)
    make_school_year(2026)

    assert school_year_on(current_reference(), day).start_year == start_year


def test_school_year_between_two_years_is_the_one_before():
    SchoolYear.objects.create(start_year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 7, 10))
    SchoolYear.objects.create(start_year=2026, starts_on=date(2026, 9, 1), ends_on=date(2027, 7, 10))

    assert school_year_on(current_reference(), date(2026, 8, 1)).start_year == 2025


@pytest.mark.parametrize(
    ("day", "year", "number"),
    [
        (date(2026, 9, 1), 2026, 1),
        (date(2027, 2, 9), 2026, 1),  # winter holidays
        (date(2027, 2, 10), 2026, 2),
        (date(2027, 8, 1), 2026, 2),  # summer holidays
        (date(2020, 1, 1), 2025, 1),
    ],
)
def test_semester_on_day(day, year, number):
    make_school_year(2025)
    make_school_year(2026)

    semester = semester_on(current_reference(), day)

    assert (semester.school_year.start_year, semester.number) == (year, number)


def test_nothing_entered_gives_no_year_no_semester_no_class():
    make_class()
    reference = current_reference()

    day = date(2026, 9, 1)
    assert school_year_on(reference, day) is None
    assert semester_on(reference, day) is None
    assert classes_on(reference, day) == []


def test_classes_on_day_come_by_stage_grade_and_number():
    make_school_year(2026)
    for entry_year, number, stage in [(2026, 10, "primary"), (2026, 2, "primary"), (2025, 1, "primary")]:
        make_class(entry_year, number, stage)
    make_class(2026, 1, "junior")

    names = [row.name for row in classes_on(current_reference(), date(2026, 10, 1))]

    assert names == ["一(2)班", "一(10)班", "二(1)班", "七(1)班"]


def test_classes_on_day_leave_out_those_gone_and_those_to_come():
    make_school_year(2026)
    make_class(2020, 1)  # left in summer 2026
    make_class(2021, 1)
    make_class(2027, 1)

    assert [row.name for row in classes_on(current_reference(), date(2026, 10, 1))] == ["六(1)班"]


def test_class_names_include_those_gone():
    make_school_year(2026)
    gone, present = make_class(2020, 1), make_class(2021, 1)

    names = class_names_on(current_reference(), date(2026, 10, 1))

    assert names == {gone.pk: "2020级1班", present.pk: "六(1)班"}


def test_classes_on_day_ask_the_database_once(django_assert_num_queries):
    make_school_year(2026)
    make_class()
    classes_on(current_reference(), date(2026, 10, 1))

    with django_assert_num_queries(1):
        classes_on(current_reference(), date(2026, 10, 1))
