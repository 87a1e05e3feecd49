"""What of the work plan and of room care the librarian's start page says."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from library_site.models import Role
from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.models import RoomCare
from reports.queries.care import reminded
from tests.factories.circulation import make_loan, make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.reports import make_care, make_item, make_plan
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
HOME = reverse("home")


@pytest.fixture
def librarian(client, time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy()
    make_loan(reader=make_reader(school_class=make_class()))
    client.force_login(make_user(Role.LIBRARIAN))
    return client


def lines(client, *codes):
    return [(item.text, item.url) for item in client.get(HOME).context["day"]["items"] if item.code in codes]


def test_due_items_of_the_plan_are_one_line_that_leads_there(librarian):
    semester = Semester.objects.get(starts_on=date(2026, 9, 1))
    assert lines(librarian, "plan") == []
    plan = make_plan(semester)
    make_item(plan, date(2026, 9, 1), done_on=date(2026, 9, 30))
    make_item(plan, date(2026, 10, 1))
    make_item(plan, date(2026, 11, 1))
    make_item(plan, date(2026, 12, 1))
    assert lines(librarian, "plan") == [("工作计划有 2 项本月应完成。", reverse("plans:plan", args=[semester.pk]))]


def test_room_care_is_reminded_of_late_in_the_month_by_those_who_keep_it(librarian, time_machine):
    assert lines(librarian, "care") == []
    make_care("fire", on=date(2026, 10, 30))
    make_care("damp", on=date(2026, 10, 30))
    make_care("cleaning", on=date(2026, 11, 6))
    assert lines(librarian, "care") == [("本月尚未登记的保洁与防护：防火、防潮", reverse("care:register"))]
    time_machine.move_to(datetime.fromisoformat("2026-11-19T12:00:00+08:00"))
    assert lines(librarian, "care") == []


def test_room_care_is_not_reminded_of_in_the_holidays(librarian):
    make_care("fire", on=date(2027, 5, 1))
    assert reminded(current_reference(), date(2027, 6, 30)) == [RoomCare.Kind.FIRE]
    assert reminded(current_reference(), date(2027, 8, 25)) == []
