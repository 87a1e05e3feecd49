from datetime import date

import pytest

from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.models import Goal, ReportOptions
from reports.queries.settings import goal_for, goals_of, report_options
from tests.factories.readers import make_school_year

pytestmark = pytest.mark.django_db


def make_goal(target, from_year=2025, figure="books_per_student", **fields):
    return Goal.objects.create(figure=figure, target=target, from_year=from_year, **fields)


def semester(start_year: int) -> Semester:
    make_school_year(start_year)
    return Semester.objects.select_related("school_year").get(starts_on=date(start_year, 9, 1))


def targets(start_year: int) -> list[int]:
    return sorted(int(goal.target) for goal in goals_of(current_reference(), semester(start_year)))


def test_options_are_the_defaults_until_set():
    assert report_options(current_reference()).circulation_rate == "copies"
    ReportOptions.objects.create(pk=1, circulation_rate="borrowers")
    assert report_options(current_reference()).circulation_rate == "borrowers"


def test_goal_holds_until_a_newer_one_takes_its_place():
    make_goal(4)
    make_goal(8, from_year=2026)
    assert (targets(2024), targets(2025), targets(2026), targets(2027)) == ([], [4], [8], [8])


def test_goal_without_target_ends_the_one_before():
    make_goal(4)
    make_goal(None, from_year=2026)
    assert (targets(2025), targets(2026)) == ([4], [])


def test_goals_of_other_periods_and_grades_stand_beside_it():
    make_goal(4)
    make_goal(10, per="year")
    make_goal(6, stage="primary", from_position=5, to_position=6)
    assert targets(2025) == [4, 6, 10]
    goals = goals_of(current_reference(), semester(2025))
    assert goal_for(goals, "books_per_student").target == 4
    assert goal_for(goals, "books_per_student", "year").target == 10
    assert goal_for(goals, "books_per_student", "month") is None
    assert goal_for(goals, "books_per_student", variant="x") is None
