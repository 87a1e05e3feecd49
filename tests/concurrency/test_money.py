"""Two at the cash desk at once: real threads on real rows; nothing is taken twice, and every count adds up."""

from decimal import Decimal
from functools import partial
from threading import Event

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from circulation.models import CashUp, Charge, ChargeEntry, Receipt
from circulation.operations.cash_up import count_cash
from circulation.operations.losses import find_again, report_lost
from circulation.operations.payments import hold_cash_box, pay, refund, settle, take_back_receipt
from circulation.queries.balances import owed
from circulation.queries.cash import cash_box
from library_site.models import Role
from library_site.shared.reference import current_reference
from tests.concurrency.test_desks import at_once
from tests.factories.catalog import make_copy
from tests.factories.charges import make_charge
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import NOON, lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 25


@pytest.fixture
def cashier():
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=500)
    return make_user(Role.LIBRARIAN)


def paying(charge, amount, by):
    return partial(pay, reader_id=charge.reader_id, charge_ids=[charge.pk], amount=Decimal(amount), by=by, at=NOON)


@pytest.mark.cases("CH-12")
def test_two_payments_of_one_charge_are_one_and_the_other_finds_it_settled(cashier):
    for _try in range(TRIES):
        charge = make_charge(make_reader(), "28.00")
        results = at_once(*[paying(charge, "28", cashier)] * 2)
        assert [result for result in results if not isinstance(result, Receipt)] == [["settled"]]
        assert owed([charge.reader_id]) == {}
    assert Receipt.objects.count() == ChargeEntry.objects.filter(kind="payment").count() == TRIES


@pytest.mark.cases("CH-7", "CH-12")
def test_payment_and_waiver_at_once_never_settle_more_than_is_owed(cashier):
    for _try in range(TRIES):
        charge = make_charge(make_reader(), "28.00")
        waive = partial(settle, charge_id=charge.pk, kind="waiver", reason="hardship", by=cashier, at=NOON)
        at_once(paying(charge, "20", cashier), waive)
        kinds = set(charge.entries.values_list("kind", flat=True))
        left = charge.entries.aggregate(left=Sum("amount"))["left"]
        # Paid first, the rest is waived; waived first, nothing is left to be paid.
        assert left == 0
        assert kinds in ({"owed", "payment", "waiver"}, {"owed", "waiver"})


def test_receipts_of_many_at_once_are_numbered_without_gap_or_double(cashier):
    charges = [make_charge(make_reader(), "1.00") for _number in range(20)]
    at_once(*(paying(charge, "1", cashier) for charge in charges))
    numbers = sorted(Receipt.objects.values_list("number", flat=True))
    assert numbers == [f"2026-{number:05d}" for number in range(1, 21)]


@pytest.mark.cases("CH-14")
def test_payments_while_the_cash_is_counted_fall_on_one_count_each(cashier):
    for _try in range(TRIES):
        charges = [make_charge(make_reader(), "1.00") for _number in range(3)]
        last = CashUp.objects.order_by("-pk").first()
        counting = partial(
            count_cash, counted=Decimal(0), note="counted", after=last.pk if last else None, by=cashier, at=NOON
        )
        at_once(counting, *(paying(charge, "1", cashier) for charge in charges))
    counted = CashUp.objects.aggregate(total=Sum("expected"))["total"]
    assert counted + cash_box().expected == TRIES * 3


def test_a_payment_waits_while_the_cash_is_counted(cashier):
    charge = make_charge(make_reader(), "1.00")
    counting, paid = Event(), Event()

    def count():
        with transaction.atomic():
            hold_cash_box()
            counting.set()
            assert not paid.wait(0.3)  # it cannot have been written while the box is held
            return cash_box().expected

    def take():
        counting.wait()
        receipt = paying(charge, "1", cashier)()
        paid.set()
        return receipt

    assert at_once(count, take)[0] == 0


def test_two_counts_from_one_page_are_one(cashier):
    count = partial(count_cash, counted=Decimal(0), note="", after=None, by=cashier, at=NOON)
    results = at_once(count, count)
    assert [result for result in results if not isinstance(result, CashUp)] == [["counted_meanwhile"]]


@pytest.mark.cases("CH-10")
def test_money_is_paid_back_once_however_many_ask(cashier):
    for _try in range(TRIES):
        charge = make_charge(make_reader(), "28.00")
        paying(charge, "28", cashier)()
        back = partial(refund, charge_id=charge.pk, amount=Decimal(28), reason="found", by=cashier, at=NOON)
        results = at_once(back, back)
        assert [result for result in results if not isinstance(result, Receipt)] == [["nothing_paid"]]


@pytest.mark.cases("UN-4")
def test_receipt_taken_back_while_it_is_refunded_has_one_outcome(cashier):
    outcomes = set()
    for _try in range(TRIES):
        charge = make_charge(make_reader(), "28.00")
        receipt = paying(charge, "28", cashier)()
        back = partial(take_back_receipt, receipt_id=receipt.pk, reason="wrong", by=cashier, at=NOON)
        again = partial(refund, charge_id=charge.pk, amount=Decimal(28), reason="found", by=cashier, at=NOON)
        results = at_once(back, again)
        refusals = [result for result in results if not isinstance(result, Receipt)]
        assert refusals in ([["nothing_paid"]], [["paid_back"]])
        outcomes.add(refusals[0][0])
    assert outcomes


@pytest.mark.cases("CH-11", "RT-4")
def test_book_found_while_it_is_paid_for_owes_nothing_and_loses_no_money(cashier):
    for _try in range(TRIES):
        copy, reader = make_copy(price=Decimal(28)), make_reader()
        lend(copy, reader, cashier)
        report_lost(loan_id=loan_of(copy).pk, amount=Decimal(28), details={}, by=cashier, at=NOON, scan=make_scan())
        charge = Charge.objects.get(copy=copy)
        find = partial(
            find_again, copy_id=copy.pk, by=cashier, at=NOON, reference=current_reference(), scan=make_scan()
        )
        at_once(find, paying(charge, "28", cashier))
        paid = -(charge.entries.filter(kind="payment").aggregate(sum=Sum("amount"))["sum"] or 0)
        # Found first, there was nothing to pay; paid first, the money waits to be paid back.
        assert (owed([reader.pk]), paid in (0, 28)) == ({}, True)


@pytest.mark.cases("CH-1")
def test_book_returned_while_it_is_reported_lost_has_one_outcome(cashier):
    for _try in range(TRIES):
        copy = make_copy(price=Decimal(28))
        lend(copy, make_reader(), cashier)
        loan = loan_of(copy)
        lose = partial(
            report_lost, loan_id=loan.pk, amount=Decimal(28), details={}, by=cashier, at=NOON, scan=make_scan()
        )
        at_once(lose, partial(take_back, copy, cashier))
        ends = list(loan.events.exclude(kind="checkout").values_list("kind", flat=True))
        assert ends in (["return"], ["lost"])
        assert Charge.objects.filter(loan=loan).exists() == (ends == ["lost"])
        copy.refresh_from_db()
        assert copy.state == ("lost" if ends == ["lost"] else "on_shelf")


def test_database_keeps_two_writers_by_sql_from_overpaying(cashier):
    """The last word: whoever writes past our operations waits for the charge and is refused at commit."""
    charge = make_charge(make_reader(), "28.00")

    def write():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO circulation_chargeentry (charge_id, kind, amount, at, reason)"
                    " VALUES (%s, 'payment', -28, now(), '')",
                    [charge.pk],
                )
        except Exception as error:
            return type(error).__name__
        return "written"

    assert sorted(at_once(write, write)) == ["IntegrityError", "written"]
