"""The pages about the leading group, meetings, rules and the librarian's register."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library_site.models import Role
from readers.models import (
    Attendance,
    DevelopmentRecord,
    LeadingGroupMember,
    Meeting,
    Regulation,
    RegulationStudy,
    RegulationVersion,
)
from tests.factories.desk import NOON
from tests.factories.helpers import MONDAY, make_appointment, make_semester
from tests.factories.readers import make_class
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
LISTS = ["group", "meetings", "rules", "study", "development"]


@pytest.fixture(autouse=True)
def it_is_noon(time_machine):
    time_machine.move_to(NOON)


@pytest.fixture
def librarian(db):
    make_school()
    make_semester()
    return signed_in(Role.LIBRARIAN)


def signed_in(*roles):
    client = Client()
    client.user = make_user(*roles)
    client.force_login(client.user)
    return client


def make_member(name="张校长", **fields):
    return LeadingGroupMember.objects.create(name=name, since=MONDAY, **fields)


def make_rule(title, by):
    row = Regulation.objects.create(title=title)
    RegulationVersion.objects.create(regulation=row, version=1, text="第一条", valid_from=MONDAY, by=by)
    return row


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_as_often_for_three_rows_as_for_one(name, librarian):
    def add(number):
        meeting = Meeting.objects.create(kind="other", title=f"会议{number}", held_on=MONDAY)
        Attendance.objects.create(meeting=meeting, member=make_member(f"成员{number}"), was_there=True)
        rule = make_rule(f"制度{number}", librarian.user)
        RegulationStudy.objects.create(regulation=rule, school_class=make_class(2024, number), on=MONDAY)
        DevelopmentRecord.objects.create(kind="paper", title=f"论文{number}", on=MONDAY, person="李老师")

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert librarian.get(reverse(f"people:{name}")).status_code == 200
        return len(captured)

    add(1)
    count()
    once = count()
    add(2)
    add(3)
    count()  # new classes renew what is kept of the settings
    assert count() == once


@pytest.mark.parametrize("name", LISTS)
def test_principal_reads_and_finds_nothing_to_write_with(name, librarian):
    make_member()
    make_rule("借还制度", librarian.user)
    page = signed_in(Role.PRINCIPAL).get(reverse(f"people:{name}"))
    assert page.status_code == 200
    assert b'action="/people/' not in page.content


def test_second_leader_in_charge_is_refused_at_the_field(librarian):
    make_member(is_in_charge=True)
    wanted = {
        "name": "李校长",
        "post": "副校长",
        "duty": "",
        "is_in_charge": "on",
        "position": 1,
        "since": "2026-09-01",
    }
    answer = librarian.post(reverse("people:member_new"), wanted)
    assert answer.status_code == 422
    assert LeadingGroupMember.objects.count() == 1


def test_leader_in_charge_can_follow_another(librarian):
    first = make_member(is_in_charge=True)
    wanted = {"name": first.name, "is_in_charge": "on", "position": 1, "since": "2026-09-01", "until": "2026-10-11"}
    librarian.post(reverse("people:member", args=[first.pk]), wanted)
    librarian.post(
        reverse("people:member_new"), {"name": "李校长", "is_in_charge": "on", "position": 1, "since": "2026-10-12"}
    )
    page = librarian.get(reverse("people:group"))
    assert [row.name for row in page.context["members"]] == ["李校长"]
    assert [row.name for row in page.context["former"]] == ["张校长"]


def test_meeting_of_helpers_keeps_who_came_and_who_did_not(librarian):
    came, missed = make_appointment().reader, make_appointment().reader
    wanted = {"title": "期初会", "held_on": "2026-10-12", "present": f"reader-{came.pk}", "minutes": "分工。"}
    librarian.post(reverse("people:meeting_new", args=["helpers"]), wanted)
    page = librarian.get(reverse("people:meeting", args=[Meeting.objects.get().pk]))
    assert (page.context["came"], page.context["missed"]) == ([came.name], [missed.name])


def test_attendance_of_a_meeting_stays_when_people_change(librarian):
    member = make_member()
    wanted = {"title": "工作会", "held_on": "2026-10-12", "present": f"member-{member.pk}"}
    librarian.post(reverse("people:meeting_new", args=["leading_group"]), wanted)
    LeadingGroupMember.objects.update(until=MONDAY)
    make_member("李校长")
    meeting = Meeting.objects.get()

    librarian.post(reverse("people:meeting_edit", args=[meeting.pk]), {**wanted, "present": []})

    assert list(Attendance.objects.values_list("member", "was_there")) == [(member.pk, False)]


def test_somebody_who_is_not_expected_cannot_be_slipped_in(librarian):
    stranger = make_appointment(semester=make_semester(1, 2025)).reader
    wanted = {"title": "期初会", "held_on": "2026-10-12", "present": f"reader-{stranger.pk}"}
    librarian.post(reverse("people:meeting_new", args=["helpers"]), wanted)
    assert not Attendance.objects.exists()


def test_meeting_of_an_unknown_kind_is_not_found(librarian):
    assert librarian.get(reverse("people:meeting_new", args=["x"])).status_code == 404


def test_minutes_are_shown_as_text(librarian):
    meeting = Meeting.objects.create(kind="other", title="会", held_on=MONDAY, minutes="<script>x</script>\n二")
    page = librarian.get(reverse("people:meeting", args=[meeting.pk])).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x&lt;/script&gt;<br>二" in page


def test_drafts_are_added_once_and_are_to_be_confirmed(librarian):
    for _ in range(2):
        librarian.post(reverse("people:preset_rules"))
    page = librarian.get(reverse("people:rules"))
    assert [row.regulation.title for row in page.context["rules"]] == [
        "图书采编制度", "图书借还制度", "图书赔偿制度", "图书清点制度", "图书剔除制度", "阅览室管理制度",
    ]  # fmt: skip
    assert {row.version.confirmed_on for row in page.context["rules"]} == {None}
    assert page.content.decode().count("待学校确认") == 6


def rule_of(**changes):
    return {"title": "借还制度", "position": 1, "text": "第一条", "valid_from": "2026-10-12", **changes}


def test_draft_changes_in_place_and_confirmed_text_makes_a_version(librarian):
    librarian.post(reverse("people:rule_new"), rule_of())
    edit = reverse("people:rule_edit", args=[Regulation.objects.get().pk])
    librarian.post(edit, rule_of(text="第一条　改", is_confirmed="on"))
    librarian.post(edit, rule_of(text="第一条　改", is_confirmed="on"))
    assert [(row.text, row.confirmed_on) for row in RegulationVersion.objects.all()] == [("第一条　改", MONDAY)]

    librarian.post(edit, rule_of(text="第一条　再改"))

    versions = RegulationVersion.objects.order_by("version")
    assert [(row.text, row.confirmed_on) for row in versions] == [("第一条　改", MONDAY), ("第一条　再改", None)]
    earlier = librarian.get(reverse("people:rule", args=[Regulation.objects.get().pk]), {"version": 1})
    assert earlier.context["paragraphs"] == ["第一条　改"]


def test_version_that_is_not_there_is_not_found(librarian):
    rule = make_rule("借还制度", librarian.user)
    assert librarian.get(reverse("people:rule", args=[rule.pk]), {"version": 9}).status_code == 404


def test_study_of_a_rule_shows_in_the_matrix(librarian):
    rule, studied, other = make_rule("借还制度", librarian.user), make_class(2024, 1), make_class(2024, 2)
    wanted = {"regulation": rule.pk, "on": "2026-10-09", "led_by": "王老师", "classes": [studied.pk]}
    for _ in range(2):
        librarian.post(reverse("people:study_add"), wanted)

    rows = {row.pk: studies for row, studies in librarian.get(reverse("people:study")).context["rows"]}

    assert rows[studied.pk][0].led_by == "王老师"
    assert rows[other.pk] == [None]
    librarian.post(reverse("people:study_away", args=[RegulationStudy.objects.get().pk]))
    assert not RegulationStudy.objects.exists()


def test_study_of_last_school_year_is_not_this_years(librarian):
    rule = make_rule("借还制度", librarian.user)
    RegulationStudy.objects.create(regulation=rule, school_class=make_class(), on="2026-05-08")
    assert [studies for _row, studies in librarian.get(reverse("people:study")).context["rows"]] == [[None]]


def test_register_by_kind(librarian):
    wanted = {"kind": "prize", "on": "2026-10-09", "person": "李老师", "title": "先进个人", "place_or_level": "区级"}
    librarian.post(reverse("people:record_new"), wanted)
    record = DevelopmentRecord.objects.get()
    librarian.post(reverse("people:record", args=[record.pk]), {**wanted, "place_or_level": "市级"})

    def listed(kind):
        return [
            row.place_or_level for row in librarian.get(reverse("people:development"), {"kind": kind}).context["page"]
        ]

    assert (listed("prize"), listed("paper"), listed("")) == (["市级"], [], ["市级"])
    librarian.post(reverse("people:record_away", args=[record.pk]))
    assert listed("") == []
