"""The class and grade tables, the contest, and what a class teacher sees of the own class."""

import re
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from library_site.models import ListExport, Role
from readers.models import ClassTeacher, Semester
from reports.models import Snapshot
from reports.queries.class_report import class_rows
from reports.queries.class_table import table_json
from reports.queries.facts import class_counts
from reports.rules.figures import Period
from reports.rules.snapshots import kept_days
from tests.factories.circulation import make_loan, make_opening_hours
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
TABLE, CONTEST = reverse("class_report:table"), reverse("class_report:contest")
OWN, NOTHING = reverse("class_report:own"), reverse("class_report:nothing")


@pytest.fixture
def autumn():
    """Two classes of the third grade in November 2026: one loan in the first, by one of two pupils."""
    with time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+08:00"), tick=False):
        make_school()
        make_school_year(2025)
        make_school_year(2026)
        make_opening_hours()
        first, second = make_class(), make_class(number=2)
        reader = make_reader("赵小明", school_class=first)
        make_reader("钱小红", school_class=first)
        make_reader("孙小刚", school_class=second)
        make_loan(reader=reader, school_class=first)
        yield first


@pytest.fixture
def principal(client, autumn):
    client.force_login(make_user(Role.PRINCIPAL))
    return client


@pytest.fixture
def teacher(client, autumn):
    """Leads the first class."""
    account = make_user(Role.TEACHER)
    ClassTeacher.objects.create(
        reader=make_reader(category="teacher", account=account), school_class=autumn, since=date(2026, 9, 1)
    )
    client.force_login(account)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_table_has_classes_grades_and_the_total(principal):
    text = text_of(principal.get(TABLE))
    assert "三(1)班 2 1 1 0.50 50.00% 0 0 0" in text
    assert "三年级小计 3 1 1 0.33 33.33% 0 0 0 合计 3 1 1 0.33 33.33% 0 0 0" in text
    assert "2026-09-01至2026-11-20" in text


def test_month_and_year_can_be_chosen(principal):
    assert "三(1)班 2 1 1 0.50" in text_of(principal.get(TABLE, {"month": "2026-11"}))
    assert "三(1)班 2 — — — —" in text_of(principal.get(TABLE, {"month": "2026-10"}))
    assert "2026–2027学年 2026-09-01至2026-11-20" in text_of(principal.get(TABLE, {"year": "2026"}))


def test_timetable_column_stands_only_where_classes_have_periods(principal):
    assert "缺席课次" not in text_of(principal.get(TABLE))


def test_without_semesters_the_pages_say_so(client, db):
    make_school()
    client.force_login(make_user(Role.PRINCIPAL, Role.TEACHER, Role.LIBRARIAN))
    for name in ("class_report:table", "class_report:contest", "class_report:own", "pupil_records:overview"):
        assert "还没有录入学期" in text_of(client.get(reverse(name)))
    assert client.get(reverse("class_report:export")).status_code == 404


def test_closed_semester_is_shown_as_reported_with_a_recount_on_demand(principal, autumn, rf):
    semester = Semester.objects.get(starts_on=date(2026, 2, 10))
    at = timezone.make_aware(datetime.combine(date(2026, 3, 2), time(12)))
    make_loan(school_class=autumn, lent_at=at, returned_at=at)
    period = Period(semester.starts_on, semester.ends_on, semester.ends_on)
    request = principal.get(TABLE).wsgi_request
    rows = class_rows(class_counts(period), reference=request.reference, now=timezone.now())
    tables = {"period": kept_days(period), "classes": table_json(rows)}
    Snapshot.objects.create(semester=semester, taken_at=timezone.now(), figures={}, tables=tables)
    make_loan(school_class=autumn, lent_at=at, returned_at=at)

    shown = text_of(principal.get(TABLE, {"semester": semester.pk}))
    assert "已于2026-11-20封存" in shown
    assert "现统计不同之处" not in shown
    assert "二(1)班 2 1 1 0.50" in shown
    recount = text_of(principal.get(TABLE, {"semester": semester.pk, "recount": "1"}))
    assert "二(1)班 外借册数 1 2" in recount
    assert "二(1)班 2 1 1 0.50" in recount


def test_workbook_holds_the_table_with_sums_as_formulas(principal):
    answer = principal.get(reverse("class_report:export"))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    assert [cell.value for cell in rows["三(1)班"]][:4] == ["三(1)班", 2, 1, 1]
    assert str(rows["合计"][1].value).startswith("=SUBTOTAL(9,")
    assert str(rows["三(1)班"][4].value).startswith("=IF(")
    assert len(sheet._charts) == 1


def test_contest_orders_the_classes_and_shows_the_sums(principal):
    text = text_of(principal.get(CONTEST))
    assert "1 三(1)班 0.50 1 ÷ 2 2 三(2)班 0.00 0 ÷ 1" in text
    text = text_of(principal.get(CONTEST, {"by": "rate", "within": "school"}))
    assert "1 三(1)班 50.00% 1 ÷ 2 2 三(2)班 0.00% 0 ÷ 1" in text
    assert text_of(principal.get(CONTEST, {"by": "x", "within": "x"})).count("1 ÷ 2") == 1


def test_contest_can_be_kept_as_a_workbook(principal):
    answer = principal.get(reverse("class_report:export_contest"), {"by": "rate"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[-2:] == [["三", 1, "三(1)班", 50, 1, 2], ["三", 2, "三(2)班", 0, 0, 1]]


def test_no_table_names_a_pupil(principal, autumn):
    pages = [TABLE, CONTEST, reverse("class_report:school_class", args=[autumn.pk])]
    assert [page for page in pages if "赵小明" in principal.get(page).content.decode()] == []


def test_class_by_month_adds_up(principal, autumn):
    text = text_of(principal.get(reverse("class_report:school_class", args=[autumn.pk])))
    assert "2026-09 2 — — — —" in text
    assert "2026-11 2 1 1 0.50 50.00% 0 0 0" in text


def test_class_teacher_sees_the_own_class_beside_grade_and_school(teacher):
    text = text_of(teacher.get(OWN))
    assert "人均册数 0.50 0.33 0.33" in text
    assert "三(2)班" not in text
    assert teacher.get(TABLE).status_code == 403


def test_teacher_of_no_class_is_told_so(client, autumn):
    client.force_login(make_user(Role.TEACHER))
    assert "还没有登记您是哪个班的班主任" in text_of(client.get(OWN))
    assert "还没有登记您是哪个班的班主任" in text_of(client.get(NOTHING))
    assert not ListExport.objects.exists()


def test_class_teacher_sees_who_borrowed_nothing_in_the_own_class_and_the_look_is_recorded(teacher):
    text = text_of(teacher.get(NOTHING))
    assert "钱小红" in text
    assert "赵小明" not in text
    assert "孙小刚" not in text
    look = ListExport.objects.get()
    assert (look.what, look.rows) == ("look.without_loans", 1)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TEACHER])
def test_who_borrowed_nothing_is_shown_to_nobody_else(client, autumn, role):
    client.force_login(make_user(role))
    assert client.get(NOTHING).status_code == 403


def test_another_class_does_not_exist_for_a_class_teacher(teacher, autumn):
    other = make_class(number=2)
    assert teacher.get(reverse("class_report:school_class", args=[other.pk])).status_code == 404
    assert teacher.get(reverse("class_report:school_class", args=[autumn.pk])).status_code == 200
