"""Prizes by points."""

import pytest

from activities.models import Attempt, Prize, Result
from activities.operations.quiz_prizes import deal_by_points
from activities.operations.results import Winner, give_prize, publish_results
from library_site.shared.problems import Refused
from tests.factories.quizzes import OPENS, make_question, make_quiz
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    make_school()
    make_school_year(2026)
    row = make_quiz(make_question())
    Prize.objects.create(activity=row.activity, position=1, name="一等奖", places=1)
    Prize.objects.create(activity=row.activity, position=2, name="二等奖", places=2)
    return row


def answered(quiz, *points):
    done = {"source": "paper", "started_at": OPENS, "handed_in_at": OPENS, "school_class": make_class()}
    readers = [make_reader(school_class=make_class()) for _mark in points]
    for reader, mark in zip(readers, points, strict=True):
        Attempt.objects.create(quiz=quiz, reader=reader, points=mark, **done)
    return readers


def results(quiz):
    return dict(Result.objects.filter(activity=quiz.activity).values_list("reader", "prize__name"))


def test_prizes_go_from_the_most_points_down(quiz):
    first, second, third, _last = answered(quiz, 90, 80, 70, 60)
    deal_by_points(quiz_id=quiz.pk, by=make_user())
    deal_by_points(quiz_id=quiz.pk, by=make_user())
    assert results(quiz) == {first.pk: "一等奖", second.pk: "二等奖", third.pk: "二等奖"}
    assert Result.objects.get(reader=first).mean == 90


def test_pupils_who_are_level_where_a_prize_ends_are_left_to_people(quiz):
    first, *_level = answered(quiz, 90, 80, 80, 80)
    found = deal_by_points(quiz_id=quiz.pk, by=make_user())
    assert results(quiz) == {first.pk: "一等奖"}
    assert len(found.proposal.undecided) == 3


def test_prize_given_by_hand_stays(quiz):
    first, second, third = answered(quiz, 90, 80, 70)
    prize = Prize.objects.get(name="一等奖")
    by_hand = Winner(reader_id=third.pk)
    give_prize(
        activity_id=quiz.activity_id, prize_id=prize.pk, winner=by_hand, reason="附加赛第一", by=make_user(), at=OPENS
    )
    deal_by_points(quiz_id=quiz.pk, by=make_user())
    assert results(quiz) == {third.pk: "一等奖", first.pk: "二等奖", second.pk: "二等奖"}


def test_nothing_is_dealt_without_prizes_or_after_publication(quiz):
    answered(quiz, 90, 80)
    deal_by_points(quiz_id=quiz.pk, by=make_user())
    publish_results(activity_id=quiz.activity_id, by=make_user(), at=OPENS)
    with pytest.raises(Refused) as refusal:
        deal_by_points(quiz_id=quiz.pk, by=make_user())
    assert [problem.code for problem in refusal.value.problems] == ["published"]
    with pytest.raises(Refused) as refusal:
        deal_by_points(quiz_id=make_quiz().pk, by=make_user())
    assert [problem.code for problem in refusal.value.problems] == ["no_prizes"]
