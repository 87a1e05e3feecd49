"""The work log on its page and in Excel."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circulation.models import DayClosing
from library_site.models import Role
from tests.factories.circulation import make_loan, make_opening_hours
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
LOG, EXPORT = reverse("worklog:log"), reverse("worklog:export")


@pytest.fixture(autouse=True)
def it_is_november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))


@pytest.fixture
def principal(client):
    make_school()
    make_school_year(2025)
    make_school_year(2026)
    make_opening_hours()
    client.force_login(make_user(Role.PRINCIPAL))
    return client


def loans(*days: str) -> None:
    reader = make_reader(school_class=make_class())
    for day in days:
        make_loan(reader=reader, lent_at=datetime.fromisoformat(f"{day}T12:00:00+08:00"))


def test_this_month_is_shown_by_day_with_its_total(principal):
    loans("2026-11-02", "2026-11-03", "2026-11-03")
    DayClosing.objects.create(
        day=date(2026, 11, 3), note="明早先上架", at=datetime.fromisoformat("2026-11-03T17:00+08:00")
    )
    page = principal.get(LOG)
    rows = page.context["rows"]
    assert [row.first.day for row in rows] == [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20]
    assert [(row.work.lent, row.note) for row in rows[:3]] == [(1, ""), (2, "明早先上架"), (0, "")]
    assert page.context["total"].lent == 3
    assert page.context["chart"].data["series"][0]["values"][:3] == [1, 2, 0]


def test_school_year_is_shown_by_month_and_leads_to_the_months(principal):
    loans("2026-09-30", "2026-11-03")
    page = principal.get(LOG, {"year": 2026})
    assert [(row.first.month, row.work.lent) for row in page.context["rows"]] == [(9, 1), (10, 0), (11, 1)]
    assert 'href="?month=2026-09"' in page.content.decode()


def test_month_before_the_first_loan_is_unknown(principal):
    loans("2026-11-03")
    page = principal.get(LOG, {"month": "2026-03"})
    assert page.context["total"].lent is None
    assert not page.context["chart"].drawn
    assert "—" in page.content.decode()


@pytest.mark.parametrize("asked", [{"month": "x"}, {"period": "day-1"}, {"year": "²"}])
def test_unknown_period_shows_one_that_is_known(principal, asked):
    assert principal.get(LOG, asked).context["chosen"].year.start_year == 2026


def test_log_opens_before_any_semester_is_entered(client):
    make_school()
    client.force_login(make_user(Role.LIBRARIAN))
    for address in (LOG, EXPORT):
        assert "还没有录入学期" in client.get(address).content.decode()


def test_sheet_has_the_days_and_a_total_that_agrees(principal):
    loans("2026-11-02", "2026-11-03", "2026-11-03")
    sheet = openpyxl.load_workbook(BytesIO(principal.get(EXPORT).getvalue())).active
    rows = [[cell.value for cell in row] for row in sheet]
    head = next(n for n, row in enumerate(rows) if row[0] == "日期")
    assert rows[head][1:4] == ["借出", "归还", "续借"]
    assert rows[head + 1][:3] == [datetime(2026, 11, 2), 1, 0]
    last = next(row for row in reversed(rows) if row[0])
    assert last[0] == "合计"
    assert last[1] == f"=SUBTOTAL(9,B{head + 2}:B{head + 16})"
    by_month = openpyxl.load_workbook(BytesIO(principal.get(EXPORT, {"year": 2026}).getvalue())).active
    assert "2026年11月" in [row[0].value for row in by_month]


def test_log_asks_as_often_for_three_days_as_for_one(principal):
    def count():
        with CaptureQueriesContext(connection) as captured:
            principal.get(LOG)
        return len(captured)

    loans("2026-11-02")
    count()
    once = count()
    loans("2026-11-03", "2026-11-04")
    count()
    assert count() == once
