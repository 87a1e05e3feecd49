from datetime import date
from decimal import Decimal

from reports.queries.dashboard import goal_lines
from reports.rules.cards import FigureCard, GoalBeside


def line(value: str, *, is_reached: bool) -> Decimal | None:
    day = date(2026, 9, 1)
    goal = GoalBeside("", Decimal(4), Decimal(value), is_reached)
    card = FigureCard("books_per_student", "", "", Decimal(value), None, None, day, day, goals=(goal,))
    return goal_lines([card])[0].percent


def test_goal_that_is_nearly_reached_is_not_all_of_the_way():
    assert line("3.99", is_reached=False) == 99
    assert line("2.50", is_reached=False) == 62
    assert line("4", is_reached=True) == 100
