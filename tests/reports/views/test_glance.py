import json
import re
from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from library_site.models import Role
from readers.models import Semester
from tests.factories.circulation import make_box, make_class_loan, make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
GLANCE = reverse("semester_report:report")


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


def test_current_semester_is_shown_with_numbers_beside_each_figure(principal, autumn):
    text = text_of(principal.get(GLANCE))
    assert "2026–2027学年第一学期：2026年9月1日至2026年11月20日" in text
    assert "0.50 学生外借册数 ÷ 在校学生数 1 ÷ 2，2026-09-01至2026-11-20" in text
    assert "100.00 %" in text
    assert "50.00 %" in text
    assert "三(1)班 2 1 1 0.50 50.00% 三年级小计 2 1 1 0.50 50.00% 合计 2 1 1 0.50 50.00%" in text


def test_another_semester_can_be_chosen(principal, autumn):
    last = Semester.objects.get(starts_on=date(2026, 2, 10))
    text = text_of(principal.get(GLANCE, {"semester": last.pk}))
    assert "2025–2026学年第二学期：2026年2月10日至2026年7月10日" in text
    assert "二(1)班 2 0 0 0.00 0.00%" in text


@pytest.mark.parametrize("semester", ["x", "0", "-1", "²", "99999999999999999999"])
def test_unknown_semester_shows_the_current_one(principal, autumn, semester):
    assert "2026–2027学年第一学期：" in text_of(principal.get(GLANCE, {"semester": semester}))


def test_semester_to_come_is_not_offered(principal, autumn):
    coming = Semester.objects.get(starts_on=date(2027, 2, 10))
    assert f'value="{coming.pk}"' not in principal.get(GLANCE).content.decode()


def test_without_data_figures_are_dashes(principal):
    make_school_year(timezone.localdate().year - 1)
    text = text_of(principal.get(GLANCE))
    assert text.count("—") == 11  # three figures with what they are made of, and the two quotients of the total
    assert "0.00" not in text


def test_without_semesters_the_page_says_so(principal):
    assert "还没有录入学期" in text_of(principal.get(GLANCE))


def test_chart_has_the_numbers_of_the_table(principal, autumn):
    page = principal.get(GLANCE).content.decode()
    data = json.loads(re.search(r'<script id="glance-chart" type="application/json">(.*?)</script>', page)[1])
    assert (data["names"], data["values"]) == (["三(1)班"], [0.5])


def test_no_pupil_is_named(principal, autumn):
    assert "赵小明" not in text_of(principal.get(GLANCE))


@pytest.mark.parametrize("role", Role.values)
def test_glance_is_for_librarian_and_principal(client, autumn, role):
    make_school()
    client.force_login(make_user(role))
    expected = 200 if role in (Role.LIBRARIAN, Role.PRINCIPAL) else 403
    assert client.get(GLANCE).status_code == expected


@pytest.mark.cases("CB-7")
def test_glance_says_what_is_counted_apart(principal, autumn):
    assert "图书角" not in text_of(principal.get(GLANCE))
    school_class = make_class()
    box = make_box(school_class=school_class)
    make_class_loan(box, school_class)
    make_loan(reader=make_reader(school_class=school_class), school_class=school_class, kind="corner", box=box)
    text = text_of(principal.get(GLANCE))
    assert "学生外借中 1 册借自班级图书角。以上未计：以班级名义借出 1 册，馆内阅览 0 册。" in text
