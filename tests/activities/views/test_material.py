"""Pages of requests for material: one's own only; found, set aside, answered, counted."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import MaterialRequest
from activities.operations.material import add_item
from catalog.operations.search_index import index_titles
from readers.models import ClassTeacher
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import NOON
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.voice import make_request

pytestmark = pytest.mark.django_db
OWN, LIST, ENTER = (reverse(f"material:{name}") for name in ("own", "list", "enter"))


@pytest.fixture(autouse=True)
def library(time_machine):
    time_machine.move_to(NOON)
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("teacher", max_loans=10, max_reservations=5)


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def person(role="teacher", **fields):
    return make_reader(account=make_user(role), category=role, **fields)


def page(client, address, **query) -> str:
    return client.get(address, query).content.decode()


def test_request_is_answered_with_a_list_and_read_by_who_asked():
    me, copy = person(), make_copy(title=make_title("二十四节气"))
    index_titles()
    client, librarian = client_of(me.account), client_of(make_user())
    client.post(reverse("material:ask"), {"subject": "节气", "purpose": "open_lesson", "needed_on": "2026-10-20"})
    row = MaterialRequest.objects.get()
    address = reverse("material:request", args=[row.pk])
    assert "二十四节气" in page(librarian, address, q="节气")
    librarian.post(reverse("material:add", args=[row.pk]), {"title": copy.title_id})
    item = row.items.get()
    refused = librarian.post(reverse("material:aside", args=[item.pk]), {"fetched": ""})
    assert refused.status_code == 409
    librarian.post(reverse("material:aside", args=[item.pk]), {"fetched": copy.barcode})
    librarian.post(address, {"state": "answered", "answer": "在取书架", "shown": "new"})
    told = page(client, reverse("material:answered", args=[row.pk]))
    assert "二十四节气" in told
    assert "在取书架" in told
    assert "set aside until" in told
    assert "Open lesson" in page(librarian, LIST) or "open lesson" in page(librarian, LIST)


def test_others_request_does_not_exist():
    row = make_request(reader=person())
    assert client_of(person().account).get(reverse("material:answered", args=[row.pk])).status_code == 404
    assert "二十四节气" not in page(client_of(person("student").account), OWN)


def test_request_in_the_past_comes_back_with_its_reason():
    answer = client_of(person().account).post(
        reverse("material:ask"), {"subject": "节气", "purpose": "lesson", "needed_on": "2026-10-01"}
    )
    assert answer.status_code == 422
    assert "That day is over." in answer.content.decode()


def test_class_teacher_writes_down_requests_of_the_own_class():
    own, other = make_class(2024, 1), make_class(2024, 2)
    teacher = person()
    ClassTeacher.objects.create(reader=teacher, school_class=own, since=date(2020, 9, 1))
    mine, _theirs = make_reader("张三", school_class=own), make_reader("李四", school_class=other)
    client = client_of(teacher.account)
    values = {"subject": "节气", "purpose": "contest"}
    assert client.post(ENTER, {**values, "who": "李四"}).status_code == 422
    assert client.post(ENTER, {**values, "who": ""}).status_code == 422
    client.post(ENTER, {**values, "who": "张三"})
    row = MaterialRequest.objects.get()
    assert (row.reader, row.category, row.by) == (mine, "student", teacher.account)


def test_class_set_without_a_number_is_refused_at_its_line():
    row = make_request(reader=person())
    item = add_item(request_id=row.pk, title_id=make_copy().title_id)
    answer = client_of(make_user()).post(reverse("material:class_set", args=[item.pk]), {"wanted": ""})
    assert answer.status_code == 409
    assert "A class set needs" in answer.content.decode()


def test_semester_is_counted_by_purpose_without_names():
    row = make_request(reader=person(name="王老师"), purpose="paper", state="answered", answered_at=NOON)
    make_request(purpose="paper", state="declined", answer="无", answered_at=NOON)
    add_item(request_id=row.pk, title_id=make_title().pk)
    client = client_of(make_user())
    text = b"".join(client.get(reverse("material:export"), {"as": "csv"}).streaming_content).decode()
    assert text.splitlines()[1].endswith("2,1,1,0")
    assert "王老师" not in text


@pytest.mark.parametrize("which", ["own", "list", "request", "answered"])
def test_pages_ask_the_same_number_of_questions_for_one_and_three(which):
    both = make_reader(account=make_user("librarian", "teacher"), category="teacher", school_class=make_class())
    row = make_request(reader=both)
    client = client_of(both.account)
    address = reverse(f"material:{which}", args=[row.pk] if which in {"request", "answered"} else [])

    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    add_item(request_id=row.pk, title_id=make_copy().title_id)
    one = asked()
    for _number in range(2):
        make_request(reader=both)
        add_item(request_id=row.pk, title_id=make_copy().title_id)
    assert asked() == one
