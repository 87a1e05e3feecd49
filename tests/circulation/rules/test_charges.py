from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circulation.models import ChargeEntry
from circulation.rules.charges import amount_problems, damage_amount, lost_amount, price_of, spread, standing_of

amounts = st.integers(1, 100_000).map(lambda fen: Decimal(fen) / 100)


@given(amount=amounts, balances=st.lists(st.integers(0, 5000).map(lambda fen: Decimal(fen) / 100), max_size=8))
def test_payment_is_spread_whole_and_in_order(amount, balances):
    owed = dict(enumerate(balances))
    parts = spread(amount, owed)
    assert sum(parts.values(), Decimal(0)) == min(amount, sum(balances, Decimal(0)))
    assert all(0 < part <= owed[pk] for pk, part in parts.items())
    partly = [pk for pk, part in parts.items() if part < owed[pk]]
    assert partly in ([], [max(parts, default=0)])  # only the last that got anything is left in part
    unpaid = [pk for pk, left in owed.items() if left and pk not in parts]
    assert all(pk > max(parts, default=-1) for pk in unpaid)


@pytest.mark.parametrize(("price", "multiple", "amount"), [("28.00", "1", "28.00"), ("28.33", "1.5", "42.50")])
def test_loss_costs_price_times_multiple_to_the_fen(price, multiple, amount):
    assert lost_amount(Decimal(price), Decimal(multiple)) == Decimal(amount)


def test_damage_costs_its_share_to_the_fen():
    assert damage_amount(Decimal("28.25"), 30) == Decimal("8.48")


@pytest.mark.parametrize(
    ("own", "title", "expected"), [("28", "30", "28"), (None, "30", "30"), ("0", "30", "30"), (None, None, "20")]
)
def test_price_is_the_copys_own_then_the_titles_then_the_default(own, title, expected):
    book = SimpleNamespace(price=title and Decimal(title), volumes=None, material="book")
    copy = SimpleNamespace(price=own and Decimal(own), volume="", title=book)
    assert price_of(copy, {"book": Decimal("20")}) == Decimal(expected)


def test_nothing_known_is_no_price():
    copy = SimpleNamespace(price=None, volume="", title=SimpleNamespace(price=None, volumes=None, material="av"))
    assert price_of(copy, {"book": Decimal("20")}) is None


def test_a_reversal_counts_with_what_it_reverses():
    entries = [
        ChargeEntry(pk=1, kind="owed", amount=Decimal(28)),
        ChargeEntry(pk=2, kind="payment", amount=Decimal(-10)),
        ChargeEntry(pk=3, kind="payment", amount=Decimal(-5)),
        ChargeEntry(pk=4, kind="reversal", amount=Decimal(5), reverses_id=3),
    ]
    now = standing_of(entries)
    assert (now.owed, now.paid, now.balance, now.settled) == (28, 10, 18, 10)


@pytest.mark.parametrize(("amount", "codes"), [("0", ["not_positive"]), ("100000", ["too_large"]), ("0.01", [])])
def test_amounts_are_more_than_nothing_and_not_beyond_reason(amount, codes):
    assert [problem.code for problem in amount_problems(Decimal(amount))] == codes
