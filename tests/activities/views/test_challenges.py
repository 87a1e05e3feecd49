"""Challenges on their pages: who sees what, in how many statements."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity, ActivityKind, ActivityOptions, Badge, Challenge
from library_site.models import Role
from readers.models import ClassTeacher
from tests.factories.challenges import borrow, make_challenge
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
LIST = reverse("challenges:list")


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))
    make_school()
    make_school_year()


def client_of(*roles):
    client = Client()
    client.user = make_user(*roles)
    client.force_login(client.user)
    return client


@pytest.fixture
def librarian():
    return client_of(Role.LIBRARIAN)


def pupil_of(school_class):
    client = client_of(Role.STUDENT)
    client.reader = make_reader(school_class=school_class, account=client.user)
    return client


def teacher_of(school_class):
    client = client_of(Role.TEACHER)
    reader = make_reader(category="teacher", account=client.user)
    ClassTeacher.objects.create(reader=reader, school_class=school_class, since=date(2020, 9, 1))
    return client


def page_of(challenge, name="challenge", *args):
    return reverse(f"challenges:{name}", args=[challenge.pk, *args])


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_pupil_sees_own_progress_and_gets_the_badge_by_looking():
    own = make_class()
    pupil = pupil_of(own)
    borrow(pupil.reader, own, "2026-10-03", "2026-10-09")
    make_challenge(target=2)
    make_challenge(target=9, name="长跑")
    found = {one.challenge.name: one for one in pupil.get(LIST).context["own"]}
    assert (found["长跑"].progress.done, found["长跑"].badge) == (2, None)
    assert found["金秋阅读挑战"].badge.reached_on == date(2026, 10, 9)


def test_pupil_sees_only_what_is_shown_and_meant_for_the_own_grade(librarian):
    pupil = pupil_of(make_class())
    make_challenge(name="三年级", stage="primary", from_position=3, to_position=3)
    make_challenge(name="四年级", stage="primary", from_position=4, to_position=4)
    draft = make_challenge(name="草稿", published_at=None)
    assert [one.challenge.name for one in pupil.get(LIST).context["own"]] == ["三年级"]
    assert pupil.get(page_of(draft)).status_code == 404
    assert librarian.get(page_of(draft)).status_code == 200
    assert len(librarian.get(LIST).context["lines"]) == 3


def test_board_compares_classes_per_enrolled_pupil_and_names_nobody(librarian):
    big, small = make_class(2024, 1), make_class(2024, 2)
    readers = [make_reader(f"大班{number}", school_class=big) for number in range(3)]
    one = make_reader("小班", school_class=small)
    for reader in readers[:2]:
        borrow(reader, big, "2026-10-03")
    borrow(one, small, "2026-10-03")
    challenge = make_challenge(target=1)
    answer = librarian.get(page_of(challenge))
    lines = [(line.place, line.name, line.pupils, line.number, str(line.each)) for line in answer.context["lines"]]
    assert lines == [(1, "三(2)班", 1, 1, "1"), (2, "三(1)班", 3, 2, "0.6")]
    assert "大班" not in answer.content.decode()


def test_class_page_is_for_its_teacher_and_the_librarian(librarian):
    own, other = make_class(2024, 1), make_class(2024, 2)
    reader = make_reader("张三", school_class=own)
    borrow(reader, own, "2026-10-03")
    challenge = make_challenge(target=1)
    teacher, stranger = teacher_of(own), teacher_of(other)
    for name in ("class", "sheet"):
        assert "张三" in teacher.get(page_of(challenge, name, own.pk)).content.decode()
        assert stranger.get(page_of(challenge, name, own.pk)).status_code == 404
        assert pupil_of(own).get(page_of(challenge, name, own.pk)).status_code == 403
        assert librarian.get(page_of(challenge, name, own.pk)).status_code == 200
    assert Badge.objects.get().reader == reader
    assert page_of(challenge, "class", own.pk) in teacher.get(page_of(challenge)).content.decode()
    assert page_of(challenge, "class", own.pk) not in stranger.get(page_of(challenge)).content.decode()


def test_class_that_is_not_meant_has_no_page(librarian):
    own = make_class()
    challenge = make_challenge(stage="primary", from_position=4, to_position=4)
    assert librarian.get(page_of(challenge, "class", own.pk)).status_code == 404


def test_pages_take_as_many_statements_for_one_as_for_three(librarian):
    own = make_class()
    challenge = make_challenge(target=50)
    pupil = pupil_of(own)
    borrow(pupil.reader, own, "2026-10-03")
    addresses = [page_of(challenge), page_of(challenge, "class", own.pk), LIST]
    before = [statements(librarian, address) for address in addresses] + [statements(pupil, LIST)]
    for number in (2, 3):
        borrow(make_reader(school_class=own), own, "2026-10-03", "2026-10-05")
        borrow(make_reader(school_class=make_class(2024, number)), make_class(2024, number), "2026-10-03")
        make_challenge(target=50, name=f"挑战{number}")
    assert [statements(librarian, address) for address in addresses] + [statements(pupil, LIST)] == before


def test_librarian_plans_shows_and_removes_a_challenge(librarian):
    form = {"name": "百本挑战", "goal": "books", "target": "10", "starts_on": "2026-11-01", "ends_on": "2026-12-31",
            "first": "primary-3", "last": "primary-4", "badge": "rocket-takeoff", "words": "多读书"}  # fmt: skip
    assert librarian.post(reverse("challenges:new"), form).status_code == 302
    row = Challenge.objects.get()
    assert (row.from_position, row.to_position, row.published_at) == (3, 4, None)
    librarian.post(page_of(row, "show"), {"shown": "yes"})
    row.refresh_from_db()
    assert row.published_at is not None
    assert librarian.get(page_of(row, "edit")).context["form"].initial["first"] == "primary-3"
    assert librarian.post(page_of(row, "edit"), form | {"name": "千本挑战"}).status_code == 302
    librarian.post(page_of(row, "drop"))
    assert not Challenge.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("book_list", ""), ("ends_on", "2026-10-01"), ("target", "0"), ("last", "primary-2")]
)
def test_plan_without_what_it_needs_is_refused_at_the_field(librarian, field, value):
    form = {"name": "挑战", "goal": "list" if field == "book_list" else "books", "target": "10", "badge": "award",
            "starts_on": "2026-11-01", "ends_on": "2026-12-31", "first": "primary-3", field: value}  # fmt: skip
    answer = librarian.post(reverse("challenges:new"), form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_goal_of_half_a_book_is_told_at_its_field(librarian):
    form = {"name": "挑战", "goal": "books", "target": "2.5", "badge": "award", "starts_on": "2026-11-01",
            "ends_on": "2026-12-31"}  # fmt: skip
    answer = librarian.post(reverse("challenges:new"), form)
    assert list(answer.context["form"].errors) == ["target"]


def test_page_of_an_activity_names_its_challenges(librarian):
    kind = ActivityKind.objects.create(name="读书月", shape="general")
    activity = Activity.objects.create(
        kind=kind, name="读书月", starts_on="2026-10-01", ends_on="2026-11-30", state="published",
        published_at=datetime.fromisoformat("2026-09-30T08:00:00+08:00"),
    )  # fmt: skip
    shown = make_challenge(activity=activity)
    hidden = make_challenge(activity=activity, published_at=None)
    page = librarian.get(reverse("activities:activity", args=[activity.pk])).content.decode()
    assert page_of(shown) in page
    assert page_of(hidden) not in page


def test_single_pupils_are_ranked_only_where_the_school_says_so_and_with_short_names(librarian):
    own = make_class()
    best, second = make_reader("张三丰", school_class=own), make_reader("李四光", school_class=own)
    borrow(best, own, "2026-10-03", "2026-10-05")
    borrow(second, own, "2026-10-03")
    make_reader("王五", school_class=own)
    challenge = make_challenge(target=9)
    assert librarian.get(page_of(challenge)).context["first"] == []
    ActivityOptions.objects.create(pk=1, ranks_pupils=True)
    answer = librarian.get(page_of(challenge))
    first = [(line.place, line.name, line.class_name, line.done) for line in answer.context["first"]]
    assert first == [(1, "张**", "三(1)班", 2), (2, "李**", "三(1)班", 1)]
    assert "张三丰" not in answer.content.decode()
