"""Visits in figures, and periods that were missed."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from circulation.operations.visits import Lesson, Place, visit_by_card, visit_of_class, void_visit
from circulation.queries.missed_periods import missed_periods
from circulation.queries.visits import visit_figures
from library_site.shared.reference import current_reference
from readers.models import Semester
from tests.circulation.conftest import SHANGHAI
from tests.factories.catalog import make_copy
from tests.factories.desk import lend, take_back
from tests.factories.readers import make_class, make_reader
from tests.factories.timetable import make_period

HALL = Place()


def autumn():
    return Semester.objects.get(number=1)


def at(day, hour, minute=0):
    return datetime(2026, 9, day, hour, minute, tzinfo=SHANGHAI)


def figures(today=date(2026, 9, 14)):
    return visit_figures(autumn(), current_reference(), today)


def come(library, when, heads=2, **options):
    options.setdefault("class_id", library.school_class.pk)
    options.setdefault("place", HALL)
    return visit_of_class(heads=heads, by=library.librarian, at=when, **options)


@pytest.mark.cases("VI-10")
def test_figures_count_people_once_and_the_electronic_room_apart(library):
    pupils = [make_reader(school_class=library.school_class) for _number in range(2)]
    teacher = make_reader(category="teacher")
    come(library, at(7, 10), lesson=Lesson(teacher.pk))
    come(library, at(8, 10), heads=30, place=Place(is_electronic=True))
    void_visit(visit_id=come(library, at(9, 10), heads=50).pk, at=at(9, 11))
    for reader in (pupils[0], teacher):
        visit_by_card(reader_id=reader.pk, place=HALL, by=library.librarian, at=at(14, 12))

    found = figures()

    row = found.classes[0]
    assert (row.name, row.students, row.card, row.with_class, row.times, row.electronic) == ("三(1)班", 2, 1, 2, 1, 30)
    assert (found.people, found.electronic, found.others, found.weeks) == (4, 30, 1, 3)
    assert (found.student_visits, found.per_student) == (3, Decimal("0.50"))
    assert [(one.periods, one.people, one.per_week) for one in found.teachers] == [(1, 2, Decimal("0.33"))]
    assert (found.teachers_in_all, found.per_teacher) == (1, Decimal("0.33"))
    assert found.by_week == [(1, 0), (2, 2), (3, 2)]
    assert [(one.day.day, one.card, one.with_class, one.electronic) for one in found.days] == [
        (14, 2, 0, 0),
        (8, 0, 0, 30),
        (7, 0, 2, 0),
    ]


def test_visit_late_in_the_evening_counts_on_its_own_day(library):
    come(library, at(7, 23, 59))
    assert [row.day for row in figures().days] == [date(2026, 9, 7)]


def test_figures_of_an_empty_semester_are_unknown_not_zero(library):
    found = figures()
    assert (found.people, found.per_student, found.per_teacher) == (0, None, None)


@pytest.mark.parametrize("number", [1, 3])
def test_figures_take_the_same_statements_for_any_number(library, number, django_assert_num_queries):
    for day in range(number):
        reader = make_reader(school_class=make_class(2024, day + 1))
        visit_by_card(reader_id=reader.pk, place=HALL, by=library.librarian, at=at(7 + day, 12))
    figures()
    reference, semester = current_reference(), autumn()
    with django_assert_num_queries(5):
        visit_figures(semester, reference, date(2026, 9, 14))


def missed(now=None):
    rows = missed_periods(current_reference(), autumn(), now or at(21, 13))
    return {row.name: (row.due, [one.day.day for one in row.missed]) for row in rows}


@pytest.mark.cases("TT-8")
def test_period_is_missed_where_nobody_came_in_its_time(library):
    make_period()
    come(library, at(14, 12, 0))
    come(library, at(21, 9, 0))  # another hour
    assert missed() == {"三(1)班": (3, [7, 21])}


@pytest.mark.cases("TT-8")
def test_period_is_held_by_a_loan_in_its_time_or_a_sheet_keyed_in_later(library, time_machine):
    make_period()
    pupil = make_reader(school_class=library.school_class)
    first, second = make_copy(), make_copy()
    for copy, when in ((first, at(7, 12, 55)), (second, at(14, 8))):
        time_machine.move_to(when)
        lend(copy, pupil, library.librarian, when)
    assert missed() == {"三(1)班": (3, [14, 21])}
    time_machine.move_to(at(22, 9))
    take_back(second, library.librarian, at(21, 8))
    assert missed(at(22, 13)) == {"三(1)班": (3, [14])}


def test_period_that_is_not_over_is_not_missed_yet(library):
    make_period()
    assert missed(at(14, 12, 30)) == {"三(1)班": (1, [7])}
    assert missed(at(1, 8)) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_missed_periods_take_one_statement(library, number, django_assert_num_queries):
    for place in range(number):
        make_period(make_class(2024, place + 1), weekday=place)
    missed()
    reference, semester = current_reference(), autumn()
    with django_assert_num_queries(1):
        missed_periods(reference, semester, at(21, 13) + timedelta(days=1))
