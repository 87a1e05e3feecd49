"""Pages of the book drift."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import DriftBook, DriftStop
from activities.operations.drift import write_remark
from library_site.models import ListExport, Role
from readers.models import ClassTeacher
from tests.activities.operations.test_drift import DAY, adrift, drift, passed  # noqa: F401 - a fixture
from tests.factories.catalog import make_copy, make_title
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def school(time_machine):
    time_machine.move_to("2026-10-20 10:00 +0800")
    make_school()


def at(name, *args):
    return reverse(f"drift:{name}", args=args)


def teacher_of(school_class):
    teacher = make_reader(category="teacher", account=make_user(Role.TEACHER))
    ClassTeacher.objects.create(reader=teacher, school_class=school_class, since=DAY)
    return teacher


def test_books_are_set_adrift_by_barcode_and_by_title(client, drift):  # noqa: F811
    copy = make_copy("10000001", title=make_title("草房子"))
    client.force_login(make_user())
    client.post(at("new", drift.pk), {"words": "10000001", "on": DAY.isoformat(), "wish": "一路顺风"})
    client.post(at("new", drift.pk), {"words": "夏洛的网", "on": DAY.isoformat()})
    assert client.post(at("new", drift.pk), {"words": "99999999", "on": DAY.isoformat()}).status_code == 422
    rows = DriftBook.objects.order_by("number").values_list("number", "copy", "name", "wish")
    assert list(rows) == [("001", copy.pk, "草房子", "一路顺风"), ("002", None, "夏洛的网", "")]
    page = client.get(at("cards", drift.pk)).content.decode()
    assert page.count("data:image/svg+xml") == 2


def test_class_teacher_passes_on_within_the_own_class_by_the_number_of_the_card(client, drift):  # noqa: F811
    own, other = make_class(2024, 1), make_class(2024, 2)
    mine, stranger = make_reader("张三丰", school_class=own), make_reader("李四光", school_class=other)
    adrift(drift)
    client.force_login(teacher_of(own).account)
    data = {"drift": drift.pk, "number": "1", "on": "2026-10-20", "remark": ""}

    assert client.post(at("pass"), {**data, "who": stranger.number}).status_code == 422
    assert client.post(at("pass"), {**data, "school_class": other.pk}).status_code == 422
    assert client.post(at("pass"), {**data, "number": "7", "who": mine.number}).status_code == 422
    assert client.post(at("pass"), {**data, "who": mine.number}).status_code == 302

    stop = DriftStop.objects.get()
    assert (stop.reader, stop.school_class) == (mine, own)


def test_pupil_says_that_the_book_is_there_and_writes_words_that_wait(client, drift):  # noqa: F811
    pupil = make_reader("张三丰", school_class=make_class(), account=make_user(Role.STUDENT))
    book = adrift(drift)
    client.force_login(pupil.account)
    assert client.post(at("remark", book.pk), {"remark": "好看"}).status_code == 404  # never had it
    client.post(at("receive", book.pk))
    client.post(at("remark", book.pk), {"remark": "夏洛真聪明"})
    assert "夏洛真聪明" in client.get(at("journey", book.pk)).content.decode()

    client.logout()
    page = client.get(at("journey", book.pk)).content.decode()

    assert "三(1)班" in page
    assert "夏洛真聪明" not in page
    assert "张三丰" not in page


def test_words_are_released_by_librarian_and_own_class_teacher(client, drift):  # noqa: F811
    own, other = make_class(2024, 1), make_class(2024, 2)
    stop = passed(adrift(drift), make_reader(school_class=own), own)
    write_remark(stop_id=stop.pk, remark="夏洛真聪明")
    client.force_login(teacher_of(other).account)
    assert "夏洛真聪明" not in client.get(at("remarks")).content.decode()
    assert client.post(at("release", stop.pk), {"shown": "1"}).status_code == 404
    client.force_login(teacher_of(own).account)
    assert "夏洛真聪明" in client.get(at("remarks")).content.decode()
    client.post(at("release", stop.pk), {"shown": "1"})
    stop.refresh_from_db()
    assert stop.is_shown


def test_book_comes_home_and_the_step_is_undone_by_who_answers_for_the_drift(client, drift):  # noqa: F811
    book = adrift(drift)
    client.force_login(make_user(Role.TEACHER))
    assert client.post(at("end", book.pk), {"state": "home"}).status_code == 404
    client.force_login(make_user())
    client.post(at("end", book.pk), {"state": "home"})
    book.refresh_from_db()
    assert book.state == "home"
    client.post(at("take_back", book.pk))
    book.refresh_from_db()
    assert book.state == "drifting"


def test_list_names_nobody_to_pupils_and_other_teachers(client, drift):  # noqa: F811
    own = make_class(2024, 1)
    passed(adrift(drift), make_reader("张三丰", school_class=own), own)
    seen = {}
    people = {"pupil": make_user(Role.STUDENT), "principal": make_user(Role.PRINCIPAL), "librarian": make_user()}
    people |= {"own": teacher_of(own).account, "other": teacher_of(make_class(2024, 2)).account}
    for who, user in people.items():
        client.force_login(user)
        page = client.get(at("overview")).content.decode()
        assert "三(1)班" in page
        seen[who] = "张三丰" in page
    assert seen == {"pupil": False, "principal": False, "other": False, "own": True, "librarian": True}


def test_export_with_names_is_recorded(client, drift):  # noqa: F811
    passed(adrift(drift), make_reader("张三丰"))
    client.force_login(make_user())
    assert "张三丰" in b"".join(client.get(at("export"), {"as": "csv"}).streaming_content).decode("utf-8-sig")
    assert ListExport.objects.get().what == "export.drift"


def test_journey_of_a_plan_is_unknown(client, drift):  # noqa: F811
    book = adrift(drift)
    drift.state = "draft"
    drift.save()
    assert client.get(at("journey", book.pk)).status_code == 404


def test_pages_take_as_many_statements_for_one_book_as_for_three(client, drift):  # noqa: F811
    client.force_login(make_user())
    book = adrift(drift)

    def add(days):
        own = make_class()
        stop = passed(book, make_reader(school_class=own), own, days=days)
        write_remark(stop_id=stop.pk, remark="好看")
        passed(adrift(drift), make_reader(school_class=own), own)

    def counts():
        found = []
        addresses = [at("overview"), at("journey", book.pk), at("remarks"), at("new", drift.pk), at("cards", drift.pk)]
        for address in [*addresses, reverse("activities:activity", args=[drift.pk])]:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    add(1)
    few = counts()
    add(2)
    add(3)
    assert counts() == few
