from decimal import Decimal

import pytest

from reports.rules.collection import AGES, COPIES, Sums, added, band_of, part_of


def test_shares_are_those_of_the_whole():
    whole = Sums(titles=10, copies=80, circulating=40, loans=20)
    part = part_of(whole, Sums(titles=4, copies=30, circulating=15, loans=15))
    assert (part.share_of_copies, part.share_of_loans) == (Decimal("37.50"), Decimal("75.00"))
    assert part.difference == Decimal("37.50")
    assert part.rate == Decimal("100.00")


def test_difference_is_rounded_half_up():
    part = part_of(Sums(copies=1, loans=800), Sums(copies=0, loans=1))
    assert part.share_of_loans == part.difference == Decimal("0.13")


def test_difference_is_rounded_once():
    whole = Sums(copies=3, loans=7)
    part = part_of(whole, Sums(copies=1, loans=3))
    # 42.857… − 33.333… = 9.5238…, where the rounded shares would give 9.53
    assert part.difference == Decimal("9.52")


def test_nothing_held_has_no_share():
    part = part_of(Sums(loans=None), Sums(loans=None))
    assert (part.share_of_copies, part.share_of_loans, part.difference, part.rate) == (None, None, None, None)


def test_unknown_loans_stay_unknown_in_a_sum():
    assert added([Sums(copies=1, loans=2), Sums(copies=2, loans=3)]) == Sums(copies=3, loans=5)
    assert added([Sums(loans=2), Sums(loans=None)]).loans is None


@pytest.mark.parametrize(("age", "place"), [(-1, 0), (0, 0), (4, 0), (5, 1), (19, 3), (20, 4), (70, 4)])
def test_band_of_an_age(age, place):
    assert band_of(age, AGES) == place


@pytest.mark.parametrize(("copies", "place"), [(1, 0), (5, 4), (6, 5), (10, 5), (11, 6), (21, 7), (90, 7)])
def test_band_of_a_number_of_copies(copies, place):
    assert band_of(copies, COPIES) == place
