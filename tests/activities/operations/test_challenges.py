"""Challenges planned, shown, dropped, and their badges."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from activities.jobs import give_badges_daily
from activities.models import Badge, Challenge
from activities.operations.challenges import (
    drop_challenge,
    give_all_badges,
    give_badges,
    save_challenge,
    show_challenge,
)
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy
from tests.factories.challenges import borrow, make_challenge, make_list, write_note
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat("2026-11-20T10:00:00+08:00")


@pytest.fixture(autouse=True)
def school():
    make_school()
    make_school_year()


def given(challenge, **narrowed):
    return give_badges(challenge=challenge, reference=current_reference(), at=AT, **narrowed)


def badges():
    return {(row.reader_id, row.school_class_id, row.reached_on) for row in Badge.objects.all()}


def test_badge_bears_the_day_on_which_the_goal_was_reached_and_is_given_once():
    own = make_class()
    fast, slow = make_reader(school_class=own), make_reader(school_class=own)
    borrow(fast, own, "2026-10-03", "2026-10-20", "2026-11-02")
    borrow(slow, own, "2026-10-03")
    challenge = make_challenge(target=2)
    assert (given(challenge), given(challenge)) == (1, 0)
    assert badges() == {(fast.pk, own.pk, date(2026, 10, 20))}


def test_badge_stays_when_a_loan_is_undone_afterwards():
    own = make_class()
    reader = make_reader(school_class=own)
    loan = borrow(reader, own, "2026-10-03")[0]
    challenge = make_challenge(target=1)
    given(challenge)
    loan.voided_at = AT
    loan.save()
    given(challenge)
    assert Badge.objects.count() == 1


def test_the_same_book_undone_loans_use_in_the_room_and_drafts_do_not_count():
    own, copy = make_class(), make_copy()
    reader = make_reader(school_class=own)
    borrow(reader, own, "2026-10-03", "2026-10-20", copy=copy)
    borrow(reader, own, "2026-10-21", voided_at=AT)
    borrow(reader, own, "2026-10-22", kind="room")
    write_note(reader, own, "2026-10-22", state="draft")
    for goal in ("books", "notes"):
        given(make_challenge(goal, {"books": 2, "notes": 1}[goal]))
    assert not Badge.objects.exists()


def test_badge_of_a_list_counts_its_books_only():
    own, listed = make_class(), make_copy()
    reader = make_reader(school_class=own)
    borrow(reader, own, "2026-10-03")
    challenge = make_challenge("list", 1, book_list=make_list(listed.title))
    assert given(challenge) == 0
    borrow(reader, own, "2026-10-09", copy=listed)
    assert given(challenge) == 1


def test_badge_of_notes():
    own = make_class()
    reader = make_reader(school_class=own)
    write_note(reader, own, "2026-10-03", state="handed_in")
    write_note(reader, own, "2026-10-09")
    assert given(make_challenge("notes", 2)) == 1
    assert badges() == {(reader.pk, own.pk, date(2026, 10, 9))}


def test_class_gets_the_badge_for_what_each_enrolled_pupil_did_on_average():
    own, other = make_class(), make_class(2023)
    readers = [make_reader(school_class=own), make_reader(school_class=own)]
    make_reader(school_class=other)
    borrow(readers[0], own, "2026-10-03", "2026-10-04")
    challenge = make_challenge("class_books", "1.5")
    assert given(challenge) == 0
    borrow(readers[1], own, "2026-10-05")
    assert (given(challenge), given(challenge)) == (1, 0)
    assert [(row.is_class, row.school_class_id, row.reader) for row in Badge.objects.all()] == [(True, own.pk, None)]


def test_classes_that_are_not_meant_get_no_badge():
    third, fourth = make_class(2024), make_class(2023)
    for school_class in (third, fourth):
        borrow(make_reader(school_class=school_class), school_class, "2026-10-03")
    assert given(make_challenge(target=1, stage="primary", from_position=4, to_position=4)) == 1
    assert Badge.objects.get().school_class_id == fourth.pk


def test_daily_job_gives_the_badges_of_what_is_on_or_ended_lately(time_machine):
    time_machine.move_to(AT)
    own = make_class()
    reader = make_reader(school_class=own)
    borrow(reader, own, "2026-09-02", "2026-10-03", "2026-11-02")
    make_challenge(target=1)
    make_challenge(target=1, name="九月", starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    make_challenge(target=1, name="十月", ends_on=date(2026, 10, 31))
    make_challenge(target=1, name="草稿", published_at=None)
    give_badges_daily(0)
    assert set(Badge.objects.values_list("challenge__name", flat=True)) == {"金秋阅读挑战", "十月"}
    assert give_all_badges(reference=current_reference(), at=AT) == 0


@pytest.mark.parametrize(("goal", "target", "code"), [("books", "2.5", "whole_number"), ("list", "2", "few_books")])
def test_goal_that_cannot_be_is_refused(goal, target, code):
    values = {"name": "挑战", "goal": goal, "target": Decimal(target), "starts_on": date(2026, 10, 1),
              "ends_on": date(2026, 10, 31), "book_list": make_list(make_copy().title)}  # fmt: skip
    with pytest.raises(Refused) as refused:
        save_challenge(challenge=Challenge(), values=values, by=None)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert not Challenge.objects.exists()


def test_goal_is_not_changed_once_badges_were_given_but_words_are():
    own = make_class()
    borrow(make_reader(school_class=own), own, "2026-10-03")
    challenge = make_challenge(target=1)
    given(challenge)
    save_challenge(challenge=challenge, values={"words": "加油", "target": Decimal("1.0")}, by=None)
    for act in (
        lambda: save_challenge(challenge=challenge, values={"target": Decimal(3)}, by=None),
        lambda: drop_challenge(challenge_id=challenge.pk, by=None),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert [problem.code for problem in refused.value.problems] == ["badges_given"]
    challenge.refresh_from_db()
    assert (challenge.words, challenge.target) == ("加油", Decimal(1))


def test_showing_and_taking_off_keeps_the_challenge_and_dropping_does_not():
    challenge = make_challenge(published_at=None)
    assert show_challenge(challenge_id=challenge.pk, is_shown=True, by=None, at=AT).published_at == AT
    assert show_challenge(challenge_id=challenge.pk, is_shown=False, by=None, at=AT).published_at is None
    drop_challenge(challenge_id=challenge.pk, by=None)
    assert not Challenge.objects.exists()
