from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction

from circulation.models import Charge, ChargeEntry, Receipt
from circulation.operations.erasure import open_door
from circulation.operations.payments import (
    note_finance_number,
    pay,
    refund,
    settle,
    take_back_entry,
    take_back_receipt,
)
from circulation.queries.balances import owed
from library_site.shared.problems import Refused
from tests.factories.charges import check_sums, make_charge
from tests.factories.readers import make_reader


@pytest.fixture
def acts(library):
    """Who acts and when, as all of these operations want it."""
    return {"by": library.librarian, "at": library.noon}


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def paid(reader, charges, amount, acts, **options):
    return pay(reader_id=reader.pk, charge_ids=[one.pk for one in charges], amount=Decimal(amount), **acts, **options)


@pytest.mark.cases("CH-6")
def test_part_payment_leaves_the_rest_owed(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    paid(reader, [charge], "10", acts)
    assert owed([reader.pk]) == {reader.pk: Decimal("18.00")}
    paid(reader, [charge], "18", acts)
    assert owed([reader.pk]) == {}


@pytest.mark.cases("CH-6")
def test_one_payment_settles_several_charges_the_oldest_first_on_one_receipt(acts):
    reader = make_reader()
    first, second, third = make_charge(reader, "3"), make_charge(reader, "5"), make_charge(reader, "7")
    receipt = paid(reader, [third, first, second], "9.50", acts)
    parts = list(receipt.entries.order_by("charge_id").values_list("charge_id", "amount"))
    assert parts == [(first.pk, Decimal("-3")), (second.pk, Decimal("-5")), (third.pk, Decimal("-1.50"))]


@pytest.mark.cases("CH-7")
def test_paying_more_than_is_owed_is_refused(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    with pytest.raises(Refused) as refusal:
        paid(reader, [charge], "28.01", acts)
    assert codes(refusal) == ["too_much"]
    assert not Receipt.objects.exists()


@pytest.mark.cases("CH-8")
@pytest.mark.parametrize("amount", ["0", "-1"])
def test_paying_nothing_or_less_is_refused(acts, amount):
    reader = make_reader()
    charge = make_charge(reader)
    with pytest.raises(Refused) as refusal:
        paid(reader, [charge], amount, acts)
    assert codes(refusal) == ["not_positive"]


def test_paying_for_somebody_else_is_refused(acts):
    with pytest.raises(Refused) as refusal:
        paid(make_reader(), [make_charge(make_reader())], "1", acts)
    assert codes(refusal) == ["nothing_chosen"]


@pytest.mark.cases("CH-12")
def test_one_form_sent_twice_is_one_payment_and_a_second_form_finds_it_settled(acts):
    reader, scan = make_reader(), uuid4()
    charge = make_charge(reader, "28.00")
    first = paid(reader, [charge], "28", acts, scan_id=scan)
    assert paid(reader, [charge], "28", acts, scan_id=scan) == first
    with pytest.raises(Refused) as refusal:
        paid(reader, [charge], "28", acts, scan_id=uuid4())
    assert codes(refusal) == ["settled"]
    assert Receipt.objects.count() == 1


def test_receipts_are_numbered_without_gaps_by_year(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    numbers = [paid(reader, [charge], "1", acts).number for _time in range(2)]
    assert numbers == ["2026-00001", "2026-00002"]


@pytest.mark.cases("CH-9")
def test_waiver_needs_a_reason_and_leaves_nothing_owed(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    with pytest.raises(Refused) as refusal:
        settle(charge_id=charge.pk, kind="waiver", reason="  ", **acts)
    assert codes(refusal) == ["no_reason"]
    entry = settle(charge_id=charge.pk, kind="waiver", reason="家庭困难", **acts)
    assert (entry.amount, entry.reason, owed([reader.pk])) == (Decimal("-28.00"), "家庭困难", {})
    with pytest.raises(Refused) as refusal:
        settle(charge_id=charge.pk, kind="waiver", reason="again", **acts)
    assert codes(refusal) == ["settled"]


def test_part_of_a_charge_is_waived(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    settle(charge_id=charge.pk, kind="waiver", amount=Decimal("8"), reason="half", **acts)
    assert owed([reader.pk]) == {reader.pk: Decimal("20.00")}


@pytest.mark.cases("CH-10")
def test_what_was_paid_is_paid_back_on_a_receipt_and_no_more_than_that(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    paid(reader, [charge], "10", acts)
    with pytest.raises(Refused) as refusal:
        refund(charge_id=charge.pk, amount=Decimal("10.01"), reason="found", **acts)
    assert codes(refusal) == ["too_much"]
    receipt = refund(charge_id=charge.pk, amount=Decimal("10"), reason="found", **acts)
    check_sums()
    assert receipt.entries.get().amount == Decimal("10")
    assert owed([reader.pk]) == {reader.pk: Decimal("18.00")}
    with pytest.raises(Refused) as refusal:
        refund(charge_id=charge.pk, amount=Decimal("1"), reason="found", **acts)
    assert codes(refusal) == ["nothing_paid"]


def test_paying_back_needs_a_reason(acts):
    reader = make_reader()
    charge = make_charge(reader)
    paid(reader, [charge], "28", acts)
    with pytest.raises(Refused) as refusal:
        refund(charge_id=charge.pk, amount=Decimal("1"), reason="", **acts)
    assert codes(refusal) == ["no_reason"]


@pytest.mark.cases("UN-4")
def test_payment_taken_back_is_owed_again_once(acts):
    reader = make_reader()
    first, second = make_charge(reader, "3"), make_charge(reader, "5")
    receipt = paid(reader, [first, second], "8", acts)
    take_back_receipt(receipt_id=receipt.pk, reason="wrong child", **acts)
    check_sums()
    assert owed([reader.pk]) == {reader.pk: Decimal("8.00")}
    assert sum(entry.amount for entry in receipt.entries.all()) == 0
    with pytest.raises(Refused) as refusal:
        take_back_receipt(receipt_id=receipt.pk, reason="again", **acts)
    assert codes(refusal) == ["taken_back"]


@pytest.mark.cases("UN-4")
def test_waiver_taken_back_is_owed_again_once(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    entry = settle(charge_id=charge.pk, kind="waiver", reason="kind", **acts)
    take_back_entry(entry_id=entry.pk, reason="mistaken", **acts)
    assert owed([reader.pk]) == {reader.pk: Decimal("28.00")}
    with pytest.raises(Refused) as refusal:
        take_back_entry(entry_id=entry.pk, reason="mistaken", **acts)
    assert codes(refusal) == ["taken_back"]


def test_payment_of_which_money_went_back_is_not_taken_back_before_that_is(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    payment = paid(reader, [charge], "28", acts)
    back = refund(charge_id=charge.pk, amount=Decimal("8"), reason="cheaper", **acts)
    with pytest.raises(Refused) as refusal:
        take_back_receipt(receipt_id=payment.pk, reason="wrong", **acts)
    assert codes(refusal) == ["paid_back"]
    take_back_receipt(receipt_id=back.pk, reason="wrong", **acts)
    take_back_receipt(receipt_id=payment.pk, reason="wrong", **acts)
    check_sums()
    assert owed([reader.pk]) == {reader.pk: Decimal("28.00")}


def test_payments_and_cashless_entries_are_not_mistaken_for_each_other(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    paid(reader, [charge], "28", acts)
    with pytest.raises(Refused):
        take_back_entry(entry_id=ChargeEntry.objects.get(kind="payment").pk, reason="no", **acts)


@pytest.mark.cases("CH-13")
def test_finance_number_is_given_to_one_receipt_only(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    first, second = (paid(reader, [charge], "1", acts) for _time in range(2))
    by = acts["by"]
    assert note_finance_number(receipt_id=first.pk, number=" 0031 ", by=by).finance_number == "0031"
    with pytest.raises(Refused) as refusal:
        note_finance_number(receipt_id=second.pk, number="0031", by=by)
    assert refusal.value.problems[0].field == "finance_number"
    note_finance_number(receipt_id=first.pk, number="", by=by)
    assert note_finance_number(receipt_id=second.pk, number="0031", by=by).finance_number == "0031"


@pytest.mark.cases("CH-10")
def test_money_is_paid_back_though_it_is_forgotten_who_paid(acts):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    paid(reader, [charge], "28.00", acts)
    with transaction.atomic():
        open_door()
        Charge.objects.update(reader=None)
        Receipt.objects.update(reader=None)
    receipt = refund(charge_id=charge.pk, amount=Decimal("28.00"), reason="书找到了", **acts)
    assert receipt.reader_id is None
    check_sums()
