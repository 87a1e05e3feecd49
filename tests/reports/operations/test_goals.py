from decimal import Decimal

import pytest

from library_site.models import Role
from library_site.shared.problems import Refused
from reports.models import Goal, ReportOptions
from reports.operations.goals import GoalTerms, change_report_options, end_goal, set_goal
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db(transaction=True)
BOOKS = GoalTerms("books_per_student")


@pytest.fixture
def by():
    return make_user(Role.PRINCIPAL)


def set_to(target: int, by, terms: GoalTerms = BOOKS, from_year: int = 2026) -> Goal:
    return set_goal(terms=terms, target=Decimal(target), from_year=from_year, note="计划", by=by)


def rows() -> list[tuple[int, Decimal | None]]:
    return list(Goal.objects.order_by("from_year").values_list("from_year", "target"))


def test_goal_of_a_later_year_stands_beside_the_older_one(by):
    set_to(4, by)
    set_to(8, by, from_year=2027)
    assert rows() == [(2026, 4), (2027, 8)]


def test_goal_of_the_same_year_is_changed(by):
    set_to(4, by)
    set_to(6, by)
    assert rows() == [(2026, 6)]


def test_ended_goal_is_kept_for_the_years_before(by):
    goal = set_to(4, by)
    end_goal(goal_id=goal.pk, from_year=2027, by=by)
    assert rows() == [(2026, 4), (2027, None)]


def test_goal_ended_in_its_own_year_has_no_target_any_more(by):
    goal = set_to(4, by)
    end_goal(goal_id=goal.pk, from_year=2020, by=by)
    assert rows() == [(2026, None)]


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (GoalTerms("students"), "no_such_figure"),
        (GoalTerms("nonsense"), "no_such_figure"),
        (GoalTerms("circulation_rate"), "no_such_figure"),
        (GoalTerms("books_per_student", "copies"), "no_such_figure"),
        (GoalTerms("holdings_per_student", per="week"), "goal_period"),
        (GoalTerms("circulation_rate", "copies", stage="primary"), "goal_grades"),
    ],
)
def test_goal_that_makes_no_sense_is_refused(by, terms, code):
    with pytest.raises(Refused) as refused:
        set_to(4, by, terms)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert rows() == []


def test_options_are_made_at_the_first_change_and_kept(by):
    change_report_options(values={"circulation_rate": "borrowers"}, by=by)
    change_report_options(values={"snapshot_after_days": 20}, by=by)
    options = ReportOptions.objects.get()
    assert (options.circulation_rate, options.snapshot_after_days) == ("borrowers", 20)
