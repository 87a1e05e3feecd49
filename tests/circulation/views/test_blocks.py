"""The page of who may not borrow."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circulation.models import LoanPolicy, ReaderBlock, Suspension
from circulation.operations.charges import owe
from circulation.rules.standing import UNTOLD
from tests.factories.catalog import make_copy
from tests.factories.readers import make_reader


@pytest.fixture
def client(library, client):
    client.force_login(library.librarian)
    return client


def stop(library, name):
    reader = make_reader(name, school_class=library.school_class)
    day = library.noon.date()
    Suspension.objects.create(reader=reader, starts_on=day, ends_on=day + timedelta(days=2))
    ReaderBlock.objects.create(reader=reader, reason="请到馆长处", since=library.noon, by=library.librarian)
    return reader


def test_page_lists_who_is_stopped_at_a_constant_number_of_statements(client, library):
    counts = []
    for names in (["甲一"], ["乙二", "丙三"]):
        for name in names:
            stop(library, name)
        client.get(reverse("blocks:overview"))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("blocks:overview")).content.decode()
        counts.append(len(captured))
    assert page.count("2026-10-14") == page.count("请到馆长处") == 3
    assert counts[0] == counts[1]


def test_page_finds_a_reader(client, library):
    reader = make_reader("丁四", school_class=library.school_class)
    page = client.get(reverse("blocks:overview"), {"q": "丁四"}).content.decode()
    assert reverse("blocks:reader", args=[reader.pk]) in page


@pytest.mark.cases("CO-8", "CO-11")
def test_librarian_lifts_blocks_and_ends_a_block(client, library):
    reader = stop(library, "甲一")
    page = reverse("blocks:reader", args=[reader.pk])
    client.post(reverse("blocks:lift", args=[reader.pk]), {"reason": ""})
    assert "2026-10-14" in client.get(page).content.decode()
    assert Suspension.objects.get().lifted_at is None
    client.post(reverse("blocks:lift", args=[reader.pk]), {"reason": "误判"})
    assert (Suspension.objects.get().lifted_by, Suspension.objects.get().reason) == (library.librarian, "误判")
    client.post(reverse("blocks:unblock", args=[reader.pk]))
    assert ReaderBlock.objects.get().ended_by == library.librarian
    client.post(reverse("blocks:block", args=[reader.pk]), {"reason": "书未赔"})
    assert ReaderBlock.objects.get(ended_at=None).reason == "书未赔"


def test_what_is_refused_is_said(client, library):
    reader = make_reader()
    answer = client.post(reverse("blocks:lift", args=[reader.pk]), {"reason": "误判"}, follow=True)
    assert "停借" in answer.content.decode()
    assert client.post(reverse("blocks:unblock", args=[0]), follow=True).status_code == 404


def test_page_of_a_reader_shows_what_stands_against_lending(client, library):
    reader = stop(library, "甲一")
    assert "请到馆长处" in client.get(reverse("readers:reader", args=[reader.pk])).content.decode()


@pytest.mark.cases("CO-8")
def test_desk_leads_the_librarian_to_where_it_is_lifted_and_nobody_else(librarian_desk, desk, library):
    reader, copy = stop(library, "甲一"), make_copy("30000001")
    page = reverse("blocks:reader", args=[reader.pk])
    for one, leads in ((librarian_desk, 3), (desk, 0)):
        one.reader = reader.pk
        answer = one.scan(copy.barcode)
        assert (answer.tone, (answer.answer + answer.panel).count(page)) == ("refused", leads)


def told(desk):
    """All that the desk says of the reader: on opening, and when a book is refused."""
    opened = desk.scan("C900")
    return opened.panel + desk.scan(make_copy().barcode).answer


def test_helpers_are_not_told_how_much_is_owed_and_why_somebody_is_blocked(desk, librarian_desk, library):
    LoanPolicy.objects.filter(category="student").update(owes_at_most=Decimal("5"))
    reader = make_reader("甲一", school_class=library.school_class, card="C900")
    ReaderBlock.objects.create(reader=reader, reason="请到馆长处", since=library.noon, by=library.librarian)
    with transaction.atomic():
        owe(reader_id=reader.pk, kind="card", amount=Decimal("7.77"), details={}, by=None, at=library.noon)
    for_helper, for_librarian = told(desk), told(librarian_desk)
    assert "请到馆长处" in for_librarian and "7.77" in for_librarian
    assert "请到馆长处" not in for_helper and "7.77" not in for_helper
    assert str(UNTOLD["owes"]) in for_helper
