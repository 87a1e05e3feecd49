"""Means, ties and the prizes that follow from them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.rules.prizes import PlacesOf, Scored, proposed, ranking


def scored(entry_id: int, *values: str | int, missing: tuple[int, ...] = ()) -> Scored:
    return Scored(entry_id, {judge: Decimal(value) for judge, value in enumerate(values)}, missing)


def dealt(*means: int, prizes: tuple[int | None, ...]) -> tuple[dict[int, int], list[int]]:
    """Works 1, 2, 3 … of these means; prizes 1, 2 … of so many places."""
    ranked = ranking(scored(number, mean) for number, mean in enumerate(means, start=1))
    proposal = proposed(ranked, [PlacesOf(number, places) for number, places in enumerate(prizes, start=1)])
    return proposal.given, sorted(proposal.undecided)


def test_mean_is_rounded_once_at_the_third_decimal():
    assert scored(1, 90, 91, 91).mean == Decimal("90.667")
    assert scored(1, "0.0005").mean == Decimal("0.001")
    assert scored(1).mean is None


def test_spread_says_how_far_judges_are_apart():
    assert scored(1, 60, 95, 80).spread == 35
    assert scored(1, 60).spread is None


def test_works_of_one_mean_share_a_place_and_the_next_is_left_out():
    ranked = ranking([scored(1, 80), scored(2, 90), scored(3, 80), scored(4, 70), scored(5)])

    assert [(row.scored.entry_id, row.place, row.is_tied) for row in ranked] == [
        (2, 1, False), (1, 2, True), (3, 2, True), (4, 4, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("means", "prizes", "given", "undecided"),
    [
        ((90, 80, 70), (1, 1, 1), {1: 1, 2: 2, 3: 3}, []),
        ((90, 80, 70, 60), (1, 2), {1: 1, 2: 2, 3: 2}, []),
        ((90, 90, 70), (2, 1), {1: 1, 2: 1, 3: 2}, []),  # a tie that fits
        ((90, 80, 80), (1, 1), {1: 1}, [2, 3]),  # one that does not
        ((90, 90, 70), (1, 2), {}, [1, 2]),  # and what lies below it waits
        ((90, 80, 80, 70), (2, 2), {1: 1}, [2, 3]),
        ((90,), (3, 3), {1: 1}, []),
        ((90, 80), (None, 1), {1: 2}, []),  # a prize without a number is given by hand
        ((), (1,), {}, []),
        ((90, 80), (0, 1), {1: 2}, []),
    ],
)
def test_prizes_are_dealt_from_the_top(means, prizes, given, undecided):
    assert dealt(*means, prizes=prizes) == (given, undecided)


@given(
    st.lists(st.integers(0, 8), max_size=12), st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=1, max_size=4)
)
def test_no_prize_has_more_than_its_places_and_no_better_work_goes_without(means, prizes):
    got, undecided = dealt(*means, prizes=tuple(prizes))

    for number, places in enumerate(prizes, start=1):
        assert sum(1 for prize in got.values() if prize == number) <= (places or 0)
    values = dict(enumerate(means, start=1))
    for work, prize in got.items():
        better = [other for other, mean in values.items() if mean > values[work]]
        assert all(got.get(other, 99) <= prize for other in better)
        same = [other for other, mean in values.items() if mean == values[work]]
        assert all(got.get(other) == prize for other in same)
    assert not set(got) & set(undecided)
