"""Marking, time and order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from activities.rules.quizzes import (
    Line,
    answers_of,
    deadline,
    in_order,
    is_open,
    keyed_again,
    mark,
    readable,
    total,
)  # fmt: skip

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
SINGLE = Line(1, "single", "谁？", ("甲", "乙", "丙"), (1,), 2)
SEVERAL = Line(2, "several", "哪些？", ("甲", "乙", "丙"), (0, 2), 3)
YES_NO = Line(3, "yes_no", "对吗？", (), (1,), 1)
PAPER = [SINGLE, SEVERAL, YES_NO]


def test_all_right_is_the_total_of_the_paper():
    assert mark(PAPER, {"1": [1], "2": [0, 2], "3": [1]}) == total(PAPER) == 6


@pytest.mark.parametrize("answer", [[0], [0, 1, 2], [], [1]])
def test_part_of_several_right_options_is_not_right(answer):
    assert mark(PAPER, {"2": answer}) == 0


def test_answers_that_the_paper_has_no_room_for_are_left_out():
    raw = {"1": [0, 1], "2": [2, 0, 0, 9], "3": [2], "99": [0]}

    assert readable(PAPER, raw) == {"2": [0, 2]}


@pytest.mark.parametrize(
    ("keyed", "answers"),
    [
        ("BAC B", {"1": [1], "2": [0, 2], "3": [1]}),
        ("b ca b", {"1": [1], "2": [0, 2], "3": [1]}),
        ("- - A", {"3": [0]}),
        ("B", {"1": [1]}),
        ("", {}),
    ],
)
def test_letters_keyed_from_paper_are_read_in_the_order_of_the_questions(keyed, answers):
    assert answers_of(PAPER, keyed) == (answers, [])


@pytest.mark.parametrize(
    ("keyed", "code"), [("BAC BA", "keyed_too_many"), ("F", "keyed_unread"), ("?", "keyed_unread")]
)
def test_letters_that_do_not_fit_the_paper_are_refused(keyed, code):
    answers, problems = answers_of(PAPER, keyed)
    assert (answers, [problem.code for problem in problems]) == ({}, [code])


def test_what_was_keyed_can_be_shown_again():
    assert keyed_again(PAPER, {"1": [1], "2": [0, 2]}) == ["B", "AC", "-"]


def test_time_ends_with_the_minutes_or_when_the_quiz_closes():
    assert deadline(NINE, minutes=20, closes_at=None) == NINE + timedelta(minutes=20)
    assert deadline(NINE, minutes=20, closes_at=NINE + timedelta(minutes=5)) == NINE + timedelta(minutes=5)


def test_paper_without_an_hour_is_not_open_in_the_browser():
    assert not is_open(None, None, NINE)
    assert is_open(NINE, None, NINE)
    assert is_open(NINE, NINE + timedelta(minutes=1), NINE)
    assert not is_open(NINE, NINE, NINE)
    assert not is_open(NINE + timedelta(minutes=1), None, NINE)


def test_mixed_order_is_the_same_each_time_for_one_person():
    lines = [Line(number, "single", "?", ("甲", "乙"), (0,), 1) for number in range(20)]
    one, other = UUID(int=1), UUID(int=2)

    assert in_order(lines, one, shuffles=True) == in_order(lines, one, shuffles=True)
    assert in_order(lines, one, shuffles=True) != in_order(lines, other, shuffles=True)
    assert in_order(lines, one, shuffles=False) == lines
