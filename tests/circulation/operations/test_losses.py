from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from catalog.models import Copy
from circulation.models import Charge, CirculationEvent, DefaultPrice, Loan
from circulation.operations.losses import find_again, mend, report_damage, report_lost
from circulation.operations.payments import pay, refund
from circulation.operations.replacements import replace_with_same
from circulation.operations.undo import undo_last
from circulation.queries.balances import owed
from circulation.queries.prices import worth_of
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy, make_location
from tests.factories.charges import check_sums, make_charge
from tests.factories.circulation import make_policy
from tests.factories.desk import lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader
from tests.factories.reservations import make_reservation


@pytest.fixture
def acts(library):
    return {"by": library.librarian, "at": library.noon}


@pytest.fixture
def lent(library):
    """A book of 28 yuan that a pupil has."""
    copy = make_copy(price=Decimal("28.00"))
    lend(copy, make_reader(), library.helper)
    return loan_of(copy)


def lose(loan, acts, amount="28.00", **options):
    options.setdefault("scan", make_scan())
    return report_lost(loan_id=loan.pk, amount=Decimal(amount), details={"price": "28.00"}, **acts, **options)


def find(copy, acts):
    return find_again(copy_id=copy.pk, reference=current_reference(), scan=make_scan(), **acts)


def undo(library):
    return undo_last(desk="desk1", by=library.librarian, at=library.noon, scan=make_scan())


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.cases("CH-1")
def test_lost_book_costs_its_price_times_the_multiple_of_the_loans_rule(library):
    policy = make_policy("teacher", material="book", lost_multiple=Decimal("1.50"))
    loan = Loan(policy=policy, copy=make_copy(price=Decimal("28.33")), category="teacher", lent_at=library.noon)
    worth = worth_of(loan, current_reference())
    assert (worth.price, worth.multiple, worth.amount) == (Decimal("28.33"), Decimal("1.50"), Decimal("42.50"))


@pytest.mark.cases("CH-1")
def test_reported_loss_ends_the_loan_and_is_owed(lent, acts):
    event = lose(lent, acts)
    lent.refresh_from_db()
    assert (lent.returned_at, lent.copy.state, event.kind) == (acts["at"], "lost", "lost")
    assert owed([lent.reader_id]) == {lent.reader_id: Decimal("28.00")}
    charge = Charge.objects.get()
    assert (charge.kind, charge.loan_id, charge.copy_id, charge.event_id) == ("loss", lent.pk, lent.copy_id, event.pk)


@pytest.mark.cases("CH-2")
def test_lost_book_without_price_costs_the_default_of_its_material(library, lent):
    lent.copy.price = lent.copy.title.price = None
    assert worth_of(lent, current_reference()).amount is None
    DefaultPrice.objects.create(material="book", price=Decimal("20"))
    worth = worth_of(lent, current_reference())
    assert (worth.amount, worth.is_default) == (Decimal("20.00"), True)


def test_volume_of_a_set_counts_its_share(library, lent):
    lent.copy.price, lent.copy.volume = None, "2"
    lent.copy.title.price, lent.copy.title.volumes = Decimal("100.00"), 3
    assert worth_of(lent, current_reference()).price == Decimal("33.33")


def test_same_report_sent_twice_is_one_loss(lent, acts):
    scan = make_scan()
    assert lose(lent, acts, scan=scan) == lose(lent, acts, scan=scan)
    assert Charge.objects.count() == 1


def test_report_on_a_returned_loan_is_refused(lent, acts, library):
    take_back(lent.copy, library.helper, at=library.noon)
    with pytest.raises(Refused) as refusal:
        lose(lent, acts)
    assert codes(refusal) == ["loan_closed"]
    assert not Charge.objects.exists()


def test_loss_that_costs_nothing_leaves_no_charge(lent, acts):
    lose(lent, acts, amount="0")
    lent.copy.refresh_from_db()
    assert (lent.copy.state, Charge.objects.exists()) == ("lost", False)


@pytest.mark.parametrize("amount", ["-1", "1000000"])
def test_loss_at_a_senseless_price_is_refused(lent, acts, amount):
    with pytest.raises(Refused):
        lose(lent, acts, amount=amount)
    assert not CirculationEvent.objects.filter(kind="lost").exists()


def test_undone_loss_is_a_loan_again_and_owed_no_more(lent, acts, library):
    lose(lent, acts)
    undo(library)
    lent.refresh_from_db()
    assert (lent.returned_at, lent.copy.state, owed([lent.reader_id])) == (None, "on_shelf", {})


def test_loss_that_was_paid_is_not_undone_before_the_payment(lent, acts, library):
    lose(lent, acts)
    pay(reader_id=lent.reader_id, charge_ids=[Charge.objects.get().pk], amount=Decimal("1"), **acts)
    with pytest.raises(Refused) as refusal:
        undo(library)
    assert codes(refusal) == ["paid_since"]


@pytest.mark.cases("CH-11", "RT-4")
def test_found_before_payment_is_owed_no_more(lent, acts):
    lose(lent, acts)
    event = find(lent.copy, acts)
    lent.copy.refresh_from_db()
    assert (event.kind, lent.copy.state, owed([lent.reader_id])) == ("found", "on_shelf", {})


@pytest.mark.cases("CH-10", "RT-3")
def test_found_after_payment_waits_for_the_money_to_be_paid_back(lent, acts):
    lose(lent, acts)
    charge = Charge.objects.get()
    pay(reader_id=lent.reader_id, charge_ids=[charge.pk], amount=Decimal("10"), **acts)
    find(lent.copy, acts)
    check_sums()
    assert owed([lent.reader_id]) == {}
    receipt = refund(charge_id=charge.pk, amount=Decimal("10"), reason="found", **acts)
    check_sums()
    assert (receipt.entries.get().kind, owed([lent.reader_id])) == ("refund", {})


def test_undone_finding_is_owed_as_before_unless_money_went_back(lent, acts, library):
    lose(lent, acts)
    charge = Charge.objects.get()
    pay(reader_id=lent.reader_id, charge_ids=[charge.pk], amount=Decimal("10"), **acts)
    find(lent.copy, acts)
    undo(library)
    check_sums()
    lent.copy.refresh_from_db()
    assert (lent.copy.state, owed([lent.reader_id])) == ("lost", {lent.reader_id: Decimal("18.00")})
    find(lent.copy, acts)
    refund(charge_id=charge.pk, amount=Decimal("10"), reason="found", **acts)
    with pytest.raises(Refused) as refusal:
        undo(library)
    assert codes(refusal) == ["paid_since"]


@pytest.mark.cases("RT-3")
def test_missing_copy_that_nobody_reported_is_on_the_shelf_again(library, acts):
    copy = make_copy(state="missing")
    assert find(copy, acts) is None
    copy.refresh_from_db()
    assert copy.state == "on_shelf"


def test_finding_what_is_not_away_changes_nothing(library, acts, lent):
    assert find(lent.copy, acts) is None
    assert loan_of(lent.copy).returned_at is None


def test_found_twice_frees_the_later_reader_only(library, acts, lent):
    lose(lent, acts)
    find(lent.copy, acts)
    second = make_reader()
    lend(lent.copy, second, library.helper)
    lose(loan_of(lent.copy), acts)
    event = find(lent.copy, acts)
    assert event.reader_id == second.pk
    assert owed([lent.reader_id, second.pk]) == {}


def damage(loan, acts, amount="8.40", **options):
    values = {"details": {"degree": "slight"}, "to_repair": False, "scan": make_scan(), **options}
    return report_damage(loan_id=loan.pk, amount=Decimal(amount), **values, **acts)


@pytest.mark.cases("CH-4", "RT-18")
def test_damage_told_after_the_return_is_owed_and_goes_to_repair(lent, acts, library):
    take_back(lent.copy, library.helper, at=library.noon)
    event = damage(lent, acts, to_repair=True)
    lent.copy.refresh_from_db()
    assert (event.kind, lent.copy.state) == ("damaged", "in_repair")
    assert owed([lent.reader_id]) == {lent.reader_id: Decimal("8.40")}


@pytest.mark.cases("CH-4")
def test_book_mended_by_the_pupil_is_settled_and_on_the_shelf(lent, acts, library):
    take_back(lent.copy, library.helper, at=library.noon)
    damage(lent, acts, to_repair=True)
    entry = mend(charge_id=Charge.objects.get().pk, scan_id=uuid4(), **acts)
    lent.copy.refresh_from_db()
    assert (entry.kind, lent.copy.state, owed([lent.reader_id])) == ("mended", "on_shelf", {})


def test_damaged_book_on_loan_does_not_go_to_repair(lent, acts):
    with pytest.raises(Refused) as refusal:
        damage(lent, acts, to_repair=True)
    assert codes(refusal) == ["on_loan"]
    assert damage(lent, acts, amount="0").kind == "damaged"
    assert not Charge.objects.exists()


def test_undone_damage_is_owed_no_more_and_the_copy_as_before(lent, acts, library):
    take_back(lent.copy, library.helper, at=library.noon)
    damage(lent, acts, to_repair=True)
    undo(library)
    lent.copy.refresh_from_db()
    assert (lent.copy.state, owed([lent.reader_id])) == ("on_shelf", {})


def test_same_damage_sent_twice_is_one_charge(lent, acts):
    scan = make_scan()
    assert damage(lent, acts, scan=scan) == damage(lent, acts, scan=scan)
    assert Charge.objects.count() == 1


@pytest.mark.cases("CH-3")
def test_same_book_brought_settles_and_is_entered_as_a_copy(lent, acts, library):
    lose(lent, acts)
    charge, place, scan = Charge.objects.get(), make_location(), uuid4()
    options = {"location_id": place.pk, "price": Decimal("30"), "on": library.noon.date(), "scan_id": scan}
    copy = replace_with_same(charge_id=charge.pk, **options, **acts)
    assert replace_with_same(charge_id=charge.pk, **options, **acts) == copy
    assert (copy.title_id, copy.price, copy.location) == (lent.copy.title_id, Decimal("30"), place)
    entry = charge.entries.get(kind="replaced")
    assert (entry.amount, entry.reason, owed([lent.reader_id])) == (Decimal("-28.00"), copy.accession_number, {})


@pytest.mark.cases("CH-3")
def test_replacement_under_a_number_that_is_taken_changes_nothing(lent, acts, library):
    lose(lent, acts)
    taken = make_copy()
    with pytest.raises(Refused):
        replace_with_same(
            charge_id=Charge.objects.get().pk,
            barcode=taken.barcode,
            location_id=taken.location_id,
            price=None,
            on=library.noon.date(),
            **acts,
        )
    assert owed([lent.reader_id]) == {lent.reader_id: Decimal("28.00")}
    assert Copy.objects.filter(title=lent.copy.title).count() == 1


def test_replacing_what_is_no_book_is_refused(library, acts):
    charge = make_charge(make_reader(), "5", kind="card")
    with pytest.raises(Refused) as refusal:
        replace_with_same(
            charge_id=charge.pk, location_id=make_location().pk, price=None, on=library.noon.date(), **acts
        )
    assert codes(refusal) == ["not_of_a_book"]


def test_late_book_that_is_lost_afterwards_is_dated_by_the_report(lent, acts, library):
    acts["at"] = library.noon + timedelta(days=20)
    lose(lent, acts)
    lent.refresh_from_db()
    assert lent.returned_at == acts["at"]


@pytest.mark.cases("RT-18", "RS-13")
def test_book_set_aside_that_goes_to_repair_makes_its_reader_wait_again(lent, acts, library):
    waiting = make_reader()
    make_copy(title=lent.copy.title)  # so that the queue is not without hope
    turn = make_reservation(lent.copy.title, waiting)
    take_back(lent.copy, library.helper, at=library.noon)
    turn.refresh_from_db()
    assert turn.state == "ready"
    damage(lent, acts, to_repair=True)
    turn.refresh_from_db()
    assert turn.state == "waiting"


def test_found_book_is_set_aside_for_who_waits(lent, acts):
    make_copy(title=lent.copy.title)
    lose(lent, acts)
    turn = make_reservation(lent.copy.title, make_reader())
    event = find(lent.copy, acts)
    turn.refresh_from_db()
    assert (turn.state, turn.copy_id, event.details["reservation"]) == ("ready", lent.copy_id, turn.pk)
