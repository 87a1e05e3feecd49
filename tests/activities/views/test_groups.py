"""Reading groups: who finds which, who may write, and what is printed."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from activities.models import GroupMeeting, GroupMember, ReadingGroup
from library_site.models import Role
from readers.models import ClassTeacher
from tests.factories.activities import make_group
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-10-14T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def three():
    make_school()
    make_school_year(2026)
    return make_class(2024, 1)


def url(name, *args):
    return reverse(f"groups:{name}", args=args)


def teacher(school_class=None):
    me = make_reader("王老师", category="teacher", account=make_user(Role.TEACHER))
    if school_class:
        ClassTeacher.objects.create(reader=me, school_class=school_class, since=date(2026, 9, 1))
    return me


def statuses(client, user, group):
    client.force_login(user)
    return [client.get(url("group", group.pk)).status_code, client.get(url("edit", group.pk)).status_code]


def test_group_is_found_by_leader_members_and_class_teacher_and_by_no_other(client, three):
    leader, head, member = teacher(), teacher(three), make_reader(school_class=three, account=make_user(Role.STUDENT))
    group = make_group(leader=leader, school_class=three, members=[member])
    classmate = make_reader(school_class=three, account=make_user(Role.STUDENT))
    found = {
        "leader": statuses(client, leader.account, group),
        "class teacher": statuses(client, head.account, group),
        "member": statuses(client, member.account, group),
        "librarian": statuses(client, make_user(), group),
        "classmate": statuses(client, classmate.account, group),
        "other teacher": statuses(client, teacher().account, group),
    }
    assert found == {
        "leader": [200, 200], "class teacher": [200, 404], "member": [200, 403], "librarian": [200, 200],
        "classmate": [404, 403], "other teacher": [404, 404],
    }  # fmt: skip


def test_member_who_left_finds_the_group_no_more(client, three):
    member = make_reader(school_class=three, account=make_user(Role.STUDENT))
    group = make_group(members=[member])
    GroupMember.objects.update(until=date(2026, 10, 1))
    client.force_login(member.account)
    assert client.get(url("group", group.pk)).status_code == 404
    assert group.name not in client.get(url("groups")).content.decode()


def test_principal_sees_the_group_and_nobodys_name(client, three):
    group = make_group(members=[make_reader("张三丰", school_class=three)])
    client.force_login(make_user(Role.PRINCIPAL))
    page = client.get(url("group", group.pk)).content.decode()
    assert ("张三丰" in page, "1 名成员" in page) == (False, True)


def test_leader_ticks_members_of_a_class_and_no_other_reader(client, three):
    me = teacher()
    group, pupil, grown_up = make_group(leader=me), make_reader(school_class=three), make_reader(category="teacher")
    client.force_login(me.account)
    page = url("members", group.pk, three.pk)
    assert [row.pk for row in client.get(page).context["pupils"]] == [pupil.pk]
    assert client.post(page, {"reader": [grown_up.pk]}).status_code == 404
    client.post(page, {"reader": [pupil.pk]})
    assert group.members.get().reader == pupil
    assert client.get(page).context["pupils"][0].is_ticked
    assert f'name="was" value="{pupil.pk}"' in client.get(page).content.decode()
    client.post(page, {"reader": []})  # of a window that was open before
    assert group.members.filter(until=None).exists()
    client.post(page, {"reader": [], "was": [pupil.pk]})
    assert not group.members.filter(until=None).exists()


def test_group_of_a_class_takes_members_of_that_class_only(client, three):
    group = make_group(school_class=three)
    client.force_login(make_user())
    assert client.get(url("members", group.pk, make_class(2024, 2).pk)).status_code == 404
    assert client.get(url("members", group.pk, three.pk)).status_code == 200


def test_group_is_founded_edited_meets_and_ends(client, three):
    client.force_login(make_user())
    form = {"name": "晨光读书社", "founded_on": "2026-10-14", "school_class": three.pk}
    client.post(url("new"), form)
    group = ReadingGroup.objects.get()
    assert client.post(url("new"), form).status_code == 422  # of the same name
    client.post(url("edit", group.pk), form | {"aim": "读童话"})
    client.post(url("add_meeting", group.pk), {"on": "2026-10-13", "topic": "城南旧事", "present": 8})
    assert client.post(url("add_meeting", group.pk), {"on": "2026-10-13"}).status_code == 422
    meeting = GroupMeeting.objects.get()
    client.post(url("meeting", group.pk, meeting.pk), {"on": "2026-10-13", "topic": "城南旧事", "present": 9})
    page = client.get(url("group", group.pk)).content.decode()
    assert ("读童话" in page, "城南旧事" in page, ">9<" in page) == (True, True, True)
    client.post(url("drop", group.pk, meeting.pk))
    client.post(url("end", group.pk))
    group.refresh_from_db()
    assert (group.meetings.count(), group.ended_on) == (0, date(2026, 10, 14))


def test_meeting_of_another_group_does_not_exist(client, three):
    me = teacher()
    mine, other = make_group(leader=me), make_group()
    meeting = GroupMeeting.objects.create(group=other, on=date(2026, 10, 1), topic="x")
    client.force_login(me.account)
    assert client.get(url("meeting", mine.pk, meeting.pk)).status_code == 404


def test_overview_counts_the_meetings_of_the_semester(client, three):
    group = make_group(members=[make_reader("张三丰", school_class=three)])
    for day, present in ((date(2026, 9, 10), 5), (date(2026, 9, 24), None), (date(2026, 3, 1), 9)):
        GroupMeeting.objects.create(group=group, on=day, topic="共读", present=present)
    client.force_login(make_user(Role.PRINCIPAL))
    answer = client.get(url("overview"))
    (row,) = answer.context["rows"]
    assert (row.group.people, row.times, row.came, row.topics) == (1, 2, 5, ["共读", "共读"])
    assert "张三丰" not in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_the_same_statements_for_one_and_three(client, three, number, django_assert_num_queries):
    for _number in range(number):
        group = make_group(leader=make_reader(category="teacher"), members=[make_reader(school_class=three)])
        GroupMeeting.objects.create(group=group, on=date(2026, 9, 10), topic="x")
    client.force_login(make_user())
    for name, statements in (("groups", 5), ("overview", 6)):
        client.get(url(name))
        with django_assert_num_queries(statements):
            client.get(url(name))
