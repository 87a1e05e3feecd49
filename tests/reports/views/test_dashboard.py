import io
import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from library_site.models import Role
from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.models import Goal, Standard, StandardRow
from reports.operations.snapshots import close_semester
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
DASHBOARD, EXPORT = reverse("reports:dashboard"), reverse("reports:export_dashboard")
CLOSED = ("dashboard-leaders", "dashboard-shares")


@pytest.fixture
def principal(client):
    make_school()
    client.force_login(make_user(Role.PRINCIPAL))
    return client


@pytest.fixture
def autumn():
    """Three classes of two pupils in November 2026: the first had two loans last week, the second one."""
    with time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+08:00"), tick=False):
        make_school_year(2025)
        make_school_year(2026)
        for number, loans in ((1, 2), (2, 1), (3, 0)):
            school_class = make_class(2024, number)
            readers = [make_reader(school_class=school_class) for _place in range(2)]
            for reader in readers[:loans]:
                make_loan(reader=reader, school_class=school_class, lent_at=timezone.now() - timedelta(days=7))
        yield Semester.objects.get(starts_on=date(2026, 9, 1))


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def chart_of(answer, ident):
    found = re.search(rf'<script id="{ident}" type="application/json">(.*?)</script>', answer.content.decode())
    return json.loads(found[1]) if found else None


def test_page_says_which_semester_and_up_to_which_day(principal, autumn):
    assert "2026–2027学年第一学期：2026年9月1日至2026年11月20日" in text_of(principal.get(DASHBOARD))


def test_classes_are_ranked_from_the_top_and_none_without_loans_is_named(principal, autumn):
    page = principal.get(DASHBOARD)
    chart = chart_of(page, "dashboard-leaders")
    assert chart["names"] == ["1. 三(1)班", "2. 三(2)班"]
    assert chart["series"][0]["values"] == [1, 0.5]
    assert "三年级 三(1)班 1.00" in text_of(page)
    assert "三(3)班" not in text_of(page)


def test_goals_stand_with_what_is_reached_of_them(principal, autumn):
    Goal.objects.create(figure="books_per_student", target=2, from_year=2026)
    Goal.objects.create(figure="borrowing_rate", target=50, from_year=2026)
    page = principal.get(DASHBOARD)
    assert "0.50，目标 2.00 完成 25%" in text_of(page)
    assert "50.00%，目标 50.00% 达标" in text_of(page)
    assert 'max="100" value="25"' in page.content.decode()


def test_figures_lead_to_the_lists_behind_them(principal, autumn):
    page = principal.get(DASHBOARD).content.decode()
    assert f'href="{reverse("semester_report:figure", args=["borrowing_rate"])}?semester={autumn.pk}"' in page


def test_collection_stands_beside_the_standard(principal, autumn):
    standard = Standard.objects.create(name="省标准", school_type="primary", applies=True)
    StandardRow.objects.create(standard=standard, measure="holdings_per_student", value=25)
    StandardRow.objects.create(standard=standard, measure="periodical_titles", value=60)
    text = text_of(principal.get(DASHBOARD))
    assert "省标准 达标 0 项 未达标 1 项 尚无数据 1 项" in text
    assert "生均藏书 ≥ 25 0.50 未达标" in text


def test_trend_counts_the_weeks_that_are_over(principal, autumn):
    make_loan(school_class=make_class(2024, 1))
    page = principal.get(DASHBOARD)
    chart = chart_of(page, "dashboard-trend")
    assert chart["names"] == [str(week) for week in range(1, 12)]
    assert chart["series"] == [{"name": "本学期", "values": [None] * 10 + [3]}]  # nothing is known of earlier ones
    assert "本周至今 1 册" in text_of(page)


def test_trend_is_compared_with_last_semester_and_last_year(principal, autumn):
    for day in (datetime(2025, 9, 2, 9, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)):
        make_loan(lent_at=day)
    chart = chart_of(principal.get(DASHBOARD), "dashboard-trend")
    assert [row["name"] for row in chart["series"]] == ["本学期", "上学期", "去年同学期"]
    assert [row["values"][:4] for row in chart["series"]] == [[0, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]]


def test_another_semester_can_be_chosen(principal, autumn):
    last = Semester.objects.get(starts_on=date(2026, 2, 10))
    make_loan(lent_at=datetime(2026, 3, 3, 9, tzinfo=UTC))
    page = principal.get(DASHBOARD, {"semester": last.pk})
    assert "2025–2026学年第二学期：2026年2月10日至2026年7月10日" in text_of(page)
    assert "本周至今" not in text_of(page)
    assert chart_of(page, "dashboard-trend")["series"][0]["values"][3] == 1
    assert "2025–2026学年第二学期" in principal.get(EXPORT, {"semester": last.pk}).filename


def test_closed_semester_is_shown_as_it_was_closed(principal, autumn):
    last = Semester.objects.get(starts_on=date(2026, 2, 10))
    school_class = make_class(2024, 1)
    reader = make_reader(school_class=school_class)
    make_loan(reader=reader, school_class=school_class, lent_at=datetime(2026, 3, 3, 9, tzinfo=UTC))
    close_semester(semester_id=last.pk, reason="", by=None, at=timezone.now(), reference=current_reference())
    closed = [chart_of(principal.get(DASHBOARD, {"semester": last.pk}), ident) for ident in CLOSED]
    make_loan(reader=reader, school_class=school_class, lent_at=datetime(2026, 3, 4, 9, tzinfo=UTC))
    assert closed[0]["names"] == ["1. 二(1)班"]
    assert closed == [chart_of(principal.get(DASHBOARD, {"semester": last.pk}), ident) for ident in CLOSED]


def test_every_chart_has_a_table_with_its_numbers(principal, autumn):
    page = principal.get(DASHBOARD).content.decode()
    assert page.count("data-chart=") == page.count('<details class="chart-table">') > 0


def test_school_without_loans_shows_no_empty_chart(principal):
    make_school_year(2026)
    with time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+08:00"), tick=False):
        page = principal.get(DASHBOARD)
    assert "data-chart=" not in page.content.decode()
    assert "还没有班级借书" in text_of(page)


def test_without_semesters_the_page_says_so(principal):
    assert "还没有录入学期" in text_of(principal.get(DASHBOARD))
    assert principal.get(EXPORT).status_code == 404


def test_no_pupil_is_named(principal, autumn):
    make_reader("赵小明", school_class=make_class(2024, 1))
    assert "赵小明" not in text_of(principal.get(DASHBOARD))


def test_principal_comes_home_to_the_dashboard(principal, autumn):
    home = principal.get(reverse("home"))
    assert chart_of(home, "dashboard-leaders")["names"] == ["1. 三(1)班", "2. 三(2)班"]


@pytest.mark.parametrize("role", [Role.LIBRARIAN, Role.TEACHER, Role.STUDENT])
def test_home_of_others_has_no_dashboard(client, autumn, role):
    make_school()
    client.force_login(make_user(role))
    assert chart_of(client.get(reverse("home")), "dashboard-leaders") is None


def test_workbook_has_the_numbers_of_the_charts(principal, autumn):
    answer = principal.get(EXPORT)
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    page = book["借书最多的班级"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert ["1. 三(1)班", 1] in rows
    assert len(page._charts) == 1


@pytest.mark.parametrize("role", Role.values)
def test_workbook_is_for_librarian_and_principal(client, autumn, role):
    make_school()
    client.force_login(make_user(role))
    expected = 200 if role in (Role.LIBRARIAN, Role.PRINCIPAL) else 403
    assert client.get(EXPORT).status_code == expected


def test_dashboard_takes_the_same_statements_for_any_number(principal, autumn):
    principal.get(DASHBOARD)
    with CaptureQueriesContext(connection) as few:
        principal.get(DASHBOARD)
    school_class = make_class(2025, 1)
    for _place in range(3):
        make_loan(reader=make_reader(school_class=school_class), school_class=school_class)
    principal.get(DASHBOARD)
    with CaptureQueriesContext(connection) as more:
        principal.get(DASHBOARD)
    assert len(more) == len(few)
