"""The own work in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity, Entry
from library_site.models import Role
from tests.factories.activities import make_audience
from tests.factories.entries import make_contest, make_entry
from tests.factories.files import upload
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user


@pytest.fixture
def contest(db) -> Activity:
    make_school()
    today = timezone.localdate()
    make_school_year(today.year - (today.month < 9))
    return make_contest(starts_on=today - timedelta(days=5), ends_on=today + timedelta(days=5))


@pytest.fixture
def writer(contest, client):
    """A pupil of the third grade, logged in."""
    school_class = make_class(timezone.localdate().year - 2)
    writer = make_reader("张三丰", school_class=school_class, account=make_user(Role.STUDENT))
    client.force_login(writer.account)
    return writer


def url(name: str, contest, *args) -> str:
    return reverse(f"entries:{name}", args=[contest.pk, *args])


def test_draft_is_kept_by_the_script(client, contest, writer):
    answer = client.post(url("draft", contest), {"name": "题目", "text": "正文"})

    assert "saved" in answer.json()
    entry = Entry.objects.get()
    assert (entry.reader, entry.text, entry.state) == (writer, "正文", "draft")
    assert entry.school_class_id is not None


def test_window_left_open_does_not_write_over_what_another_one_wrote(client, contest, writer):
    assert client.post(url("draft", contest), {"text": "正文", "base": ""}).status_code == 200
    assert client.post(url("draft", contest), {"text": "正文二", "base": ["", "正文"]}).status_code == 200

    older = client.post(url("draft", contest), {"text": "旧的", "base": ""})

    assert (older.status_code, len(older.json()["problems"])) == (422, 1)
    assert Entry.objects.get().text == "正文二"


def test_work_is_handed_in_with_its_pictures_and_taken_back(client, contest, writer):
    client.post(url("own", contest), {"name": "题目", "text": "正文", "uploads": [upload(), upload()], "hand_in": "1"})
    entry = Entry.objects.get()
    assert (entry.state, entry.files.count()) == ("handed_in", 2)
    assert client.post(url("draft", contest), {"text": "晚了"}).status_code == 422

    client.post(url("back", contest))
    entry.refresh_from_db()
    assert entry.state == "draft"
    assert "正文" in client.get(url("own", contest)).content.decode()


def test_file_that_cannot_be_read_is_said_and_nothing_is_handed_in(client, contest, writer):
    page = client.post(
        url("own", contest), {"text": "正文", "uploads": [upload(b"x", "坏.jpg")], "hand_in": "1"}, follow=True
    )

    assert "坏.jpg" in page.content.decode()
    assert Entry.objects.get().state == "draft"


def test_files_of_the_draft_are_moved_and_removed(client, contest, writer):
    client.post(url("own", contest), {"text": "正文", "uploads": [upload(), upload()]})
    first, second = Entry.objects.get().files.order_by("position").values_list("file", flat=True)

    client.post(url("own_file", contest, second), {"move": "1"})
    client.post(url("own_file", contest, first))

    assert list(Entry.objects.get().files.values_list("file", flat=True)) == [second]


def test_late_work_is_refused_and_the_page_says_until_when(client, contest, writer):
    contest.entries_until = timezone.localdate() - timedelta(days=1)
    contest.save()

    assert client.post(url("draft", contest), {"text": "正文"}).status_code == 422
    assert client.get(url("own", contest)).context["writes"] is False
    assert not Entry.objects.exists()


def test_who_is_not_meant_hands_in_nothing(client, contest, writer):
    make_audience(contest, stage="primary", from_position=5, to_position=6)

    client.post(url("own", contest), {"text": "正文", "hand_in": "1"})

    assert not Entry.objects.exists()


def test_refused_work_says_why_and_another_may_be_written(client, contest, writer):
    make_entry(contest, writer, state="refused", reason="字数不够")

    page = client.get(url("own", contest))
    assert "字数不够" in page.content.decode()
    client.post(url("draft", contest), {"text": "新的"})
    assert Entry.objects.filter(reader=writer, state="draft").exists()


def test_account_without_a_reader_and_plans_have_no_such_page(client, contest, writer):
    contest.state = Activity.State.DRAFT
    contest.save()
    assert client.get(url("own", contest)).status_code == 404

    contest.state = Activity.State.PUBLISHED
    contest.save()
    client.force_login(make_user(Role.STUDENT))
    assert client.get(url("own", contest)).status_code == 404


@pytest.mark.parametrize("role", [Role.LIBRARIAN, Role.PRINCIPAL, Role.ADMINISTRATOR])
def test_who_is_no_reader_by_role_writes_nothing(client, contest, role):
    client.force_login(make_user(role))

    assert client.get(url("own", contest)).status_code == 403


def test_name_of_another_pupils_work_is_nowhere_on_the_own_page(client, contest, writer):
    other = make_entry(contest, make_reader("李四光"), text="别人的正文")
    client.post(url("draft", contest), {"text": "正文"})

    page = client.get(url("own", contest)).content.decode()
    assert "李四光" not in page and other.text not in page
