"""Works, scores and prizes while several people work on them at once."""

from decimal import Decimal
from functools import partial

import pytest

from activities.models import Entry, Honour, Result, Score
from activities.operations.entries import Work, save_draft
from activities.operations.judging import give_score
from activities.operations.paper_entries import bring_pictures, name_picture, tick_works
from activities.operations.results import Winner, deal_prizes, give_prize, publish_results
from activities.queries.judging import works_scored
from tests.concurrency.test_desks import at_once
from tests.factories.entries import NOON, make_contest, make_entry, make_judge, make_prizes, make_score
from tests.factories.files import upload
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 4


@pytest.fixture
def librarian():
    make_school()
    make_school_year()
    return make_user()


def test_three_judges_at_once_lose_no_score(librarian):
    contest = make_contest()
    judges = [make_judge(contest) for _number in range(3)]
    entries = [make_entry(contest) for _number in range(4)]

    for entry in entries:
        at_once(
            *[
                partial(give_score, entry_id=entry.pk, value=Decimal(80 + place), by=judge.account, at=NOON)
                for place, judge in enumerate(judges)
            ]
        )

    assert Score.objects.count() == 12
    assert {work.mean for work in works_scored(contest.pk)} == {Decimal("81.000")}


def test_judge_who_saves_twice_at_once_has_one_score(librarian):
    contest = make_contest()
    judge = make_judge(contest)
    for _try in range(TRIES):
        entry = make_entry(contest)
        save = partial(give_score, entry_id=entry.pk, by=judge.account, at=NOON)
        results = at_once(*[partial(save, value=Decimal(value)) for value in (70, 90)])
        assert all(isinstance(result, Score) for result in results)
    assert Score.objects.count() == TRIES


def test_last_place_of_a_prize_is_given_once(librarian):
    for _try in range(TRIES):
        contest = make_contest()
        (prize,) = make_prizes(contest, 一等奖=1)
        give = partial(give_prize, activity_id=contest.pk, prize_id=prize.pk, reason="合议", by=librarian, at=NOON)
        results = at_once(*[partial(give, winner=Winner(entry_id=make_entry(contest).pk)) for _number in range(3)])
        assert sorted(map(str, (row for row in results if not isinstance(row, Result)))) == ["['no_place_left']"] * 2
        assert Result.objects.filter(activity=contest).count() == 1


def test_pupil_wins_once_without_a_work(librarian):
    for _try in range(TRIES):
        contest, pupil = make_contest(), make_reader()
        prizes = make_prizes(contest, 一等奖=None, 二等奖=None)
        winner = Winner(reader_id=pupil.pk)
        at_once(
            *[
                partial(
                    give_prize, activity_id=contest.pk, prize_id=prize.pk, winner=winner, reason="", by=librarian,
                    at=NOON,
                )
                for prize in prizes
            ]
        )  # fmt: skip
        assert Result.objects.filter(activity=contest).count() == 1


def test_prizes_dealt_twice_and_published_at_once_never_exceed_their_places(librarian):
    for _try in range(TRIES):
        contest = make_contest()
        judge = make_judge(contest)
        for value in (90, 80, 70):
            make_score(make_entry(contest), judge, value)
        make_prizes(contest, 一等奖=1, 二等奖=1)
        deal = partial(deal_prizes, activity_id=contest.pk, by=librarian)
        deal()
        publish = partial(publish_results, activity_id=contest.pk, by=librarian, at=NOON)
        at_once(deal, deal, publish, publish)
        assert Result.objects.filter(activity=contest).count() == 2
        assert Honour.objects.filter(activity=contest, revoked_on=None).count() == 2


def test_works_entered_from_every_side_at_once_get_numbers_of_their_own(librarian):
    contest, school_class = make_contest(), make_class()
    pupils = [make_reader(school_class=school_class) for _number in range(6)]
    common = {"activity_id": contest.pk, "class_id": school_class.pk, "by": librarian, "at": NOON}
    at_once(
        *[partial(tick_works, works={pupil.pk: ""}, taken_away=[], **common) for pupil in pupils[:3]],
        *[partial(save_draft, reader_id=pupil.pk, work=Work(text="文"), **common) for pupil in pupils[3:]],
        *[partial(bring_pictures, uploads=[upload()], **common) for _number in range(3)],
    )

    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, 10))


def test_pupil_has_one_work_however_many_enter_it_at_once(librarian):
    contest, school_class = make_contest(), make_class()
    common = {"activity_id": contest.pk, "class_id": school_class.pk, "by": librarian, "at": NOON}
    for _try in range(TRIES):
        pupil = make_reader(school_class=school_class)
        tick = partial(tick_works, works={pupil.pk: ""}, taken_away=[], **common)
        at_once(tick, tick, partial(save_draft, reader_id=pupil.pk, work=Work(text="文"), **common))
        assert Entry.objects.filter(reader=pupil).count() == 1


def test_two_pictures_of_a_pupil_named_at_once_are_two_pages_of_one_work(librarian):
    contest, school_class = make_contest(), make_class()
    for _try in range(3):
        pupil = make_reader(school_class=school_class)
        bring_pictures(
            activity_id=contest.pk, class_id=school_class.pk, uploads=[upload(), upload()], by=librarian, at=NOON
        )
        files = Entry.objects.filter(reader=None).values_list("files__file", flat=True)
        name = partial(
            name_picture, reader_id=pupil.pk, class_id=school_class.pk, name="", by=librarian, at=NOON
        )  # fmt: skip
        at_once(*[partial(name, file_id=file) for file in list(files)])
        work = Entry.objects.get(reader=pupil)
        assert sorted(work.files.values_list("position", flat=True)) == [1, 2]
    assert not Entry.objects.filter(reader=None).exists()
