"""Prizes dealt by the means, given by hand, taken back, published."""

from datetime import timedelta
from decimal import Decimal

import pytest

from activities.models import Honour, Prize, Result
from activities.operations.results import (
    Winner,
    deal_prizes,
    give_prize,
    publish_results,
    save_prizes,
    take_prize,
)
from library_site.shared.problems import Refused
from tests.factories.activities import make_group
from tests.factories.entries import NOON, make_contest, make_entry, make_judge, make_prizes, make_result, make_score
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def refusal(act, **arguments) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def contest():
    """Works of the means 90, 80, 80, 70, of one judge; a first and a second prize."""
    make_school_year()
    contest = make_contest()
    judge = make_judge(contest)
    for value in (90, 80, 80, 70):
        make_score(make_entry(contest, make_reader(school_class=make_class())), judge, value)
    make_prizes(contest, 一等奖=1, 二等奖=1)
    return contest


def works(contest):
    return list(contest.entries.order_by("number"))


def given(contest) -> dict[int, str]:
    """The number of the work with its prize."""
    return {row.entry.number: row.prize.name for row in Result.objects.filter(activity=contest, entry__isnull=False)}


def by_hand(contest, prize, entry=None, reason="评委合议", **winner):
    return give_prize(
        activity_id=contest.pk, prize_id=Prize.objects.get(activity=contest, name=prize).pk,
        winner=Winner(entry.pk if entry else None, **winner), reason=reason, by=make_user(), at=NOON,
    )  # fmt: skip


def test_prizes_are_kept_in_their_order(contest):
    save_prizes(activity_id=contest.pk, prizes=[("特等奖", 1), ("一等奖", 2), ("优秀奖", None)], by=make_user())

    rows = Prize.objects.filter(activity=contest).order_by("position").values_list("name", "places")
    assert list(rows) == [("特等奖", 1), ("一等奖", 2), ("优秀奖", None)]


def test_prize_that_is_given_is_neither_dropped_nor_made_too_few(contest):
    make_result(Prize.objects.get(name="一等奖"), works(contest)[0])

    assert refusal(save_prizes, activity_id=contest.pk, prizes=[("二等奖", 1)], by=make_user()) == ["prize_given"]
    assert refusal(
        save_prizes, activity_id=contest.pk, prizes=[("一等奖", 0), ("二等奖", 1)], by=make_user()
    ) == ["no_place_left"]  # fmt: skip
    assert Prize.objects.filter(activity=contest).count() == 2


def test_prizes_are_dealt_by_the_means_and_a_tie_is_left_to_people(contest):
    undecided = deal_prizes(activity_id=contest.pk, by=make_user())

    assert given(contest) == {1: "一等奖"}
    assert [row.number for row in works(contest) if row.pk in undecided] == [2, 3]
    assert Result.objects.get().mean == Decimal("90.000")


def test_tie_settled_by_hand_takes_a_reason_and_stays_when_dealt_again(contest):
    deal_prizes(activity_id=contest.pk, by=make_user())
    third = works(contest)[2]

    assert refusal(by_hand, contest=contest, prize="二等奖", entry=third, reason="") == ["no_reason"]
    result = by_hand(contest, "二等奖", third)
    assert (result.mean, result.reader) == (Decimal("80.000"), third.reader)

    assert deal_prizes(activity_id=contest.pk, by=make_user()) == []
    assert given(contest) == {1: "一等奖", 3: "二等奖"}


def test_prizes_dealt_again_follow_the_scores_of_now(contest):
    deal_prizes(activity_id=contest.pk, by=make_user())
    works(contest)[3].scores.update(value=99)

    deal_prizes(activity_id=contest.pk, by=make_user())

    assert given(contest) == {4: "一等奖", 1: "二等奖"}


def test_scores_that_are_missing_are_said_and_may_be_set_aside(contest):
    make_judge(contest)

    assert refusal(deal_prizes, activity_id=contest.pk, by=make_user()) == ["scores_missing"]
    deal_prizes(activity_id=contest.pk, by=make_user(), although_missing=True)
    assert given(contest) == {1: "一等奖"}


def test_work_without_any_score_stands_in_the_way(contest):
    make_entry(contest)

    codes = refusal(deal_prizes, activity_id=contest.pk, by=make_user(), although_missing=True)

    assert codes == ["works_unscored"]


def test_no_prizes_no_dealing():
    assert refusal(deal_prizes, activity_id=make_contest().pk, by=make_user()) == ["no_prizes"]


def test_no_more_than_its_places_of_a_prize(contest):
    by_hand(contest, "一等奖", works(contest)[1])

    assert refusal(by_hand, contest=contest, prize="一等奖", entry=works(contest)[2]) == ["no_place_left"]


def test_work_has_one_prize(contest):
    by_hand(contest, "一等奖", works(contest)[1])

    assert refusal(by_hand, contest=contest, prize="二等奖", entry=works(contest)[1]) == ["has_prize"]


def test_refused_work_gets_no_prize(contest):
    entry = make_entry(contest, state="refused")

    assert refusal(by_hand, contest=contest, prize="一等奖", entry=entry) == ["work_not_in"]


def test_person_class_and_group_win_without_a_work():
    contest = make_contest(takes_entries=False)
    make_prizes(contest, 优胜奖=None)
    winners = [
        {"reader_id": make_reader().pk, "class_id": make_class().pk},
        {"class_id": make_class().pk},
        {"class_id": make_class(number=2).pk},
        {"group_id": make_group().pk},
    ]
    for winner in winners:
        by_hand(contest, "优胜奖", reason="", **winner)

    for winner in winners:
        assert refusal(by_hand, contest=contest, prize="优胜奖", reason="", **winner) == ["has_prize"]
    assert Result.objects.count() == 4


def test_publishing_enters_every_result_into_the_register(contest):
    deal_prizes(activity_id=contest.pk, by=make_user())
    entry = works(contest)[0]
    entry.name, entry.teacher = "我的书", "王老师"
    entry.save()

    assert publish_results(activity_id=contest.pk, by=make_user(), at=NOON) == 1

    contest.refresh_from_db()
    honour = Honour.objects.get()
    assert contest.results_at == NOON
    assert (honour.occasion, honour.award, honour.name, honour.class_name, honour.work, honour.teacher) == (
        "读书征文", "一等奖", entry.reader.name, "三(1)班", "我的书", "王老师",
    )  # fmt: skip
    assert (honour.reader, honour.activity, honour.result.entry) == (entry.reader, contest, entry)


def test_class_and_group_are_honoured_by_their_names():
    make_school_year()
    contest = make_contest(takes_entries=False)
    make_prizes(contest, 优胜奖=None)
    group = make_group("星星读书社")
    by_hand(contest, "优胜奖", reason="", class_id=make_class().pk)
    by_hand(contest, "优胜奖", reason="", group_id=group.pk)

    publish_results(activity_id=contest.pk, by=make_user(), at=NOON)

    assert set(Honour.objects.values_list("name", "class_name")) == {("三(1)班", ""), ("星星读书社", "")}


def test_nothing_is_published_without_a_prize_nor_twice(contest):
    assert refusal(publish_results, activity_id=contest.pk, by=make_user(), at=NOON) == ["no_results"]
    deal_prizes(activity_id=contest.pk, by=make_user())
    publish_results(activity_id=contest.pk, by=make_user(), at=NOON)

    assert refusal(publish_results, activity_id=contest.pk, by=make_user(), at=NOON) == ["published"]
    assert refusal(deal_prizes, activity_id=contest.pk, by=make_user()) == ["published"]


def test_prize_given_after_publication_is_honoured_at_once(contest):
    deal_prizes(activity_id=contest.pk, by=make_user())
    publish_results(activity_id=contest.pk, by=make_user(), at=NOON)

    by_hand(contest, "二等奖", works(contest)[1])

    assert Honour.objects.count() == 2


def test_prize_taken_back_after_publication_takes_its_honour_back_with_a_reason(contest):
    deal_prizes(activity_id=contest.pk, by=make_user())
    publish_results(activity_id=contest.pk, by=make_user(), at=NOON)
    values = {"result_id": Result.objects.get().pk, "by": make_user(), "at": NOON + timedelta(days=1)}

    assert refusal(take_prize, reason="", **values) == ["no_reason"]
    take_prize(reason="抄袭", **values)

    honour = Honour.objects.get()
    assert (honour.reason, honour.result, Result.objects.exists()) == ("抄袭", None, False)
    by_hand(contest, "一等奖", works(contest)[1])
    assert Honour.objects.filter(revoked_on=None).count() == 1


def test_prize_taken_back_before_publication_needs_no_reason(contest):
    result = by_hand(contest, "一等奖", works(contest)[0])

    for _click in range(2):
        take_prize(result_id=result.pk, reason="", by=make_user(), at=NOON)

    assert not Result.objects.exists()
