"""When a survey is open and to whom, what an answer may be, what answers come to."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from activities.models import Survey, SurveyQuestion
from activities.rules.surveys import is_meant, question_problems, read_answers, stage_of, tallies
from readers.queries.classes import NamedClass

DAY = date(2026, 10, 12)
AT = datetime(2026, 10, 10, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
THIRD = NamedClass(1, "三(1)班", "primary", 3, 1, "三")


def survey(**fields) -> Survey:
    return Survey(**{"opens_on": DAY, "closes_on": DAY + timedelta(days=3), "published_at": AT, **fields})


def question(pk, kind, options=()) -> SurveyQuestion:
    return SurveyQuestion(pk=pk, kind=kind, text="问", options=list(options))


@pytest.mark.parametrize(
    ("fields", "day", "stage"),
    [
        ({"published_at": None}, DAY, "draft"),
        ({}, DAY - timedelta(days=1), "coming"),
        ({}, DAY, "open"),
        ({}, DAY + timedelta(days=3), "open"),
        ({}, DAY + timedelta(days=4), "over"),
        ({"closed_at": AT}, DAY, "closed"),
    ],
)
def test_stage_follows_the_days_and_the_hand(fields, day, stage):
    assert stage_of(survey(**fields), day) == stage


@pytest.mark.parametrize(
    ("fields", "category", "school_class", "meant"),
    [
        ({}, "teacher", None, True),
        ({"category": "teacher"}, "student", THIRD, False),
        ({"category": "student"}, "student", None, True),
        ({"stage": "primary", "from_position": 3, "to_position": 4}, "student", THIRD, True),
        ({"stage": "primary", "from_position": 4, "to_position": 6}, "student", THIRD, False),
        ({"stage": "primary"}, "student", None, False),
        ({"stage": "primary"}, "teacher", None, False),
    ],
)
def test_audience_is_a_category_and_grades_of_pupils(fields, category, school_class, meant):
    assert is_meant(survey(**fields), category=category, school_class=school_class) is meant


@pytest.mark.parametrize(
    ("kind", "text", "options", "codes"),
    [
        ("single", "中午来吗？", ["来", "不来"], []),
        ("single", " ", ["来", "不来"], ["no_text"]),
        ("single", "中午来吗？", ["来"], ["options"]),
        ("several", "读什么？", ["来", "来"], ["options"]),
        ("several", "读什么？", [str(number) for number in range(10)], ["options"]),
        ("text", "还想说什么？", [], []),
        ("scale", "满意吗？", [], []),
    ],
)
def test_question_needs_words_and_options_of_its_kind(kind, text, options, codes):
    problems = question_problems(kind=kind, text=text, options=options, others=0)
    assert [problem.code for problem in problems] == codes


def test_answers_are_kept_only_as_the_question_allows():
    questions = [
        question(1, "single", ["a", "b"]),
        question(2, "several", ["a", "b", "c"]),
        question(3, "scale"),
        question(4, "text"),
    ]
    given = {"1": ["1"], "2": ["2", "0", "7", "x"], "3": ["6"], "4": ["  很\x00好 "], "99": ["1"]}
    assert read_answers(questions, given) == {"1": 1, "2": [0, 2], "4": "很好"}
    assert read_answers(questions, {"1": ["0", "1"], "2": ["²"], "3": [""], "4": [" "]}) == {}


def test_tally_counts_shares_of_those_who_answered():
    questions = [question(1, "single", ["a", "b"]), question(2, "several", ["a", "b"]), question(3, "scale")]
    sheets = [{"1": 0, "2": [0, 1], "3": 5}, {"1": 0, "3": 4}, {"1": 1, "2": [1]}]
    single, several, scale = tallies(questions, sheets)
    assert single.rows == [("a", 2, Decimal("66.67")), ("b", 1, Decimal("33.33"))]
    assert (several.answered, several.rows) == (2, [("a", 1, Decimal("50.00")), ("b", 2, Decimal("100.00"))])
    assert (scale.mean, scale.rows[4]) == (Decimal("4.50"), ("5", 1, Decimal("50.00")))


def test_tally_of_nothing_is_unknown_and_not_nought():
    (empty,) = tallies([question(3, "scale")], [])
    assert empty.mean is None
    assert {share for _text, _number, share in empty.rows} == {None}
