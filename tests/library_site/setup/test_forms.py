from datetime import date, time

import pytest

from library_site.setup.plan import offered_year
from tests.factories.setup import OWN, first_start_form
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def errors(**changes):
    return set(first_start_form(**changes).errors)


def test_guide_as_offered_needs_only_what_the_school_alone_knows():
    assert errors(**dict.fromkeys(OWN, "")) == set(OWN)
    assert errors() == set()


def test_plan_of_the_page_as_offered():
    form = first_start_form()
    assert form.is_valid()
    plan = form.plan()
    assert plan.classes == {("primary", position): 2 for position in range(1, 7)}
    assert [(rule.category, rule.max_loans, rule.loan_days) for rule in plan.loan_rules] == [
        ("student", 2, 14),
        ("teacher", 10, 60),
        ("staff", 10, 60),
    ]
    assert [(span.weekday, span.opens) for span in plan.opening] == [(day, time(12)) for day in range(5)]
    assert plan.year.ends == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("today", "begins"),
    [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026), (date(2027, 1, 5), 2026)],
)
def test_offered_school_year_is_the_current_one_or_in_august_the_next(today, begins):
    assert offered_year(today).begins == date(begins, 9, 1)


def test_nine_year_school_of_the_five_four_system_has_grade_six_in_junior():
    form = first_start_form(stages=["junior", "primary"], system="5-4", grade_6=3)
    assert form.is_valid()
    plan = form.plan()
    assert plan.stages == ["primary", "junior"]
    assert plan.classes[("junior", 1)] == 3
    assert ("primary", 6) not in plan.classes
    assert ("senior", 1) not in plan.classes


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"stages": None}, "stages"),
        ({"first_ends": "2026-08-01"}, "first_ends"),
        ({"first_starts": "2026-08-20"}, "first_starts"),
        ({"second_starts": "2027-01-31"}, "second_starts"),
        ({"second_ends": "2027-09-05"}, "second_ends"),
        ({"second_ends": "31 July"}, "second_ends"),
        ({f"grade_{grade}": 0 for grade in range(1, 7)}, "grade_1"),
        ({"grade_2": 41}, "grade_2"),
        ({"student_books": -1}, "student_books"),
        ({"teacher_days": 0}, "teacher_days"),
        ({f"open_{day}": None for day in range(7)}, "open_0"),
        ({"closes_2": "11:00"}, "closes_2"),
        ({"opens_2": ""}, "closes_2"),
        ({"password_again": "reading-2027"}, "password_again"),
        ({"password": "1234567890", "password_again": "1234567890"}, "password"),
        ({"password": "short-26", "password_again": "short-26"}, "password"),
        ({"username": "reading-20261", "password": "reading-2026"}, "password"),
        ({"location": " "}, "location"),
    ],
)
def test_wrong_value_is_told_at_its_field(changes, field):
    assert errors(**changes) == {field}


def test_account_that_exists_is_refused_whatever_its_case():
    make_user(username="wang")
    assert errors(username="Wang") == {"username"}


def test_hours_of_a_closed_day_are_not_read():
    assert errors(opens_6="", closes_6="") == set()
