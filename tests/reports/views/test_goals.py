import re
from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library_site.models import Role
from reports.models import Goal, ReportOptions
from tests.factories.catalog import make_copy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
GOALS, NEW = reverse("goals:goals"), reverse("goals:new")


@pytest.fixture
def principal(client):
    make_school()
    client.force_login(make_user(Role.PRINCIPAL))
    with time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+08:00"), tick=False):
        make_school_year(2026)
        yield client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def asked(**more) -> dict[str, str]:
    given = {"figure": "books_per_student.", "per": "semester", "target": "4", "first": "", "last": ""}
    return {**given, "from_year": "2026", "note": "", **more}


def test_goal_is_set_for_grades_and_shown(principal):
    answer = principal.post(NEW, asked(first="primary-3", last="primary-5", note="教导处计划"), follow=True)
    assert answer.redirect_chain[-1][0] == f"{GOALS}?year=2026"
    assert "生均借书册数 学生外借册数 ÷ 在校学生数 每学期，三至五年级 4.00 现有条件允许。 教导处计划" in text_of(answer)


def test_goal_out_of_reach_is_set_with_a_warning(principal):
    make_reader(school_class=make_class())
    for _number in range(50):
        make_copy()
    principal.post(NEW, asked(figure="circulation_rate.copies", target="80"))
    text = text_of(principal.get(GOALS))
    assert "难以达到" in text
    assert "流通藏书50册的80.00%，相当于1名学生人均借40.00册" in text


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"figure": "holdings_per_student.", "per": "week"}, "该指标不能按这个周期设目标"),
        ({"figure": "circulation_rate.copies", "first": "primary-3"}, "不能按年级设目标"),
        ({"first": "primary-4", "last": "primary-3"}, "且不低于起始年级"),
        ({"first": "primary-4", "last": "junior-1"}, "且不低于起始年级"),
        ({"last": "primary-3"}, "请选择起始年级"),
        ({"target": "-1"}, "等于0"),
    ],
)
def test_goal_that_makes_no_sense_is_told_at_its_field(principal, wrong, text):
    answer = principal.post(NEW, asked(**wrong))
    assert answer.status_code == 422
    assert text in re.sub(r"\s", "", text_of(answer))
    assert not Goal.objects.exists()


def test_goal_is_changed_from_what_it_says(principal):
    goal = Goal.objects.create(
        figure="borrowing_rate", per="week", stage="primary", from_position=3, to_position=3, target=90, from_year=2025
    )
    page = principal.get(NEW, {"like": goal.pk}).content.decode()
    assert '<option value="borrowing_rate." selected>' in page
    assert '<option value="primary-3" selected>' in page
    assert 'value="90.00"' in page


@pytest.mark.parametrize("like", ["0", "9" * 30, "9" * 5000, "x"])
def test_goal_begins_empty_where_the_one_to_begin_with_is_unknown(principal, like):
    assert principal.get(NEW, {"like": like}).status_code == 200


def test_ended_goal_moves_down_to_the_others(principal):
    goal = Goal.objects.create(figure="borrowing_rate", target=90, from_year=2025)
    answer = principal.post(reverse("goals:end", args=[goal.pk]), {"from_year": "2026"}, follow=True)
    text = text_of(answer)
    assert "还没有设定目标" in text
    assert "其他学年的目标（已被取代或终止）" in text
    assert "不再设" in text


def test_goal_is_not_ended_from_a_year_before_it_began(principal):
    goal = Goal.objects.create(figure="borrowing_rate", target=90, from_year=2026)
    principal.post(reverse("goals:end", args=[goal.pk]), {"from_year": "2025"})
    assert Goal.objects.get().target == 90


def test_without_school_years_the_page_says_so(client):
    make_school()
    client.force_login(make_user(Role.PRINCIPAL))
    assert "还没有录入学期" in text_of(client.get(GOALS))
    assert client.get(NEW).status_code == 302


def test_librarian_defines_the_circulation_rate(client):
    make_school()
    client.force_login(make_user(Role.LIBRARIAN))
    address = reverse("goals:definitions")
    assert 'value="copies"' in client.get(address).content.decode()
    client.post(address, {"circulation_rate": "borrowers", "snapshot_after_days": "20"})
    options = ReportOptions.objects.get()
    assert (options.circulation_rate, options.snapshot_after_days, options.titles_in_records) == (
        "borrowers",
        20,
        False,
    )
    wrong = {"circulation_rate": "borrowers", "snapshot_after_days": "121"}
    assert client.post(address, wrong).status_code == 422


def statements_of(client) -> int:
    client.get(GOALS)
    with CaptureQueriesContext(connection) as counted:
        client.get(GOALS)
    return len(counted)


def test_statements_do_not_grow_with_goals(principal):
    Goal.objects.create(figure="borrowing_rate", target=90, from_year=2026)
    with_one = statements_of(principal)
    for per in ("week", "month"):
        Goal.objects.create(figure="visits", target=90, per=per, from_year=2026)
    assert statements_of(principal) == with_one


@pytest.mark.parametrize("role", Role.values)
def test_goals_are_for_librarian_and_principal(client, role):
    make_school()
    make_school_year(2026)
    client.force_login(make_user(role))
    expected = 200 if role in (Role.LIBRARIAN, Role.PRINCIPAL) else 403
    assert client.get(GOALS).status_code == client.get(NEW).status_code == expected
    assert client.get(reverse("goals:definitions")).status_code == (200 if role == Role.LIBRARIAN else 403)
