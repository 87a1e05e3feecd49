"""Judges and their scores."""

from decimal import Decimal

import pytest

from activities.models import Score
from activities.operations.judging import give_score, name_judge, remove_judge
from activities.queries.judging import judge_rows, to_judge, works_scored
from library_site.shared.problems import Refused
from tests.factories.entries import NOON, make_contest, make_entry, make_judge, make_score
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def score(entry, by, value="88.5", **fields):
    return give_score(entry_id=entry.pk, value=Decimal(value), by=by, at=NOON, **fields)


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.problems[0].code


def test_judge_gives_a_score_and_changes_it():
    contest = make_contest()
    judge, entry = make_judge(contest), make_entry(contest)

    score(entry, judge.account, "88.5", note="语言生动")
    score(entry, judge.account, "90")

    assert list(Score.objects.values_list("value", "note")) == [(Decimal("90.00"), "")]


@pytest.mark.parametrize("value", ["-1", "100.01", "1000"])
def test_score_off_the_scale_is_refused(value):
    contest = make_contest()

    assert refusal(score, make_entry(contest), make_judge(contest).account, value) == "score_off_scale"


def test_who_is_no_judge_gives_no_score():
    contest = make_contest()
    judge, entry = make_judge(contest), make_entry(contest)

    assert refusal(score, entry, make_user()) == "no_judge"
    remove_judge(activity_id=contest.pk, judge_id=judge.pk, by=make_user(), at=NOON)
    assert refusal(score, entry, judge.account) == "no_judge"
    assert refusal(score, make_entry(make_contest()), make_judge(contest).account) == "no_judge"


@pytest.mark.parametrize("state", ["draft", "refused"])
def test_work_that_takes_no_part_gets_no_score(state):
    contest = make_contest()

    assert refusal(score, make_entry(contest, state=state), make_judge(contest).account) == "work_not_in"


def test_scores_stay_once_results_are_published():
    contest = make_contest(results_at=NOON)

    assert refusal(score, make_entry(contest), make_judge(contest).account) == "results_are_out"


@pytest.mark.parametrize("role", ["teacher", "librarian", "principal"])
def test_named_judge_may_be_taken_off_and_named_again_with_the_scores_of_then(role):
    contest, librarian = make_contest(), make_user()
    judge = name_judge(activity_id=contest.pk, account_id=make_user(role).pk, by=librarian)
    entry = make_entry(contest)
    score(entry, judge.account)

    remove_judge(activity_id=contest.pk, judge_id=judge.pk, by=librarian, at=NOON)
    assert works_scored(contest.pk)[0].scores == {}
    again = name_judge(activity_id=contest.pk, account_id=judge.account_id, by=librarian)

    assert again.pk == judge.pk
    assert works_scored(contest.pk)[0].scores == {judge.pk: Decimal("88.50")}


@pytest.mark.parametrize("role", ["student", "helper", "class_keeper", "administrator"])
def test_pupils_do_not_judge(role):
    account = make_user(role)

    assert refusal(name_judge, activity_id=make_contest().pk, account_id=account.pk, by=make_user()) == "cannot_judge"


def test_missing_scores_are_those_of_judges_of_now():
    contest = make_contest()
    one, two = make_judge(contest), make_judge(contest)
    entry = make_entry(contest)
    make_score(entry, one, 80)

    (work,) = works_scored(contest.pk)

    assert (work.scores, set(work.missing), work.mean) == ({one.pk: 80}, {two.pk}, Decimal("80.000"))


def test_rows_of_judges_say_how_far_and_how_strict_they_are():
    contest = make_contest()
    judge, other = make_judge(contest), make_judge(contest)
    for value in (80, 95):
        make_score(make_entry(contest), judge, value)
    make_score(make_entry(contest, state="refused"), judge, 10)
    make_entry(contest)

    rows = {row.judge: (row.done, row.total, row.mean) for row in judge_rows(contest.pk)}

    assert rows == {judge: (2, 3, Decimal("87.50")), other: (0, 3, None)}


def test_next_work_is_the_next_without_a_score_and_begins_anew_at_the_end():
    contest = make_contest()
    judge = make_judge(contest)
    entries = [make_entry(contest) for _ in range(4)]
    make_score(entries[1], judge, 80)

    work = to_judge(contest, judge)

    assert (work.next_left(1), work.next_left(4), work.beside(1, -1), work.beside(1, 1)) == (3, 1, None, 2)
