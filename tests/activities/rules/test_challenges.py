"""When a challenge is met."""

from datetime import date
from decimal import Decimal

import pytest

from activities.models import Challenge
from activities.rules.challenges import Reading, per_pupil, progress, ranked


def challenge(goal="books", target=2):
    return Challenge(goal=goal, target=Decimal(target), starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))


def day(number, month=10):
    return date(2026, month, number)


READING = Reading(titles={1: day(30, 9), 2: day(5), 3: day(9), 4: day(1, 11), 5: day(31)}, notes=[day(2), day(7, 11)])


@pytest.mark.parametrize(
    ("goal", "target", "done", "reached"),
    [
        ("books", 1, 3, day(5)),
        ("books", 3, 3, day(31)),
        ("books", 4, 3, None),
        ("list", 1, 1, day(9)),
        ("list", 2, 1, None),
        ("notes", 1, 1, day(2)),
        ("notes", 2, 1, None),
    ],
)
def test_progress_counts_what_lies_between_the_days_and_says_when_it_was_enough(goal, target, done, reached):
    found = progress(challenge(goal, target), READING, {1, 3})
    assert (found.done, found.target, found.reached_on) == (done, target, reached)


@pytest.mark.parametrize(("done", "percent"), [(0, 0), (1, 33), (2, 66), (3, 100), (4, 100)])
def test_percent_never_says_all_before_it_is(done, percent):
    reading = Reading(titles={number: day(number + 1) for number in range(done)})
    assert progress(challenge(target=3), reading, set()).percent == percent


@pytest.mark.parametrize(
    ("count", "pupils", "each"), [(0, 3, "0"), (29, 10, "2.9"), (299, 100, "2.9"), (30, 10, "3"), (5, 0, None)]
)
def test_what_each_pupil_did_is_never_rounded_up(count, pupils, each):
    assert per_pupil(count, pupils) == (None if each is None else Decimal(each))


def test_equal_classes_share_a_place_and_unknown_ones_have_none():
    values = {1: Decimal(2), 2: None, 3: Decimal(3), 4: Decimal(2), 5: Decimal(1)}
    assert ranked(values) == [(1, 3), (2, 1), (2, 4), (4, 5), (None, 2)]
