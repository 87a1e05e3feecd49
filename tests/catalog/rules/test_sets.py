from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.rules.sets import missing_volumes, next_volume, split_price, volume_number


def test_last_volume_takes_the_rest_of_the_cents():
    assert split_price(Decimal("100.00"), 3) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


@given(st.decimals(0, 99999, places=2), st.integers(1, 60))
def test_shares_of_a_price_add_up(price, volumes):
    shares = split_price(price, volumes)

    assert sum(shares) == price
    assert all(share >= 0 for share in shares)
    assert max(shares) - min(shares) < Decimal("0.01") * volumes


def test_unknown_price_stays_unknown():
    assert split_price(None, 2) == [None, None]


@pytest.mark.parametrize(
    ("text", "volumes", "number"),
    [
        ("3", 4, 3),
        ("v.2", 4, 2),
        ("第十二册", 20, 12),
        ("卷二十", 20, 20),
        ("上", 2, 1),
        ("中", 3, 2),
        ("下", 2, 2),
        ("下册", 3, 3),
        ("索引", 3, None),
    ],
)
def test_volume_is_read_as_it_is_written_on_books(text, volumes, number):
    assert volume_number(text, volumes) == number


def test_missing_volumes_are_those_of_which_no_copy_is_held():
    assert missing_volumes(["上", "1", ""], 3) == [2, 3]


def test_next_copy_is_of_the_volume_held_least():
    assert next_volume(["1", "2", "3", "1"], 3) == 2
