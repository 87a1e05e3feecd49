"""Due dates by what the school has entered."""

from datetime import date, time, timedelta

import pytest

from circulation.models import OpeningHours
from circulation.queries.due import after_recall, due_because, due_for
from circulation.queries.settings import open_days, options, policy_of
from circulation.rules.due import Because
from library_site.shared.reference import current_reference
from tests.factories.calendar import (
    make_closure,
    make_day_override,
    make_holiday_lending,
    make_recall_date,
    make_semester,
)
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_loan, make_policy
from tests.factories.readers import make_class, make_reader
from tests.factories.timetable import make_period

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 10, 12)
WINTER = date(2027, 1, 11)


def due_of(policy=None, *, lent_on=WINTER, category="student", school_class=None, **options):
    return due_for(
        current_reference(),
        category=category,
        class_id=school_class.pk if school_class else None,
        policy=policy or make_policy(loan_days=30, effective_from=date(2026, 9, 1), category=category),
        lent_on=lent_on,
        **options,
    )


@pytest.mark.cases("CO-26")
def test_recall_date_stops_what_would_be_due_later(library):
    make_recall_date(date(2027, 1, 22))
    assert due_of(school_class=library.school_class) == date(2027, 1, 22)


@pytest.mark.cases("CO-26")
def test_graduating_grade_is_recalled_earlier(library):
    make_recall_date(date(2027, 1, 22))
    make_recall_date(date(2027, 1, 15), graduating=True)
    last_grade = make_class(2021, 1)

    assert due_of(make_policy(loan_days=60, material="bound"), school_class=last_grade) == date(2027, 1, 15)
    assert due_of(make_policy(loan_days=60, material="av"), school_class=library.school_class) == date(2027, 1, 22)


@pytest.mark.cases("CO-27")
def test_holiday_lending_is_due_in_the_first_week_back(library):
    make_recall_date(date(2027, 1, 22))
    make_holiday_lending("student", date(2027, 1, 11))
    teacher = make_policy("teacher", material="bound", loan_days=30)

    assert due_of() == date(2027, 2, 10)
    assert due_of(teacher, category="teacher") == date(2027, 1, 22)
    # Lent before it was open.
    assert due_of(make_policy(loan_days=30, material="bound"), lent_on=date(2027, 1, 8)) == date(2027, 1, 22)


@pytest.mark.cases("CO-27")
def test_pupils_who_leave_keep_nothing_over_the_summer(library):
    summer = make_semester(2)
    make_recall_date(date(2027, 7, 2), semester=summer)
    make_holiday_lending("student", date(2027, 6, 21), semester=summer)
    policy = make_policy(loan_days=30, material="bound")

    assert due_of(policy, lent_on=date(2027, 6, 22), school_class=make_class(2021, 1)) == date(2027, 7, 2)
    # The next year is not entered: from the day after the school year on, as far as is known.
    assert due_of(policy, lent_on=date(2027, 6, 22), school_class=library.school_class) == date(2027, 9, 1)


def test_holidays_between_semesters_are_closed_without_being_entered(library):
    days = open_days(current_reference())
    assert not days.is_open(date(2027, 2, 3))
    assert not days.is_open(date(2027, 7, 14))
    assert due_of(lent_on=date(2027, 1, 5)) == date(2027, 2, 10)


def test_public_holidays_and_make_up_days_hold_until_the_school_says_otherwise(library):
    days = open_days(current_reference())
    assert not days.is_open(date(2026, 10, 1))
    assert days.is_open(date(2026, 10, 10))  # a Saturday
    make_day_override(date(2026, 10, 10), is_open=False)
    make_day_override(date(2026, 10, 7), is_open=True)

    days = open_days(current_reference())
    assert days.is_open(date(2026, 10, 7))
    assert not days.is_open(date(2026, 10, 10))


def test_hours_of_a_category_and_a_closure_of_a_room_count_for_them_only(library):
    room = make_location("阅览室")
    make_closure(MONDAY, location=room)
    OpeningHours.objects.create(category="student", weekday=1, opens=time(12), closes=time(13))
    reference = current_reference()

    assert open_days(reference, category="student").weekdays == {1}
    assert open_days(reference, category="teacher").weekdays == set(range(5))
    assert not open_days(reference, location_id=room.pk).is_open(MONDAY)
    assert open_days(reference).is_open(MONDAY)
    assert due_of(lent_on=MONDAY).weekday() == 1


def test_due_in_the_library_period_of_the_class(library):
    make_period(library.school_class, weekday=3)
    policy = make_policy(loan_days=7, material="bound", aligns_to_period=True)

    assert due_of(policy, lent_on=MONDAY, school_class=library.school_class) == date(2026, 10, 22)
    assert due_of(policy, lent_on=MONDAY, school_class=make_class(2023, 2)) == date(2026, 10, 19)
    assert due_of(policy, lent_on=MONDAY) == date(2026, 10, 19)


@pytest.mark.cases("CO-28")
def test_after_the_recall_date_nothing_is_lent_without_holiday_lending(library):
    make_recall_date(date(2027, 1, 15))
    asked = {"category": "student", "class_id": None, "lent_on": date(2027, 1, 18)}
    assert after_recall(current_reference(), **asked)
    make_holiday_lending("student", date(2027, 1, 11))
    assert not after_recall(current_reference(), **asked)


def test_reason_of_a_due_date_is_told(library):
    make_recall_date(date(2027, 1, 15))
    found = due_because(
        current_reference(), category="student", class_id=None, loan_days=30, aligns=False, lent_on=WINTER
    )
    assert found.because is Because.RECALL


def test_due_date_costs_no_statement_once_the_calendar_is_known(library, django_assert_num_queries):
    make_period(library.school_class, weekday=3)
    policy = make_policy(loan_days=7, material="bound", aligns_to_period=True)
    reference = current_reference()
    asked = {"category": "student", "class_id": library.school_class.pk, "policy": policy, "lent_on": MONDAY}
    due_for(reference, **asked)

    with django_assert_num_queries(0):
        due_for(reference, **{**asked, "lent_on": MONDAY + timedelta(1)})


def test_terms_of_a_loan_are_those_it_names_else_those_of_its_day(library):
    special = make_policy(material="bound", effective_from=date(2026, 9, 1))
    named = make_loan(policy=special)
    old = make_loan(reader=make_reader(category="teacher"), copy=make_copy("00000009"))
    reference = current_reference()

    assert policy_of(named, reference) == special
    assert policy_of(old, reference).category == "teacher"


def test_options_are_the_defaults_until_the_school_sets_some(library):
    assert options(current_reference()).pickup_days == 3
