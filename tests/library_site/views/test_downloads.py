"""Lists as files: what the page shows, all of it, and a mark where people are in it."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from library_site.models import ListExport, Role
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    make_school()
    make_school_year()
    return signed_in(Role.LIBRARIAN, Role.ADMINISTRATOR)


def signed_in(*roles):
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(*roles), backend="library_site.authentication.AccountBackend")
    return client


def body(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def lines(client, name, **asked):
    """The list as CSV, without its heading."""
    answer = client.get(reverse(name), {"as": "csv", **asked})
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))[1:]


def test_readers_are_exported_as_the_list_is_narrowed(client):
    make_reader("王小明", number="0012", school_class=make_class(), card="T0001")
    for number in range(60):
        make_reader(f"读者{number}", number=f"9{number:03d}")

    assert len(lines(client, "readers:export_readers")) == 61
    (row,) = lines(client, "readers:export_readers", q="王小明", page="3")
    assert row[1:6] == ["0012", "王小明", "Student", "T0001", "Active"]


def test_excel_file_opens_and_is_named_by_its_list(client):
    make_reader("王小明", number="0012")

    answer = client.get(reverse("readers:export_readers"))

    page = load_workbook(io.BytesIO(body(answer))).active
    assert [cell.value for cell in page[2]][1:3] == ["0012", "王小明"]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Readers ')


@pytest.mark.parametrize(
    "name", ["readers:export_readers", "accounts:export", "circulation:export_out", "export_audit", "helpers:export"]
)
def test_export_of_people_leaves_a_mark_that_the_audit_log_shows(client, name):
    make_reader("王小明")

    rows = len(lines(client, name))

    mark = ListExport.objects.get()
    assert mark.rows == rows
    (entry,) = [row["entry"] for row in client.get(reverse("audit"), {"label": "export"}).context["rows"]]
    assert entry.act == mark.what
    assert [(change.label, change.after) for change in entry.changes] == [("rows", str(rows))]
    assert client.get(reverse("audit"), {"kind": "library_site.ListExport"}).context["rows"][0]["act"] != mark.what


def test_export_without_people_leaves_none(client):
    make_reader("王小明", school_class=make_class(), card="T0001")

    assert [row[1:] for row in lines(client, "readers:export_cards")] == [["1", "1", "0"]]
    assert not ListExport.objects.exists()


def test_who_has_what_keeps_to_what_one_reaches(client):
    make_loan(reader=make_reader("王小明", school_class=make_class()), copy=make_copy("0007"))

    assert [row[2:5:2] for row in lines(client, "circulation:export_out")] == [["王小明", "0007"]]
    assert signed_in(Role.HELPER).get(reverse("circulation:export_out")).status_code == 403
    teacher = signed_in(Role.TEACHER)
    assert lines(teacher, "circulation:export_out") == []


def test_librarian_exports_accounts_of_pupils_only(client):
    make_user(Role.STUDENT, username="pupil1")

    assert {row[0] for row in lines(signed_in(Role.LIBRARIAN), "accounts:export")} == {"pupil1"}
    assert len(lines(client, "accounts:export")) > 1


def test_audit_log_is_exported_beyond_its_page(client):
    for number in range(55):
        make_reader(f"读者{number}")

    rows = lines(client, "export_audit", kind="readers.Reader")

    assert len(rows) == 55
    assert rows[0][4] == "Reader 读者54"


@pytest.mark.parametrize("page", ["readers:readers", "accounts:accounts", "audit", "readers:cards"])
def test_list_offers_its_files_narrowed_as_it_is(client, page):
    make_class()

    shown = client.get(reverse(page), {"q": "王", "page": "2"}).content.decode()

    assert "?q=%E7%8E%8B&amp;as=xlsx" in shown
    assert "?q=%E7%8E%8B&amp;as=csv" in shown


def test_list_offers_no_file_to_whoever_may_not_have_it(client):
    make_loan(reader=make_reader(school_class=make_class()), copy=make_copy())

    assert b"out/export" not in signed_in(Role.HELPER).get(reverse("circulation:out")).content
    assert b"out/export" in client.get(reverse("circulation:out")).content


def test_list_of_many_costs_no_more_statements(client):
    def count():
        with CaptureQueriesContext(connection) as statements:
            lines(client, "readers:export_readers")
        return len(statements)

    make_reader(card="T0001")
    count()
    few = count()
    for number in range(5):
        make_reader(card=f"T1{number:03d}", school_class=make_class())
    count()
    assert count() == few
