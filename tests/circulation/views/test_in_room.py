"""The desk offers use in the room, and the page lists what is not back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circulation.models import Loan
from circulation.operations.in_room import hand_out
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy, make_location
from tests.factories.desk import loan_of
from tests.factories.readers import make_reader


def hand(desk, copy, reader):
    values = {"scan_id": uuid4(), "at": "2026-10-12T04:20:00Z", "reader": reader or "", "copy": copy.pk}
    return desk.client.post(reverse("in_room:hand_out"), values).json()


@pytest.fixture
def reference_work(library):
    return make_copy("D1", location=make_location("工具书阅览室", circulates=False))


@pytest.mark.cases("CO-15")
@pytest.mark.parametrize("flagged", [True, False])
def test_book_that_stays_is_refused_with_use_in_the_room_as_the_way_out(desk, library, reference_work, flagged):
    copy = make_copy("D2", in_room_only=True) if flagged else reference_work
    make_reader(card="C1", school_class=library.school_class)
    desk.scan("C1")
    answer = desk.scan(copy.barcode)

    assert answer.tone == "refused"
    assert reverse("in_room:hand_out") in answer.answer
    assert not Loan.objects.exists()


@pytest.mark.cases("CO-15")
def test_librarian_lends_a_book_that_stays_with_a_reason(librarian_desk, library, reference_work):
    make_reader(card="C1", school_class=library.school_class)
    librarian_desk.scan("C1")
    librarian_desk.post("lend", copy=reference_work.pk, overrides="in_room_only", reason="校长要求")
    assert loan_of(reference_work).kind == Loan.Kind.READER


@pytest.mark.cases("IR-1", "IR-4")
def test_handed_out_at_the_desk_and_back_by_the_next_scan(desk, library, reference_work):
    reader = make_reader(card="C1", school_class=library.school_class)
    out = hand(desk, reference_work, reader.pk)
    assert (out["tone"], out["reader"]) == ("lent", reader.pk)

    answer = desk.scan("D1")
    assert answer.tone == "returned"
    assert reverse("circulation:renew_instead") not in answer.answer
    assert loan_of(reference_work).returned_at is not None


@pytest.mark.cases("IR-2")
def test_with_nobody_open_nothing_is_handed_out(desk, reference_work):
    answer = hand(desk, reference_work, None)
    assert answer["tone"] == "refused"
    assert not Loan.objects.exists()


def test_refusal_at_the_desk_says_why(desk, library, reference_work):
    hand(desk, reference_work, make_reader().pk)
    answer = hand(desk, reference_work, make_reader().pk)
    assert answer["tone"] == "refused"
    assert Loan.objects.count() == 1


@pytest.fixture
def page(library):
    client = Client()
    client.force_login(library.helper, backend="library_site.authentication.AccountBackend")
    return client


def use(library, **options):
    copy, reader = make_copy(), make_reader(school_class=library.school_class)
    at = options.pop("at", library.noon)
    hand_out(copy_id=copy.pk, reader_id=reader.pk, by=library.helper, at=at, reference=current_reference())
    return loan_of(copy)


@pytest.mark.cases("IR-3")
def test_page_lists_what_is_not_back_and_marks_what_is_of_an_earlier_day(page, library):
    today, before = use(library), use(library, at=library.noon - timedelta(days=1))
    text = page.get(reverse("in_room:overview")).content.decode()

    assert today.copy.barcode in text
    assert before.copy.barcode in text
    assert text.count("status is-bad") == 1


def test_back_by_the_page_twice_is_once(page, library):
    loan = use(library)
    for _time in range(2):
        assert page.post(reverse("in_room:back", args=[loan.pk])).status_code == 302
    assert loan.events.filter(kind="return").count() == 1


def test_page_costs_the_same_for_one_use_and_three(page, library):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            page.get(reverse("in_room:overview"))
        return len(captured)

    use(library)
    cost()
    one = cost()
    use(library)
    use(library)
    assert cost() == one
