import re
from datetime import date, datetime
from io import BytesIO

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
from reports.models import EnteredFigure, Goal
from reports.operations.snapshots import close_semester
from reports.rules.catalogue import CATALOGUE
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box, make_class_loan, make_loan, make_opening_hours
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
REPORT = reverse("semester_report:report")


@pytest.fixture
def principal(client):
    make_school()
    client.force_login(make_user(Role.PRINCIPAL))
    return client


@pytest.fixture
def autumn():
    """The semester from September 2026, with one loan in a class of two pupils; today is in November."""
    with time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+08:00"), tick=False):
        make_school_year(2025)
        make_school_year(2026)
        school_class = make_class()
        reader, _other = make_reader("赵小明", school_class=school_class), make_reader(school_class=school_class)
        make_loan(reader=reader, school_class=school_class)
        yield Semester.objects.get(starts_on=date(2026, 9, 1))


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def row_of(answer, code: str) -> str:
    page = answer.content.decode()
    row = re.search(rf'<tr id="figure-{code}"[^>]*>(.*?)</tr>', page, re.DOTALL)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip()


def test_current_semester_is_shown_with_numbers_beside_each_figure(principal, autumn):
    answer = principal.get(REPORT)
    assert "2026–2027学年第一学期：2026年9月1日至2026年11月20日" in text_of(answer)
    books = "生均借书册数 学生外借册数 ÷ 在校学生数 0.50 册 1 ÷ 2 2026-09-01至2026-11-20 — —"
    assert row_of(answer, "books_per_student") == books
    assert "50.00 % 1 ÷ 2" in row_of(answer, "borrowing_rate")
    assert "100.00 % 1 ÷ 1" in row_of(answer, "circulation_rate")


def test_every_figure_of_the_catalogue_has_its_row_and_leads_to_its_list(principal, autumn):
    page = principal.get(REPORT).content.decode()
    for code in CATALOGUE:
        address = f"{reverse('semester_report:figure', args=[code])}?semester={autumn.pk}"
        assert page.count(f'id="figure-{code}"') == page.count(f'href="{address}"') == 1
        assert principal.get(address).status_code == 200


def test_another_semester_can_be_chosen(principal, autumn):
    last = Semester.objects.get(starts_on=date(2026, 2, 10))
    text = text_of(principal.get(REPORT, {"semester": last.pk}))
    assert "2025–2026学年第二学期：2026年2月10日至2026年7月10日" in text


@pytest.mark.parametrize("semester", ["x", "0", "-1", "²", "99999999999999999999"])
def test_unknown_semester_shows_the_current_one(principal, autumn, semester):
    assert "2026–2027学年第一学期：" in text_of(principal.get(REPORT, {"semester": semester}))


def test_semester_to_come_is_not_offered(principal, autumn):
    coming = Semester.objects.get(starts_on=date(2027, 2, 10))
    assert f'value="semester-{coming.pk}"' not in principal.get(REPORT).content.decode()


def test_semester_before_the_first_loan_is_unknown_and_not_zero(principal, autumn):
    last = Semester.objects.get(starts_on=date(2026, 2, 10))
    answer = principal.get(REPORT, {"semester": last.pk})
    for code in ("books_per_student", "circulation_rate", "borrowers", "visits", "all_loans"):
        assert "—" in row_of(answer, code)
        assert "0.00" not in row_of(answer, code)


def test_last_semester_stands_beside_as_it_was_entered(principal, autumn):
    last = Semester.objects.get(starts_on=date(2026, 2, 10))
    EnteredFigure.objects.create(semester=last, figure="books_per_student", value="3.4", note="台账")
    assert row_of(principal.get(REPORT), "books_per_student").endswith("— 3.40")
    assert "3.40 册 手工填报" in row_of(principal.get(REPORT, {"semester": last.pk}), "books_per_student")


def test_figure_written_over_is_marked_with_its_note_and_what_is_counted(principal, autumn):
    EnteredFigure.objects.create(semester=autumn, figure="borrowing_rate", value=100, note="另一人用纸质登记")
    row = row_of(principal.get(REPORT), "borrowing_rate")
    assert "100.00 % 手工填报" in row
    assert "另一人用纸质登记；系统统计：50.00%" in row


def test_goal_stands_beside_its_figure_with_what_was_reached(principal, autumn):
    Goal.objects.create(figure="books_per_student", target="0.4", from_year=2026)
    Goal.objects.create(figure="borrowing_rate", target="90", from_year=2026)
    answer = principal.get(REPORT)
    assert "目标（每学期）：0.40 达标" in row_of(answer, "books_per_student")
    assert "目标（每学期）：90.00% 目前50.00%" in row_of(answer, "borrowing_rate")


def test_goal_out_of_reach_says_so_beside_the_figure(principal, autumn):
    for _number in range(50):
        make_copy()
    Goal.objects.create(figure="circulation_rate", variant="copies", target="80", from_year=2026)
    assert "难以达到：流通藏书51册的80.00%" in row_of(principal.get(REPORT), "circulation_rate")


def test_closed_semester_stays_as_it_was_and_its_goals_are_judged(principal, autumn):
    Goal.objects.create(figure="books_per_student", target="0.6", from_year=2026)
    with time_machine.travel(datetime.fromisoformat("2027-02-20T12:00:00+08:00"), tick=False):
        close_semester(semester_id=autumn.pk, reason="", by=None, at=timezone.now(), reference=current_reference())
        lent_at = datetime.fromisoformat("2026-12-01T12:00:00+08:00")
        make_loan(school_class=make_class(), lent_at=lent_at, returned_at=lent_at)
        principal.force_login(make_user(Role.PRINCIPAL))  # the login of November is over
        answer = principal.get(REPORT, {"semester": autumn.pk})
    assert "已于2027-02-20封存" in text_of(answer)
    assert "0.50 册 1 ÷ 2" in row_of(answer, "books_per_student")
    assert "目标（每学期）：0.60 未达标：0.50" in row_of(answer, "books_per_student")


def test_without_semesters_the_page_says_so(principal):
    assert "还没有录入学期" in text_of(principal.get(REPORT))
    assert principal.get(reverse("semester_report:export")).status_code == 404


def test_no_pupil_is_named(principal, autumn):
    assert "赵小明" not in text_of(principal.get(REPORT))
    for code in CATALOGUE:
        assert "赵小明" not in text_of(principal.get(reverse("semester_report:figure", args=[code])))


@pytest.mark.cases("CB-7")
def test_report_says_what_is_counted_apart(principal, autumn):
    assert "学生外借中" not in text_of(principal.get(REPORT))
    school_class = make_class()
    box = make_box(school_class=school_class)
    make_class_loan(box, school_class)
    make_loan(reader=make_reader(school_class=school_class), school_class=school_class, kind="corner", box=box)
    text = text_of(principal.get(REPORT))
    assert "学生外借中 1 册借自班级图书角。以上未计：以班级名义借出 1 册，馆内阅览 0 册。" in text


def test_list_behind_a_figure_shows_classes_and_months(principal, autumn):
    text = text_of(principal.get(reverse("semester_report:figure", args=["books_per_student"])))
    assert "三(1)班 2 1 0.50 合计 2 1 0.50" in text
    assert "2026年11月 1 合计 1" in text
    assert "算法出处：" in text


def test_list_behind_visits_that_nobody_counts_is_empty_and_not_zero(principal, autumn):
    answer = principal.get(reverse("semester_report:figure", args=["visits_per_student"]))
    assert answer.context["card"].value is None
    assert answer.context["tables"] == []


def test_unknown_figure_is_not_found(principal, autumn):
    assert principal.get(reverse("semester_report:figure", args=["nonsense"])).status_code == 404


def test_workbook_has_the_numbers_of_the_page(principal, autumn):
    make_opening_hours()
    EnteredFigure.objects.create(semester=autumn, figure="card_coverage", value=100, note="台账")
    Goal.objects.create(figure="books_per_student", target=4, from_year=2026)
    answer = principal.get(reverse("semester_report:export"))
    content = BytesIO(b"".join(answer.streaming_content))
    book = load_workbook(content, data_only=True)
    assert book.sheetnames == ["比率", "人均指标", "数量", "分月"]
    shares = {row[0]: row for row in book["比率"].iter_rows(values_only=True)}
    assert shares["借书率"][2:5] == (1, 2, 0.5)
    assert (shares["借书证覆盖率"][5], shares["借书证覆盖率"][8]) == (100, "台账")
    each = {row[0]: row for row in book["人均指标"].iter_rows(values_only=True)}
    assert (each["生均借书册数"][2:5], each["生均借书册数"][6]) == ((1, 2, 0.5), "每学期 4.00")
    counts = {row[0]: row for row in book["数量"].iter_rows(values_only=True)}
    assert (counts["学生借阅册次"][2], counts["阅览人次"][2]) == (1, None)
    months = [row[:2] for row in book["分月"].iter_rows(values_only=True) if row[0]][-4:]
    assert months == [("2026年9月", None), ("2026年10月", None), ("2026年11月", 1), ("合计", 1)]
    formulas = load_workbook(content)["比率"]
    assert any(str(cell.value).startswith("=IF(") for row in formulas.iter_rows() for cell in row)


def statements_of(client) -> int:
    client.get(REPORT)
    with CaptureQueriesContext(connection) as counted:
        client.get(REPORT)
    return len(counted)


def test_statements_do_not_grow_with_loans_classes_and_goals(principal, autumn):
    Goal.objects.create(figure="borrowing_rate", target=90, per="year", from_year=2026)
    with_one = statements_of(principal)
    for place in range(2):
        school_class = make_class(number=place + 5)
        make_loan(reader=make_reader(school_class=school_class), school_class=school_class)
        Goal.objects.create(figure="visits", target=90, per="year", stage="", from_year=2025 + place)
    assert statements_of(principal) == with_one


@pytest.mark.parametrize("role", Role.values)
def test_report_is_for_librarian_and_principal(client, autumn, role):
    make_school()
    client.force_login(make_user(role))
    expected = 200 if role in (Role.LIBRARIAN, Role.PRINCIPAL) else 403
    for name in ("report", "export"):
        assert client.get(reverse(f"semester_report:{name}")).status_code == expected
    assert client.get(reverse("semester_report:figure", args=["visits"])).status_code == expected
    entering = client.get(reverse("semester_report:enter_all", args=[autumn.pk])).status_code
    assert entering == (200 if role == Role.LIBRARIAN else 403)
    assert ("填报指标" in text_of(client.get(REPORT))) == (role == Role.LIBRARIAN)
