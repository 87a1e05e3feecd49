"""Pages of activities, walked by each role."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from activities.models import Activity, ActivityRegistration, ActivitySession, StoredFile
from library_site.models import Role
from readers.models import ClassTeacher
from tests.factories.activities import make_activity, make_audience, make_group, make_kind, register_person
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
NOON = "2026-10-14T12:00:00+08:00"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def three():
    make_school()
    make_school_year(2026)
    make_class(2023, 1)
    return make_class(2024, 1)


def teacher_of(school_class):
    me = make_reader("王老师", category="teacher", account=make_user(Role.TEACHER))
    if school_class is not None:
        ClassTeacher.objects.create(reader=me, school_class=school_class, since=date(2026, 9, 1))
    return me


def pupil_of(school_class):
    return make_reader(school_class=school_class, account=make_user(Role.STUDENT))


def url(name, activity, *more):
    return reverse(f"activities:{name}", args=[activity.pk, *more])


def sent(kind, **fields):
    days = {"starts_on": "2026-10-12", "ends_on": "2026-10-30"}
    return {"kind": kind.pk, "name": "读书节", "registration": "none", "scale": 100} | days | fields


# The list


def test_list_shows_what_is_published_and_plans_to_insiders_only(client, three):
    shown, plan = make_activity("已发布的"), make_activity("计划中的", published=False)
    answers = {}
    for role in (None, Role.STUDENT, Role.TEACHER, Role.LIBRARIAN, Role.PRINCIPAL):
        client.logout()
        if role:
            client.force_login(make_user(role))
        page = client.get(reverse("activities:list")).content.decode()
        answers[role] = (shown.name in page, plan.name in page)
    assert answers == {
        None: (True, False), Role.STUDENT: (True, False), Role.TEACHER: (True, False),
        Role.LIBRARIAN: (True, True), Role.PRINCIPAL: (True, True),
    }  # fmt: skip


def test_list_is_narrowed_by_year_kind_and_state(client, three):
    client.force_login(make_user())
    make_school_year(2025)
    old = make_activity("去年的", starts_on=date(2025, 10, 12), ends_on=date(2025, 10, 13), state="over")
    quiz = make_activity("竞赛", shape="quiz")
    found = {}
    for name, value in (("year", old.starts_on), ("kind", quiz.kind_id), ("state", "over")):
        if name == "year":
            value = make_school_year(2025).pk
        page = client.get(reverse("activities:list"), {name: value}).context["page"]
        found[name] = [row.name for row in page]
    assert found == {"year": ["去年的"], "kind": ["竞赛"], "state": ["去年的"]}


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_statements_for_one_and_three(client, three, number, django_assert_num_queries):
    client.force_login(make_user())
    kind = make_kind()
    for _number in range(number):
        make_audience(make_activity(kind=kind, responsible=make_reader(category="teacher")), category="teacher")
    client.get(reverse("activities:list"))
    with django_assert_num_queries(8):
        client.get(reverse("activities:list"))


# Planning


def test_librarian_plans_publishes_and_readers_see_it(client, three):
    client.force_login(make_user())
    form = sent(make_kind(), grades_for=["primary-3", "primary-4"], grown_ups=["teacher"], aims="多读书")
    answer = client.post(reverse("activities:new"), form)
    row = Activity.objects.get()
    assert answer.url == url("activity", row)
    rows = set(row.audiences.values_list("from_position", "to_position", "category"))
    assert rows == {(3, 4, "student"), (None, None, "teacher")}
    client.post(url("step", row), {"step": "publish"})
    client.logout()
    page = client.get(url("activity", row)).content.decode()
    assert "三年级至四年级、教师" in page
    assert "多读书" in page


def test_plan_with_an_error_is_shown_again(client, three):
    client.force_login(make_user())
    answer = client.post(reverse("activities:new"), sent(make_kind(), ends_on="2026-10-01"))
    assert (answer.status_code, Activity.objects.count()) == (422, 0)
    late = sent(make_kind(), register_until="2026-11-01")
    answer = client.post(reverse("activities:new"), late)
    assert (answer.status_code, Activity.objects.count()) == (422, 0)


def test_edit_keeps_what_was_ticked(client, three):
    client.force_login(make_user())
    row = make_activity()
    make_audience(row, stage="primary", from_position=3, to_position=4)
    make_audience(row, school_class=make_class(2023, 1))
    form = client.get(url("edit", row)).context["form"]
    assert form["grades_for"].value() == ["primary-3", "primary-4"]
    assert form["classes_for"].value() == [str(make_class(2023, 1).pk)]


def test_part_begins_with_its_festival_and_only_a_festival_has_parts(client, three):
    client.force_login(make_user())
    festival = make_activity(shape="festival", place="操场")
    assert client.get(url("new_part", festival)).context["form"].initial["place"] == "操场"
    client.post(url("new_part", festival), sent(make_kind("works"), name="征文"))
    assert festival.parts.get().name == "征文"
    assert "征文" in client.get(url("activity", festival)).content.decode()
    assert client.get(url("new_part", make_activity())).status_code == 404


def test_responsible_teacher_edits_the_own_activity_and_no_other(client, three):
    me = teacher_of(None)
    mine, other = make_activity(responsible=me, published=False), make_activity()
    client.force_login(me.account)
    names = ("edit", "copy", "sessions", "week", "summary", "record", "people")
    assert {name: client.get(url(name, mine)).status_code for name in names} == dict.fromkeys(names, 200)
    closed = ("edit", "copy", "sessions", "week", "summary", "record")
    assert {name: client.get(url(name, other)).status_code for name in closed} == dict.fromkeys(closed, 404)
    assert client.post(url("step", other), {"step": "cancel"}).status_code == 404
    assert client.post(url("delete", other)).status_code == 404


def test_copy_of_last_years_activity_is_a_plan_a_year_later(client, three):
    client.force_login(make_user())
    row = make_activity(starts_on=date(2025, 10, 13), ends_on=date(2025, 10, 20))
    form = client.get(url("copy", row)).context["form"]
    assert form["starts_on"].value() == date(2026, 10, 14)
    client.post(url("copy", row), {"name": "第二届", "starts_on": "2026-10-20"})
    assert Activity.objects.get(name="第二届").ends_on == date(2026, 10, 27)


def test_unknown_step_and_closing_by_the_back_door_are_404(client, three):
    client.force_login(make_user())
    for name in ("close", "", "x"):
        assert client.post(url("step", make_activity()), {"step": name}).status_code == 404


def test_part_of_a_festival_that_is_still_a_plan_does_not_lead_there(client, three):
    festival = make_activity("还没公布的读书节", shape="festival", published=False)
    part = make_activity(parent=festival)
    pages = []
    for user in (None, make_user()):
        client.logout()
        if user:
            client.force_login(user)
        pages.append(client.get(url("activity", part)).content.decode())
    assert ["还没公布的读书节" in page for page in pages] == [False, True]


# Registering


def test_pupil_registers_and_takes_it_back_and_sees_nobody_else(client, three):
    activity, me = make_activity(registration="person", most=1), pupil_of(three)
    other = make_reader("别的孩子", school_class=three)
    client.force_login(me.account)
    client.post(url("register", activity))
    assert ActivityRegistration.objects.get().reader == me
    client.post(url("unregister", activity))
    assert ActivityRegistration.objects.filter(cancelled_at=None).count() == 0
    assert client.post(url("unregister", activity)).status_code == 404
    register_person(activity, other, three)
    page = client.get(url("activity", activity)).content.decode()
    assert "别的孩子" not in page
    assert reverse("activities:register", args=[activity.pk]) not in page  # no place left
    assert client.get(url("people", activity)).status_code == 403


def test_pupil_of_another_grade_finds_no_button(client, three):
    activity = make_activity(registration="person")
    make_audience(activity, stage="primary", from_position=6, to_position=6)
    client.force_login(pupil_of(three).account)
    assert url("register", activity) not in client.get(url("activity", activity)).content.decode()
    client.post(url("register", activity))
    assert not ActivityRegistration.objects.exists()


def test_class_teacher_ticks_the_own_class_and_no_other_exists(client, three):
    activity = make_activity(registration="person")
    pupils = [make_reader(school_class=three) for _number in range(3)]
    foreign = make_reader("四班孩子", school_class=make_class(2023, 1))
    register_person(activity, foreign, make_class(2023, 1))
    client.force_login(teacher_of(three).account)
    page = url("of_class", activity, three.pk)
    assert len(client.get(page).context["pupils"]) == 3
    client.post(page, {"reader": [pupils[0].pk, pupils[2].pk]})
    now = ActivityRegistration.objects.filter(cancelled_at=None, school_class=three)
    assert set(now.values_list("reader", flat=True)) == {pupils[0].pk, pupils[2].pk}
    assert client.get(url("of_class", activity, make_class(2023, 1).pk)).status_code == 404
    assert client.post(page, {"reader": [foreign.pk]}).status_code == 404
    people = client.get(url("people", activity)).content.decode()
    assert (pupils[0].name in people, foreign.name in people) == (True, False)
    assert (
        client.post(url("take_back", activity, ActivityRegistration.objects.get(reader=foreign).pk)).status_code == 404
    )


def test_export_holds_what_the_page_holds(client, three):
    activity = make_activity("朗诵", registration="person")
    mine, foreign = make_reader("张三", school_class=three), make_reader("李四", school_class=make_class(2023, 1))
    register_person(activity, mine, three)
    register_person(activity, foreign, make_class(2023, 1))
    found = {}
    for name, user in (("teacher", teacher_of(three).account), ("librarian", make_user())):
        client.force_login(user)
        answer = client.get(url("export", activity), {"as": "csv"})
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        found[name] = ("张三" in text, "李四" in text)
    assert found == {"teacher": (True, False), "librarian": (True, True)}


def test_classes_are_registered_by_number_and_what_is_refused_is_told(client, three):
    activity = make_activity(registration="class", most=50)
    client.force_login(make_user())
    other = make_class(2023, 1)
    client.post(url("numbers", activity), {f"class-{three.pk}": 30, f"class-{other.pk}": 30})
    rows = dict(ActivityRegistration.objects.values_list("school_class", "number_of_people"))
    assert list(rows.values()) == [30]
    assert "20" in client.get(url("people", activity)).content.decode()


def test_leader_registers_the_own_group_only(client, three):
    activity, me = make_activity(registration="group"), teacher_of(None)
    mine, other = make_group(leader=me, members=[make_reader()]), make_group()
    client.force_login(me.account)
    assert client.post(url("group", activity), {"group": other.pk}).status_code == 404
    client.post(url("group", activity), {"group": mine.pk})
    assert ActivityRegistration.objects.get().group == mine


@pytest.mark.parametrize("number", [1, 3])
def test_people_take_the_same_statements_for_one_and_three(client, three, number, django_assert_num_queries):
    activity = make_activity(registration="person")
    for _number in range(number):
        register_person(activity, make_reader(school_class=three), three)
    client.force_login(make_user())
    client.get(url("people", activity))
    with django_assert_num_queries(9):
        client.get(url("people", activity))


# Sessions, summary, record


def test_week_is_entered_for_the_classes_that_had_it(client, three):
    lesson = make_activity(shape="lesson")
    make_reader(school_class=three)
    client.force_login(make_user())
    form = client.get(url("week", lesson)).context["form"]
    assert [line.school_class.name for line in form.lines] == ["三(1)班", "四(1)班"]
    other = make_class(2023, 1)
    rows = {
        f"{name}-{pk}": value
        for pk in (three.pk, other.pk)
        for name, value in (("on", "2026-10-13"), ("hours", "10:00"), ("present", 40))
    }
    data = {"monday": "2026-10-12", "topic": "认识索书号", "led_by": "馆员", f"held-{three.pk}": "on", **rows}
    answer = client.post(url("week", lesson), data)
    assert answer.url == url("week", lesson) + "?monday=2026-10-19"
    row = ActivitySession.objects.get()
    assert (row.school_class, row.topic, row.present) == (three, "认识索书号", 40)
    data.pop(f"held-{three.pk}")
    assert client.post(url("week", lesson), data).status_code == 422  # nothing is ticked
    again = client.get(url("week", lesson)).context
    assert [line.school_class.name for line in again["entered"]] == ["三(1)班"]


def test_one_session_is_entered_and_removed(client, three):
    lecture = make_activity(shape="lecture")
    client.force_login(make_user())
    form = {"on": "2026-10-14", "hours": "15:00", "topic": "作家进校园", "led_by": "作家", "present": 300}
    client.post(url("sessions", lecture), form)
    assert "作家进校园" in client.get(url("sessions", lecture)).content.decode()
    assert "作家进校园" in client.get(url("activity", lecture)).content.decode()
    assert client.post(url("sessions", lecture), form | {"on": "2026-11-30"}).status_code == 422
    client.post(url("drop_session", lecture, ActivitySession.objects.get().pk))
    assert not ActivitySession.objects.exists()


def test_summary_is_proposed_edited_and_closes_the_activity(client, three):
    activity = make_activity("朗诵", registration="person")
    register_person(activity, make_reader(school_class=three), three)
    client.force_login(make_user())
    form = client.get(url("summary", activity)).context["form"]
    assert form["took_part"].value() == 1
    assert "1 个班共 1 人参加" in form["summary"].value()
    client.post(url("summary", activity), {"took_part": 2, "summary": "很好"})
    activity.refresh_from_db()
    assert (activity.state, activity.took_part) == ("published", 2)
    client.post(url("summary", activity), {"took_part": 2, "summary": "很好", "close": "1"})
    activity.refresh_from_db()
    assert (activity.state, activity.summary) == ("over", "很好")


def test_record_names_no_pupil_and_is_for_editors_and_principal(client, three):
    festival = make_activity("读书节", shape="festival", summary="圆满结束")
    part = make_activity("征文比赛", parent=festival, registration="person")
    register_person(part, make_reader("张三丰", school_class=three), three)
    found = {}
    for role in (Role.TEACHER, Role.STUDENT, Role.PRINCIPAL, Role.LIBRARIAN):
        client.force_login(make_user(role))
        found[role] = (answer := client.get(url("record", festival))).status_code
    assert found == {Role.TEACHER: 404, Role.STUDENT: 403, Role.PRINCIPAL: 200, Role.LIBRARIAN: 200}
    page = answer.content.decode()
    assert ("征文比赛" in page, "圆满结束" in page, "三(1)班" in page, "张三丰" in page) == (True, True, True, False)


# Pictures


def png():
    content = BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "PNG")
    return SimpleUploadedFile("a.png", content.getvalue())


def test_picture_is_put_replaced_and_taken_away_and_seen_with_its_activity(client, three):
    row = make_activity()
    client.force_login(make_user())
    client.post(url("picture", row), {"picture": png()})
    row.refresh_from_db()
    first = reverse("files:file", args=[row.picture_id, row.picture.version])
    client.logout()
    assert client.get(first).status_code == 200
    Activity.objects.update(state="draft")
    assert client.get(first).status_code == 404
    client.force_login(make_user())
    client.post(url("picture", row), {"picture": SimpleUploadedFile("a.txt", b"words")})
    assert Activity.objects.get().picture_id == row.picture_id  # no picture: nothing changed
    client.post(url("picture", row), {"picture": png()})
    assert not StoredFile.objects.filter(pk=row.picture_id).exists()
    client.post(url("picture", row))
    assert (Activity.objects.get().picture, StoredFile.objects.count()) == (None, 0)


# What a page costs


def test_page_takes_the_same_statements_for_one_and_three_parts(client, three):
    festival = make_activity(shape="festival", registration="person")
    client.force_login(pupil_of(three).account)
    counted = []
    for more in (1, 2):
        for _number in range(more):
            make_audience(make_activity(parent=festival), category="teacher")
            register_person(festival, make_reader(school_class=three), three)
        client.get(url("activity", festival))
        with CaptureQueriesContext(connection) as captured:
            client.get(url("activity", festival))
        counted.append(len(captured))
    assert counted[0] == counted[1]
