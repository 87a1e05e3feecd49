from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circulation.models import CashUp, Charge, ChargeEntry, CirculationOptions, DamageDegree, DefaultPrice, Receipt
from circulation.operations.losses import find_again
from circulation.operations.payments import pay
from circulation.queries.balances import owed
from library_site.models import Role
from library_site.shared.reference import current_reference
from readers.models import Card
from tests.factories.catalog import make_copy
from tests.factories.charges import make_charge
from tests.factories.circulation import make_loan
from tests.factories.desk import lend, loan_of, make_scan
from tests.factories.readers import make_reader
from tests.factories.site import make_user


@pytest.fixture
def page(library):
    """The librarian's browser."""
    client = Client()
    client.force_login(library.librarian)
    return client


@pytest.fixture
def lent(library):
    """A book of 28 yuan that a pupil has."""
    copy = make_copy(price=Decimal("28.00"))
    lend(copy, make_reader(name="王小明"), library.helper)
    return loan_of(copy)


def url(name, *args):
    return reverse(f"charges:{name}", args=args)


def send(page, name, *args, follow=True, **fields):
    return page.post(url(name, *args), {"scan_id": uuid4(), **fields}, follow=follow)


def paid(charge, library, amount="28"):
    return pay(
        reader_id=charge.reader_id,
        charge_ids=[charge.pk],
        amount=Decimal(amount),
        by=library.librarian,
        at=library.noon,
    )


def statements(ask):
    """How many an answer takes once settings are cached."""
    ask()
    with CaptureQueriesContext(connection) as made:
        ask()
    return len(made)


def text(response):
    return response.content.decode()


def test_who_owes_is_listed_by_class_with_the_sum(page, library):
    reader = make_reader(name="王小明", school_class=library.school_class)
    make_charge(reader, "28.00")
    make_charge(make_reader(name="李无班"), "2.50")
    shown = text(page.get(url("overview")))
    assert shown.index("王小明") < shown.index("李无班")
    assert "30.50" in shown
    narrowed = text(page.get(url("overview"), {"class": library.school_class.pk}))
    assert "王小明" in narrowed
    assert "李无班" not in narrowed


@pytest.mark.parametrize("name", ["overview", "receipts", "cash"])
def test_lists_take_as_many_statements_for_three_rows_as_for_one(page, library, name):
    paid(make_charge(make_reader(), "28.00"), library, "1")
    one = statements(lambda: page.get(url(name)))
    for _number in range(2):
        paid(make_charge(make_reader(), "28.00"), library, "1")
    assert statements(lambda: page.get(url(name))) == one


def test_account_takes_as_many_statements_for_three_charges_as_for_one(page, library):
    reader = make_reader()
    paid(make_charge(reader, "28.00"), library, "1")
    one = statements(lambda: page.get(url("account", reader.pk)))
    for _number in range(2):
        paid(make_charge(reader, "28.00"), library, "1")
    assert statements(lambda: page.get(url("account", reader.pk))) == one


def test_loss_is_reported_with_its_price_offered(page, lent):
    assert 'value="28.00"' in text(page.get(url("lost", lent.pk)))
    response = send(page, "lost", lent.pk, amount="28.00")
    assert response.redirect_chain[-1][0] == url("account", lent.reader_id)
    assert owed([lent.reader_id]) == {lent.reader_id: Decimal("28.00")}


@pytest.mark.cases("CH-8")
@pytest.mark.parametrize("amount", ["-1", "x", "", "0.001", "100000"])
def test_senseless_amounts_are_refused_at_the_field(page, lent, amount):
    response = send(page, "lost", lent.pk, amount=amount)
    assert response.status_code == 422
    assert "amount" in response.context["form"].errors
    assert not Charge.objects.exists()


def test_loss_of_a_book_that_is_back_is_refused_on_the_page(page, library):
    loan = make_loan(copy=make_copy(price=Decimal(5)), lent_at=library.noon, returned_at=library.noon)
    assert send(page, "lost", loan.pk, amount="5").status_code == 422


def test_one_payment_page_sent_twice_leads_to_one_receipt(page, lent):
    charge, scan = make_charge(lent.reader, "28.00"), uuid4()
    fields = {"scan_id": scan, "charges": [charge.pk], "amount": "28"}
    for _time in range(2):
        response = page.post(url("account", lent.reader_id), fields)
        assert response.url == url("receipt", Receipt.objects.get().pk)
    assert owed([lent.reader_id]) == {}


@pytest.mark.cases("CH-7")
def test_too_much_is_told_at_the_field_and_what_was_typed_stays(page):
    charge = make_charge(make_reader(), "28.00")
    response = send(page, "account", charge.reader_id, charges=[charge.pk], amount="28.01")
    assert response.status_code == 422
    assert "28.00" in str(response.context["form"].errors["amount"])
    assert 'value="28.01"' in text(response)


def test_payment_without_a_choice_is_refused(page):
    charge = make_charge(make_reader(), "28.00")
    response = send(page, "account", charge.reader_id, amount="1")
    assert "charges" in response.context["form"].errors


def test_receipt_says_for_what_how_much_and_by_whom(page, library, lent):
    charge = make_charge(lent.reader, "28.00", copy=lent.copy, loan=lent)
    shown = text(page.get(url("receipt", paid(charge, library).pk)))
    for part in ("王小明", lent.copy.title.name, "28.00", "贰拾捌元整", "2026-00001", library.librarian.name):
        assert part in shown
    assert "receipt_80.css" in text(page.get(url("receipt", Receipt.objects.get().pk), {"paper": "80"}))


@pytest.mark.cases("CH-13")
def test_finance_number_that_is_taken_is_told_at_the_field(page, library):
    first, second = (paid(make_charge(make_reader(), "28.00"), library) for _time in range(2))
    send(page, "finance_number", first.pk, finance_number="0031")
    response = send(page, "finance_number", second.pk, finance_number="0031")
    assert response.status_code == 422
    assert response.context["number_form"].errors["finance_number"]


@pytest.mark.cases("UN-4")
def test_receipt_taken_back_is_marked_and_owed_again(page, library):
    charge = make_charge(make_reader(), "28.00")
    receipt = paid(charge, library)
    assert send(page, "take_back_receipt", receipt.pk, reason="").status_code == 422
    shown = send(page, "take_back_receipt", receipt.pk, reason="看错了")
    assert shown.context["sheet"].taken_back
    assert owed([charge.reader_id]) == {charge.reader_id: Decimal("28.00")}
    assert send(page, "take_back_receipt", receipt.pk, reason="again").status_code == 422


@pytest.mark.cases("CH-9")
def test_waiver_without_reason_is_told_at_its_own_form(page):
    charge = make_charge(make_reader(), "28.00")
    response = send(page, "waive", charge.pk, **{"waive-scan_id": uuid4(), "waive-amount": "28", "waive-reason": " "})
    assert response.status_code == 422
    assert response.context["bound"] == "waive"
    send(page, "waive", charge.pk, **{"waive-scan_id": uuid4(), "waive-amount": "28", "waive-reason": "家庭困难"})
    assert owed([charge.reader_id]) == {}


@pytest.mark.cases("CH-3")
def test_same_book_is_entered_from_the_page_of_the_charge(page, lent):
    charge = make_charge(lent.reader, "28.00", copy=lent.copy, loan=lent)
    shown = page.get(url("charge", charge.pk)).context["forms"]["replace"]
    assert shown.initial == {"location": lent.copy.location_id, "price": Decimal("28.00")}
    fields = {"replace-scan_id": uuid4(), "replace-location": lent.copy.location_id, "replace-price": "28"}
    send(page, "replace", charge.pk, **fields)
    assert lent.copy.title.copies.count() == 2
    assert ChargeEntry.objects.get(kind="replaced").amount == Decimal("-28.00")


@pytest.mark.cases("CH-4")
def test_damage_is_noted_by_degree_and_mended(page, library, lent):
    DamageDegree.objects.create(name="轻微", percent=30)
    lent.returned_at = library.noon
    lent.save()
    assert "¥8.40" in text(page.get(url("damaged", lent.pk)))
    send(page, "damaged", lent.pk, degree=DamageDegree.objects.get().pk, to_repair="on")
    charge = Charge.objects.get()
    assert (charge.details["degree"], owed([lent.reader_id])) == ("轻微", {lent.reader_id: Decimal("8.40")})
    send(page, "mended", charge.pk, **{"mend-scan_id": uuid4()})
    lent.copy.refresh_from_db()
    assert (lent.copy.state, owed([lent.reader_id])) == ("on_shelf", {})


def test_damage_of_a_book_without_price_needs_an_amount(page, library, lent):
    type(lent.copy).objects.update(price=None)
    type(lent.copy.title).objects.update(price=None)
    degree = DamageDegree.objects.create(name="轻微", percent=30)
    response = send(page, "damaged", lent.pk, degree=degree.pk)
    assert "amount" in response.context["form"].errors
    send(page, "damaged", lent.pk, degree=degree.pk, amount="0")
    assert not Charge.objects.exists()


def test_damage_before_degrees_are_set_up_leads_to_them(page, lent):
    assert url("rates") in text(page.get(url("damaged", lent.pk)))


@pytest.mark.cases("CH-10")
def test_money_for_a_book_found_again_waits_on_the_list_until_paid_back(page, library, lent):
    send(page, "lost", lent.pk, amount="28.00")
    charge = Charge.objects.get()
    paid(charge, library)
    find_again(
        copy_id=lent.copy_id, by=library.librarian, at=library.noon, reference=current_reference(), scan=make_scan()
    )
    assert [line.charge for line in page.get(url("overview")).context["to_pay_back"]] == [charge]
    form = page.get(url("charge", charge.pk)).context["forms"]["refund"]
    assert form.initial["amount"] == Decimal("28.00")
    fields = {"refund-scan_id": uuid4(), "refund-amount": "28", "refund-reason": "已找到"}
    send(page, "pay_back", charge.pk, **fields)
    assert list(page.get(url("overview")).context["to_pay_back"]) == []
    assert page.get(url("receipt", Receipt.objects.latest("pk").pk)).context["sheet"].is_refund


def test_settling_is_taken_back_from_the_page_of_the_charge(page):
    charge = make_charge(make_reader(), "28.00")
    send(page, "waive", charge.pk, **{"waive-scan_id": uuid4(), "waive-amount": "28", "waive-reason": "困难"})
    send(page, "take_back", charge.pk, **{"take_back-scan_id": uuid4(), "take_back-reason": "看错了"})
    assert owed([charge.reader_id]) == {charge.reader_id: Decimal("28.00")}


@pytest.mark.cases("CH-14")
def test_cash_is_counted_once_and_printed(page, library):
    paid(make_charge(make_reader(name="王小明"), "28.00"), library)
    assert page.get(url("cash")).context["box"].expected == Decimal("28.00")
    assert send(page, "cash", after="", counted="27").status_code == 422
    done = send(page, "cash", after="", counted="27", note="找零")
    assert done.context["count"].difference == Decimal("-1.00")
    assert "王小明" in text(done)
    assert send(page, "cash", after="", counted="0").status_code == 422
    assert CashUp.objects.count() == 1


def test_rates_are_kept_and_taken_away(page):
    page.post(url("rates"), {"book": "20", "av": ""})
    assert dict(DefaultPrice.objects.values_list("material", "price")) == {"book": Decimal("20.00")}
    page.post(url("rates"), {"book": ""})
    assert not DefaultPrice.objects.exists()
    assert page.post(url("rates"), {"book": "-1"}).status_code == 422


def test_degrees_are_kept_changed_and_removed(page):
    page.post(url("new_degree"), {"name": "轻微", "percent": "30"})
    degree = DamageDegree.objects.get()
    assert page.post(url("new_degree"), {"name": "轻微", "percent": "50"}).status_code == 422
    page.post(url("degree", degree.pk), {"name": "轻微", "percent": "20"})
    degree.refresh_from_db()
    assert degree.percent == 20
    page.post(url("degree_away", degree.pk))
    assert not DamageDegree.objects.exists()


@pytest.mark.parametrize("name", ["export", "export_receipts"])
def test_lists_go_out_as_files_and_that_is_recorded(page, library, name):
    paid(make_charge(make_reader(name="王小明"), "28.00"), library, "1")
    response = page.get(url(name), {"as": "csv"})
    assert "王小明" in b"".join(response.streaming_content).decode("utf-8-sig")


def test_helpers_see_no_money(library):
    client = Client()
    client.force_login(make_user(Role.HELPER))
    assert client.get(url("overview")).status_code == 403


@pytest.mark.parametrize("name", ["account", "charge", "lost", "damaged", "receipt", "count"])
def test_what_is_not_on_record_is_not_found(page, name):
    assert page.get(url(name, 999_999)).status_code == 404


@pytest.mark.cases("CH-5", "CD-1")
def test_replaced_card_is_charged_at_the_fee_of_the_options(page, library):
    reader = make_reader(card="80000001")
    first = Card.objects.get()
    CirculationOptions.objects.create(pk=1, card_fee=Decimal("5.00"))
    address = reverse("readers:new_card", args=[reader.pk])
    assert page.get(address).context["form"].initial["fee"] == Decimal("5.00")
    page.post(address, {"ends": "lost", "fee": "5.00"})
    first.refresh_from_db()
    card = Card.objects.get(reader=reader, status="valid")
    charge = Charge.objects.get(reader=reader)
    assert (first.status, charge.kind, charge.details) == ("lost", "card", {"card": card.barcode})
    assert owed([reader.pk]) == {reader.pk: Decimal("5.00")}


@pytest.mark.cases("CH-5", "CD-1")
def test_form_for_a_new_card_sent_twice_is_one_card_and_one_fee(page):
    reader = make_reader(card="80000001")
    address = reverse("readers:new_card", args=[reader.pk])
    shown = page.get(address).context["form"].initial["shown"]
    sent = [page.post(address, {"ends": "lost", "fee": "5.00", "shown": shown}).status_code for _time in range(2)]
    assert sent == [302, 422]
    assert Card.objects.filter(reader=reader).count() == 2
    assert owed([reader.pk]) == {reader.pk: Decimal("5.00")}


@pytest.mark.cases("CH-5")
def test_first_card_is_free(page):
    reader = make_reader()
    page.post(reverse("readers:new_card", args=[reader.pk]), {})
    assert not Charge.objects.exists()


@pytest.fixture
def lost_and_paid(page, library, lent):
    send(page, "lost", lent.pk, amount="28.00")
    paid(Charge.objects.get(), library)
    return lent


@pytest.mark.cases("RT-3", "RT-4")
def test_lost_book_scanned_at_the_desk_is_found_and_leads_to_its_money(librarian_desk, desk, lost_and_paid):
    barcode = lost_and_paid.copy.barcode
    shown = librarian_desk.scan(barcode)
    assert shown.tone == "returned"
    assert url("charge", Charge.objects.get().pk) in shown.answer
    lost_and_paid.copy.refresh_from_db()
    assert lost_and_paid.copy.state == "on_shelf"
    librarian_desk.post("undo")
    lost_and_paid.copy.refresh_from_db()
    assert lost_and_paid.copy.state == "lost"
    shown = desk.scan(barcode)
    assert url("charge", Charge.objects.get().pk) not in shown.answer  # a helper is no cashier


@pytest.mark.cases("RT-3")
def test_missing_book_scanned_at_the_desk_is_on_the_shelf(desk):
    copy = make_copy(state="missing")
    desk.scan(copy.barcode)
    copy.refresh_from_db()
    assert copy.state == "on_shelf"


def test_desk_of_a_librarian_links_to_loss_and_damage_and_a_helpers_does_not(librarian_desk, desk, library):
    copy, reader = make_copy(), make_reader(card="80000007")
    lend(copy, reader, library.helper)
    loan = loan_of(copy)
    assert url("lost", loan.pk) in librarian_desk.scan("80000007").panel
    assert url("lost", loan.pk) not in desk.scan("80000007").panel
    librarian_desk.reader = ""
    assert url("damaged", loan.pk) in librarian_desk.scan(copy.barcode).answer


def test_history_says_that_a_book_was_lost_and_not_returned(page, library, lent):
    returned = make_loan(reader=lent.reader, lent_at=library.noon, returned_at=library.noon)
    send(page, "lost", lent.pk, amount="28.00")
    shown = page.get(reverse("privacy:history", args=[lent.reader_id])).context["page"].object_list
    assert {loan.pk: loan.lost for loan in shown} == {lent.pk: True, returned.pk: False}
