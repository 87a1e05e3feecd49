from decimal import Decimal

import pytest

from reports.models import Goal
from reports.rules.goals import Means, covers, unreachable, words_of

NAMES = {("primary", n): name for n, name in enumerate("一二三四五六", start=1)}


def goal(figure: str, target: str | None, variant: str = "", per: str = "semester", **grades) -> Goal:
    return Goal(figure=figure, variant=variant, per=per, target=target and Decimal(target), from_year=2026, **grades)


def means(**more) -> Means:
    """The school of the domain's example: 200 pupils, 4,000 copies to lend."""
    given = {"students": {("primary", 3): 150, ("primary", 4): 50}, "circulating_copies": 4000, "copies_held": 5000}
    return Means(**{**given, "loan_days": 14, "max_loans": 2, **more})


def test_circulation_rate_of_a_full_library_is_out_of_reach_with_the_sum_in_words():
    given = means(books_goals={"semester": Decimal(4)})
    (reason,) = unreachable(goal("circulation_rate", "80", "copies"), given)
    assert "4,000" in reason
    assert "人均借16.00册" in reason
    assert "人均4.00册的目标，只能达到20.00%" in reason


def test_without_a_goal_for_books_the_most_that_schools_plan_is_taken():
    (reason,) = unreachable(goal("circulation_rate", "80", "copies"), means())
    assert "12.00册，也只有60.00%" in reason
    assert unreachable(goal("circulation_rate", "60", "copies"), means()) == []


def test_circulation_rate_of_a_month_is_measured_by_a_month_of_reading():
    assert unreachable(goal("circulation_rate", "12", "copies", per="month"), means()) == []
    assert unreachable(goal("circulation_rate", "14", "copies", per="month"), means())


@pytest.mark.parametrize("figure", ["borrowing_rate", "weekly_borrowing_rate", "card_coverage", "utilisation"])
def test_share_above_everybody_is_impossible(figure):
    small = means(circulating_copies=100)
    assert "该指标不可能超过100%。" in unreachable(goal(figure, "101"), small)
    assert unreachable(goal(figure, "100"), small) == []


def test_loans_that_the_books_cannot_give_are_counted_out():
    (reason,) = unreachable(goal("books_per_student", "8"), means(circulating_copies=100))
    assert reason == "需外借1,600册次。流通藏书100册，借期14天，即使一直在外，也只有1,000册次。"
    assert unreachable(goal("books_per_student", "5"), means(circulating_copies=100)) == []


def test_loan_rule_that_allows_fewer_books_is_named():
    (reason,) = unreachable(goal("books_per_student", "21"), means())
    assert reason == "人均需借21.00册。按每次2册、借期14天，最多约可借20册。"
    assert unreachable(goal("books_per_student", "20"), means()) == []
    assert unreachable(goal("books_per_student", "21"), means(max_loans=None, loan_days=None)) == []


def test_holdings_goal_says_how_many_copies_are_missing():
    (reason,) = unreachable(goal("holdings_per_student", "30"), means())
    assert "还多1,000册" in reason
    assert unreachable(goal("holdings_per_student", "25"), means()) == []


def test_goal_for_grades_is_reckoned_with_their_pupils():
    fourth = {"stage": "primary", "from_position": 4, "to_position": 4}
    few = means(circulating_copies=40)
    assert unreachable(goal("books_per_student", "8", **fourth), few) == []
    assert unreachable(goal("books_per_student", "8"), few)


def test_goal_without_target_or_school_without_pupils_has_nothing_to_say():
    assert unreachable(goal("books_per_student", None), means()) == []
    assert unreachable(goal("books_per_student", "900"), means(students={})) == []


def test_grades_are_named_and_covered():
    some = goal("books_per_student", "4", stage="primary", from_position=3, to_position=5)
    assert words_of(some, NAMES) == "每学期，三至五年级"
    assert [covers(some, "primary", n) for n in (2, 3, 5, 6)] == [False, True, True, False]
    assert not covers(some, "junior", 3)
    stage = goal("books_per_student", "4", stage="primary")
    assert words_of(stage, NAMES) == "每学期，小学"
    assert covers(stage, "primary", 1)
    assert words_of(goal("books_per_student", "4", per="year"), NAMES) == "每学年"
