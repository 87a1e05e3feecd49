import io

import pytest
from django.test import RequestFactory
from openpyxl import load_workbook

from library_site.shared.spreadsheets.report_book import Column, ReportSheet
from reports.views.download import send_book
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def test_book_is_sent_under_a_name_that_every_system_takes():
    request = RequestFactory().get("/")
    request.user = make_user("librarian")
    sheet = ReportSheet("表", "表", [Column("名", lambda row: row)], ["甲"])
    answer = send_book(request, "2026/27 学期报表", [sheet])
    assert answer.filename.startswith("202627 学期报表 ")
    assert answer.filename.endswith(".xlsx")
    assert load_workbook(io.BytesIO(b"".join(answer.streaming_content)))["表"]["A3"].value == "甲"
