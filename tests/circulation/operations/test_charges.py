from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from circulation.models import Charge, ChargeEntry
from circulation.operations.charges import add_entry, owe, reverse_entry, reverse_of_event, set_owed
from circulation.queries.balances import owed
from library_site.shared.problems import Refused, violated
from tests.factories.catalog import make_copy
from tests.factories.charges import check_sums, make_charge
from tests.factories.desk import lend
from tests.factories.readers import make_reader


def test_owing_is_the_sum_of_all_charges_of_a_reader(library):
    reader, other = make_reader(), make_reader()
    make_charge(reader, "28.00")
    make_charge(reader, "3.50")
    make_charge(other, "1.00")
    assert owed([reader.pk, make_reader().pk]) == {reader.pk: Decimal("31.50")}
    assert owed([]) == {}


def test_owing_of_many_readers_is_one_statement(library, django_assert_num_queries):
    readers = [make_charge(make_reader(), "1.00").reader_id for _number in range(3)]
    with django_assert_num_queries(1):
        assert len(owed(readers)) == 3


@pytest.mark.cases("CH-8")
@pytest.mark.parametrize("amount", ["0", "-0.01", "100000"])
def test_owing_nothing_less_or_beyond_reason_is_refused(library, amount):
    with pytest.raises(Refused), transaction.atomic():
        owe(
            reader_id=make_reader().pk,
            kind=Charge.Kind.CARD,
            amount=Decimal(amount),
            details={},
            by=library.librarian,
            at=library.noon,
        )
    assert not Charge.objects.exists()


@pytest.mark.cases("CH-16")
def test_entries_are_never_changed_nor_deleted(library):
    entry = make_charge(make_reader(), "28.00").entries.get()
    for change in (lambda: ChargeEntry.objects.update(amount=1), lambda: entry.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert ChargeEntry.objects.get().amount == Decimal("28.00")


@pytest.mark.cases("CH-16")
def test_database_refuses_to_settle_more_than_is_owed(library):
    charge = make_charge(make_reader(), "28.00")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        add_entry(charge, "payment", Decimal("-28.01"), by=None, at=library.noon)
        check_sums()
    assert violated(refusal.value) == "charge_never_overpaid"


@pytest.mark.cases("CH-16")
def test_database_refuses_to_pay_back_what_was_never_paid(library):
    charge = make_charge(make_reader(), "28.00")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        add_entry(charge, "waiver", Decimal("-28"), by=None, at=library.noon)
        add_entry(charge, "refund", Decimal("1"), by=None, at=library.noon)
        check_sums()
    assert violated(refusal.value) == "charge_refund_was_paid"


@pytest.mark.cases("CH-16")
@pytest.mark.parametrize(("kind", "amount"), [("owed", "-1"), ("payment", "1"), ("refund", "-1"), ("waiver", "1")])
def test_database_refuses_entries_of_the_wrong_sign(library, kind, amount):
    charge = make_charge(make_reader(), "28.00")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        add_entry(charge, kind, Decimal(amount), by=None, at=library.noon)
    assert violated(refusal.value) == "charge_entry_sign"


@pytest.mark.cases("CH-16")
def test_database_refuses_a_reversal_of_another_sum_or_of_a_reversal(library):
    charge = make_charge(make_reader(), "28.00")
    reversal = reverse_entry(charge.entries.get(), by=None, at=library.noon)
    first = charge.entries.order_by("pk").first()
    for amount, of in (("-27.00", first), ("28.00", reversal)):
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            add_entry(charge, "reversal", Decimal(amount), by=None, at=library.noon, reverses=of)
        assert violated(refusal.value) == "charge_entry_reversed_as_it_was"


def test_an_entry_is_reversed_once(library):
    entry = make_charge(make_reader(), "28.00").entries.get()
    reverse_entry(entry, by=None, at=library.noon)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        reverse_entry(entry, by=None, at=library.noon)
    assert violated(refusal.value) == "charge_entry_reversed_once"


def test_what_is_owed_can_be_set_anew_but_not_below_what_is_settled(library):
    reader = make_reader()
    charge = make_charge(reader, "28.00")
    add_entry(charge, "payment", Decimal("-10"), by=None, at=library.noon)
    with pytest.raises(Refused), transaction.atomic():
        set_owed(charge, Decimal("9.99"), by=None, at=library.noon)
    set_owed(charge, Decimal("12"), by=None, at=library.noon)
    assert owed([reader.pk]) == {reader.pk: Decimal("2.00")}
    entries = charge.entries.count()
    set_owed(charge, Decimal("12"), by=None, at=library.noon)
    assert charge.entries.count() == entries


def test_an_undone_act_costs_nothing(library):
    reader = make_reader()
    event = lend(make_copy(), reader, library.helper)
    make_charge(reader, "3.00", event=event, loan=event.loan)
    with transaction.atomic():
        reverse_of_event(event=event, by=library.helper, at=library.noon)
    assert owed([reader.pk]) == {}
    assert [entry.kind for entry in ChargeEntry.objects.order_by("pk")] == ["owed", "reversal"]


def test_undoing_what_was_paid_meanwhile_is_refused(library):
    event = lend(make_copy(), make_reader(), library.helper)
    charge = make_charge(event.reader, "3.00", event=event)
    add_entry(charge, "payment", Decimal("-1"), by=None, at=library.noon)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        reverse_of_event(event=event, by=library.helper, at=library.noon)
    assert [problem.code for problem in refusal.value.problems] == ["paid_since"]


def test_charges_and_entries_cannot_be_emptied(library):
    for table in ("circulation_charge", "circulation_chargeentry", "circulation_cashup"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL library.flush = 'off'")
            cursor.execute(f"TRUNCATE {table} CASCADE")
