"""The register of room care: entering, correcting, taking away, and what this month lacks."""

from datetime import date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library_site.models import Role
from reports.models import RoomCare
from tests.factories.catalog import make_location
from tests.factories.readers import make_school_year
from tests.factories.reports import make_care
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
REGISTER = reverse("care:register")
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def it_is_november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))


def signed_in(*roles):
    make_school()
    make_school_year()
    client = Client()
    client.user = make_user(*roles, name="李老师")
    client.force_login(client.user)
    return client


@pytest.fixture
def librarian(db):
    return signed_in(Role.LIBRARIAN)


def test_entering_several_kinds_makes_a_line_each(librarian):
    room = make_location("阅览室")
    answer = librarian.post(
        reverse("care:enter"),
        {"on": "2026-11-19", "kinds": ["cleaning", "fire"], "room": room.pk, "done_by": "王老师", "found": "插座松动"},
    )
    assert answer.status_code == 302
    lines = [(row.kind, row.on, row.room, row.done_by, row.found, row.by) for row in RoomCare.objects.order_by("pk")]
    same = (date(2026, 11, 19), room, "王老师", "插座松动", librarian.user)
    assert lines == [("cleaning", *same), ("fire", *same)]


@pytest.mark.parametrize(
    ("field", "value"), [("on", "2026-11-21"), ("on", ""), ("kinds", []), ("kinds", ["sleep"]), ("done_by", " ")]
)
def test_entering_without_what_it_needs_is_refused_at_the_field(librarian, field, value):
    wanted = {"on": "2026-11-19", "kinds": ["cleaning"], "done_by": "王老师", field: value}
    answer = librarian.post(reverse("care:enter"), wanted)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not RoomCare.objects.exists()


def test_correcting_keeps_who_entered_and_the_history(librarian):
    line = make_care(on=TODAY, by=librarian.user, found="灰尘")
    other = signed_in(Role.LIBRARIAN)
    wanted = {"kind": "dust", "on": "2026-11-18", "room": "", "done_by": "李老师", "found": ""}
    assert other.post(reverse("care:correct", args=[line.pk]), wanted).status_code == 302
    line.refresh_from_db()
    assert (line.kind, line.on, line.found, line.by) == ("dust", date(2026, 11, 18), "", librarian.user)
    assert "灰尘" in RoomCare.pgh_event_model.objects.filter(pgh_obj_id=line.pk).values_list("found", flat=True)


def test_removed_line_stays_in_the_history(librarian):
    line = make_care(on=TODAY)
    librarian.post(reverse("care:remove", args=[line.pk]))
    assert not RoomCare.objects.exists()
    assert RoomCare.pgh_event_model.objects.filter(pgh_obj_id=line.pk, pgh_label="delete").count() == 1


def test_register_shows_a_school_year_and_a_kind(librarian):
    make_school_year(2025)
    make_care("fire", on=TODAY, found="今年")
    make_care("moth", on=TODAY, found="今年驱虫")
    make_care("fire", on=date(2026, 7, 20), found="暑假")

    def shown(**asked):
        return [row.found for row in librarian.get(REGISTER, asked).context["page"]]

    assert shown() == ["今年驱虫", "今年"]
    assert shown(kind="fire") == ["今年"]
    assert shown(period="month-2026-11") == ["今年驱虫", "今年"]
    assert shown(year="2025") == shown(month="2026-07") == ["暑假"]
    assert shown(month="x", year="y", kind="z") == ["今年驱虫", "今年"]


def test_kinds_in_use_that_this_month_lacks_are_named(librarian):
    assert len(librarian.get(REGISTER).context["missing"]) == len(RoomCare.Kind)
    make_care("fire", on=TODAY.replace(day=1))
    make_care("moth", on=TODAY.replace(day=1) - timedelta(days=1))
    make_care("rat", on=TODAY - timedelta(days=500))
    page = librarian.get(REGISTER)
    assert page.context["missing"] == [RoomCare.Kind.MOTH]
    assert f'href="{reverse("care:enter")}?kind=moth"' in page.content.decode()
    assert librarian.get(reverse("care:enter"), {"kind": "moth"}).context["form"]["kinds"].value() == ["moth"]


def test_register_opens_before_any_semester_is_entered(client):
    make_school()
    client.force_login(make_user())
    make_care("fire", on=TODAY)
    assert len(client.get(REGISTER).context["page"]) == 1


def test_register_asks_as_often_for_three_lines_as_for_one(librarian):
    def count():
        with CaptureQueriesContext(connection) as captured:
            librarian.get(REGISTER)
        return len(captured)

    make_care(on=TODAY, room=make_location("甲"))
    count()
    once = count()
    make_care(on=TODAY, room=make_location("乙"))
    make_care(on=TODAY, room=make_location("丙"))
    count()  # new rooms renew what is kept of the settings
    assert count() == once


def test_principal_reads_and_finds_nothing_to_write_with(librarian):
    make_care(on=TODAY)
    page = signed_in(Role.PRINCIPAL).get(REGISTER).content.decode()
    assert reverse("care:enter") not in page
    assert 'method="post" action="/reports' not in page


def test_sheet_has_the_lines_of_the_page(librarian):
    make_care("fire", on=TODAY, found="灭火器已检查")
    sheet = openpyxl.load_workbook(BytesIO(librarian.get(reverse("care:export")).getvalue())).active
    rows = [[cell.value for cell in row] for row in sheet]
    assert rows[1] == [datetime(2026, 11, 20), "防火", "全部馆室", "李老师", "灭火器已检查"]
