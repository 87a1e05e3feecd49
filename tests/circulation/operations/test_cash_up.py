from decimal import Decimal

import pytest

from circulation.operations.cash_up import count_cash
from circulation.operations.payments import pay, refund, settle, take_back_receipt
from circulation.queries.cash import cash_box
from library_site.shared.problems import Refused
from tests.factories.charges import make_charge
from tests.factories.readers import make_reader


@pytest.fixture
def acts(library):
    return {"by": library.librarian, "at": library.noon}


def took(acts, amount):
    reader = make_reader()
    charge = make_charge(reader, amount)
    return pay(reader_id=reader.pk, charge_ids=[charge.pk], amount=Decimal(amount), **acts)


def test_the_box_holds_what_was_taken_less_what_was_paid_back(acts):
    took(acts, "28.00")
    wrong = took(acts, "5.00")
    take_back_receipt(receipt_id=wrong.pk, reason="wrong", **acts)
    charge = took(acts, "10.00").entries.get().charge
    refund(charge_id=charge.pk, amount=Decimal("4"), reason="found", **acts)
    settle(charge_id=make_charge(make_reader(), "99").pk, kind="waiver", reason="kind", **acts)
    box = cash_box()
    assert (box.taken, box.paid_back, box.expected) == (Decimal("38.00"), Decimal("4.00"), Decimal("34.00"))


@pytest.mark.cases("CH-14")
def test_what_comes_after_a_count_falls_on_the_next(acts):
    took(acts, "28.00")
    first = count_cash(counted=Decimal("28.00"), note="", after=None, **acts)
    late = took(acts, "5.00")
    take_back_receipt(receipt_id=late.pk, reason="wrong", **acts)
    took(acts, "2.00")
    assert (first.expected, first.difference) == (Decimal("28.00"), 0)
    second = count_cash(counted=Decimal("2.00"), note="", after=first.pk, **acts)
    assert second.expected == Decimal("2.00")
    assert cash_box().expected == 0


def test_a_difference_wants_a_note_and_is_kept(acts):
    took(acts, "28.00")
    with pytest.raises(Refused) as refusal:
        count_cash(counted=Decimal("27.50"), note=" ", after=None, **acts)
    assert [problem.code for problem in refusal.value.problems] == ["no_note"]
    assert count_cash(counted=Decimal("27.50"), note="change", after=None, **acts).difference == Decimal("-0.50")


def test_a_count_below_nothing_is_refused(acts):
    with pytest.raises(Refused) as refusal:
        count_cash(counted=Decimal("-1"), note="x", after=None, **acts)
    assert [problem.code for problem in refusal.value.problems] == ["negative"]


def test_counting_twice_from_one_page_is_one_count(acts):
    took(acts, "28.00")
    count_cash(counted=Decimal("28"), note="", after=None, **acts)
    with pytest.raises(Refused) as refusal:
        count_cash(counted=Decimal("28"), note="", after=None, **acts)
    assert [problem.code for problem in refusal.value.problems] == ["counted_meanwhile"]
