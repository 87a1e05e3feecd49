"""Which labels come, and in what order."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.forms.labels import PER_SHEET
from library_site.shared.bars import code128
from tests.factories.catalog import make_copy, make_title
from tests.factories.sheets import import_sheet, write_sheet
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    make_school()
    client = Client()
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


def printed(client, **asked):
    answer = client.get(reverse("catalog:labels"), asked)
    sheets = answer.context["sheets"]
    return [[label.copy.barcode if label.copy else "" for label in sheet] for sheet in sheets]


def test_labels_of_an_import_come_in_the_order_of_its_rows(client, tmp_path):
    run = import_sheet("holdings", write_sheet(tmp_path, ["书名", "作者", "册数"], ["乙", "一", 1], ["甲", "二", 2]))
    make_copy("99999999")

    assert printed(client, run=run.pk) == [["00000001", "00000002", "00000003"]]


def test_labels_of_a_range_leave_out_numbers_of_another_length(client):
    for barcode in ("0001", "0002", "00015", "0003", "0009"):
        make_copy(barcode)
    make_copy("0004", state="withdrawn")

    assert printed(client, first="0001", last="0005") == [["0001", "0002", "0003"]]
    assert printed(client, first="0009") == [["0009"]]


def test_labels_begin_where_the_sheet_is_still_whole(client):
    title = make_title()
    for number in range(3):
        make_copy(f"A{number}", title=title)

    assert printed(client, first="A0", last="A2", start=23) == [[*[""] * 22, "A0", "A1"], ["A2"]]


def test_labels_of_many_copies_come_in_parts(client):
    title = make_title()
    for number in range(PER_SHEET * 20 + 1):
        make_copy(f"{number:04d}", title=title)

    assert len(printed(client, first="0000", last="9999")) == 20
    assert printed(client, first="0000", last="9999", page=2) == [["0480"]]


def test_no_labels_before_anything_is_asked(client):
    assert printed(client) == []


def test_bars_of_a_sign_that_code_128_lacks_are_none():
    assert code128("三国") is None
    assert code128("00000001").width == 79 + 20
