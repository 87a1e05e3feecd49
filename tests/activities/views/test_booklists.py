import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.operations.search_index import index_titles
from library_site.models import Role
from tests.factories.activities import make_activity
from tests.factories.booklists import make_item, make_list
from tests.factories.catalog import make_copy, make_title
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def school():
    make_school()
    make_school_year(timezone.localdate().year - (timezone.localdate().month < 9))


def signed_in(*roles, account=None):
    client = Client(headers={"accept-language": "en"})
    client.force_login(account or make_user(*roles), backend="library_site.authentication.AccountBackend")
    return client


def stranger():
    return Client(headers={"accept-language": "en"})


def page(client, name, *args, **asked) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def names_on(text):
    return re.findall(r'shown-list-name">([^<]+)<', text)


def test_stranger_reads_lists_for_pupils_and_none_for_teachers():
    pupils, teachers = make_list("给学生"), make_list("给教师", category="teacher")
    make_item(pupils, make_title("昆虫记"), reason="看得见的自然")

    assert names_on(page(stranger(), "booklists:lists", **{"for": "teacher"})) == ["给学生"]
    shown = page(stranger(), "booklists:list", pupils.pk)

    assert "看得见的自然" in shown
    assert stranger().get(reverse("booklists:list", args=[teachers.pk])).status_code == 404
    assert signed_in(Role.STUDENT).get(reverse("booklists:list", args=[teachers.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.TEACHER, Role.PRINCIPAL, Role.LIBRARIAN])
def test_staff_choose_whose_lists_they_read(role):
    make_list("给学生")
    teachers = make_list("给教师", category="teacher")
    client = signed_in(role)

    assert names_on(page(client, "booklists:lists")) == ["给学生"]
    assert names_on(page(client, "booklists:lists", **{"for": "teacher"})) == ["给教师"]
    assert "给教师" in page(client, "booklists:list", teachers.pk)


def test_list_that_is_not_shown_does_not_exist():
    draft = make_list(shown=False)
    ended = make_list(ended_on=timezone.localdate())

    for row in (draft, ended):
        assert stranger().get(reverse("booklists:list", args=[row.pk])).status_code == 404


def test_pupil_begins_with_the_own_grade():
    year = timezone.localdate().year - (timezone.localdate().month < 9)
    account = make_user(Role.STUDENT)
    make_reader(account=account, school_class=make_class(year - 2, 1))  # grade 3
    make_list("三年级", stage="primary", from_position=3, to_position=3)
    make_list("五年级", stage="primary", from_position=5, to_position=5)
    client = signed_in(account=account)

    assert names_on(page(client, "booklists:lists")) == ["三年级"]
    assert set(names_on(page(client, "booklists:lists", grade=""))) == {"三年级", "五年级"}


def test_lists_are_narrowed_and_nonsense_narrows_nothing():
    make_list("月", occasion="month")
    make_list("主题", occasion="theme", stage="primary", from_position=1, to_position=2)

    assert names_on(page(stranger(), "booklists:lists", occasion="month")) == ["月"]
    assert set(names_on(page(stranger(), "booklists:lists", grade="primary-5"))) == {"月"}
    assert len(names_on(page(stranger(), "booklists:lists", grade="x", occasion="y", page="z"))) == 2


def test_list_says_what_is_in_and_what_the_library_lacks():
    book_list, title = make_list(), make_title("昆虫记", clc_number="Q96")
    make_copy(title=title)
    make_item(book_list, title, is_required=True)
    make_item(book_list, name="没有的书")

    shown = page(stranger(), "booklists:list", book_list.pk)

    assert "1 of 1 in" in shown
    assert "Not in the library yet" in shown
    assert "required" in shown
    assert "1 of them is in now" in shown


@pytest.mark.parametrize("name", ["booklists:lists", "booklists:list"])
def test_pages_take_as_many_statements_for_three_as_for_one(name):
    client, book_list = signed_in(Role.LIBRARIAN), make_list()
    args = [book_list.pk] if name == "booklists:list" else []

    def statements():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(reverse(name, args=args)).status_code == 200
        return len(seen)

    make_copy(title=make_item(book_list).title)
    statements()
    one = statements()
    for _number in range(2):
        make_copy(title=make_item(book_list).title)
        make_copy(title=make_item(make_list()).title)

    assert statements() == one


def test_title_page_names_the_lists_it_is_on():
    title = make_title("昆虫记")
    make_copy(title=title)
    make_item(make_list("本月推荐"), title, reason="虫子的史诗")

    shown = page(stranger(), "catalog:title", title.pk)

    assert "Recommended in" in shown
    assert "虫子的史诗" in shown


def test_catalogue_home_shows_the_newest_list():
    book_list = make_list("读书节书目", published_at=timezone.now() - timedelta(days=1))
    make_copy(title=make_item(book_list, make_title("昆虫记")).title)
    index_titles()

    shown = page(stranger(), "catalog:search")

    assert "读书节书目" in shown
    assert reverse("booklists:list", args=[book_list.pk]) in shown


def test_activity_shows_its_lists_to_whom_they_are_shown():
    festival = make_activity("读书节")
    for name, fields in (("学生", {}), ("教师", {"category": "teacher"}), ("草稿", {"shown": False})):
        make_list(f"{name}节日书目", activity=festival, **fields)

    def shown(client):
        text = page(client, "activities:activity", festival.pk)
        return [name for name in ("学生", "教师", "草稿") if f"{name}节日书目" in text]

    assert shown(stranger()) == ["学生"]
    assert shown(signed_in(Role.TEACHER)) == ["学生", "教师"]
