"""Pages of the board: what waits is seen by writer and librarian alone, what is shown names nobody."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Message
from readers.models import ClassTeacher
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.voice import make_message

pytestmark = pytest.mark.django_db
BOARD, WRITE, SLIPS, LIST = (reverse(f"board:{name}") for name in ("board", "write", "slips", "list"))


@pytest.fixture(autouse=True)
def school():
    make_school()
    make_school_year(2026)


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def page_of(user, address=BOARD) -> str:
    return client_of(user).get(address).content.decode()


def test_message_is_seen_by_its_writer_and_the_librarian_until_it_is_shown():
    me = make_reader("王小明", account=make_user("student"), school_class=make_class())
    client_of(me.account).post(WRITE, {"text": "灯坏了"})
    other, librarian = make_user("student"), make_user()
    assert "灯坏了" in page_of(me.account)
    assert "灯坏了" not in page_of(other)
    assert "王小明" in page_of(librarian, LIST)
    row = Message.objects.get()
    client_of(librarian).post(
        reverse("board:answer", args=[row.pk]), {"state": "shown", "reply": "已报修", "shown": "waiting"}
    )
    shown = page_of(other)
    assert "灯坏了" in shown
    assert "已报修" in shown
    assert "王小明" not in shown
    assert "三(1)班" not in shown


@pytest.mark.parametrize("state", ["waiting", "private", "hidden"])
@pytest.mark.parametrize("role", ["student", "teacher", "principal", "helper"])
def test_what_is_not_shown_is_not_on_the_board(state, role):
    make_message("只给馆员", reader=make_reader(), state=state, reply="只给作者")
    page = page_of(make_user(role))
    assert "只给馆员" not in page
    assert "只给作者" not in page


def test_words_of_people_are_text_and_never_markup():
    make_message("<script>alert(1)</script>", state="shown")
    assert "<script>alert" not in page_of(make_user("student"))


def test_board_without_a_reader_is_read_but_not_written_to():
    user = make_user("principal")
    assert 'name="text"' not in page_of(user)
    assert client_of(user).post(WRITE, {"text": "好"}).status_code == 403
    assert client_of(make_user("student")).post(WRITE, {"text": "好"}).status_code == 404


def test_empty_message_comes_back_with_its_reason():
    me = make_reader(account=make_user("student"))
    answer = client_of(me.account).post(WRITE, {"text": " "})
    assert answer.status_code == 422
    assert "Write something first." in answer.content.decode()


def test_take_back_of_anothers_message_is_no_such_page():
    row = make_message(reader=make_reader(account=make_user("student")))
    thief = make_reader(account=make_user("student"))
    assert client_of(thief.account).post(reverse("board:take_back", args=[row.pk])).status_code == 404
    client_of(row.reader.account).post(reverse("board:take_back", args=[row.pk]))
    assert not Message.objects.exists()


def test_slips_of_a_class_teacher_are_of_the_own_class():
    own, other = make_class(2024, 1), make_class(2024, 2)
    teacher = make_reader(account=make_user("teacher"), category="teacher")
    ClassTeacher.objects.create(reader=teacher, school_class=own, since=date(2020, 9, 1))
    client = client_of(teacher.account)
    assert client.post(SLIPS, {"school_class": other.pk, "text": "好"}).status_code == 422
    make_reader("李四", school_class=other)
    assert client.post(SLIPS, {"who": "李四", "text": "好"}).status_code == 422
    client.post(SLIPS, {"school_class": own.pk, "text": "好"})
    assert Message.objects.get().school_class == own


def test_reply_without_words_is_refused_in_words():
    row = make_message()
    address = reverse("board:answer", args=[row.pk])
    page = client_of(make_user()).post(address, {"state": "private", "reply": "", "shown": "waiting"}, follow=True)
    assert "Write the reply" in page.content.decode()


@pytest.mark.parametrize("address", [BOARD, LIST])
def test_board_and_list_ask_the_same_number_of_questions_for_one_and_three(address):
    reader = make_reader(account=make_user("librarian", "student"), school_class=make_class())
    other = make_class(2024, 2)
    client = client_of(reader.account)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    make_message(reader=reader)
    make_message(reader=make_reader(), state="shown")
    client.get(address)
    one = asked()
    for _number in range(2):
        make_message(reader=make_reader(school_class=other))
        make_message(reader=reader, state="shown")
    assert asked() == one
