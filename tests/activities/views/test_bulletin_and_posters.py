import csv
import io
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import BookList
from activities.queries.bulletin import by_class, new_titles
from activities.rules.qr import qr_picture
from library_site.models import Role
from library_site.shared.reference import current_reference
from tests.factories.booklists import make_item, make_list
from tests.factories.catalog import make_copy, make_title
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def school():
    make_school()
    make_school_year()


def signed_in(role):
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(role), backend="library_site.authentication.AccountBackend")
    return client


def came(name, day, **fields):
    title = make_title(name, **fields)
    make_copy(title=title, acquired_on=day)
    return title


def asked(**more):
    return {"since": SINCE.isoformat(), "until": UNTIL.isoformat(), **more}


def page(client, url, **data) -> str:
    answer = client.get(reverse(url), data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_new_titles_are_those_whose_first_copy_came_then():
    came("早", SINCE - timedelta(days=1))
    came("首日", SINCE)
    came("末日", UNTIL)
    came("晚", UNTIL + timedelta(days=1))
    again = came("复本", SINCE - timedelta(days=90))
    make_copy(title=again, acquired_on=SINCE)
    make_copy(title=make_title("丢失"), acquired_on=SINCE, state="lost")

    found = {row.name for row in new_titles(SINCE, UNTIL)}
    with_copies = {row.name: row.came_copies for row in new_titles(SINCE, UNTIL, more_copies=True)}

    assert found == {"首日", "末日"}
    assert with_copies == {"首日": 1, "末日": 1, "复本": 1}


def test_book_without_a_day_came_when_it_was_entered():
    title = make_title()
    make_copy(title=title)
    today = timezone.localdate()

    assert [row.pk for row in new_titles(today, today)] == [title.pk]


def test_bulletin_is_for_whom_the_books_are():
    came("学生", SINCE, audience="student")
    came("教师", SINCE, audience="teacher")
    came("全部", SINCE, audience="all")

    assert {row.name for row in new_titles(SINCE, UNTIL, audience="teacher")} == {"教师", "全部"}


def test_titles_stand_under_their_main_classes():
    for name, letter in (("甲", "I"), ("乙", "I"), ("丙", "Q"), ("丁", "")):
        came(name, SINCE, main_class=letter, clc_number=letter and f"{letter}2")

    groups = by_class(list(new_titles(SINCE, UNTIL)), current_reference())

    assert {group.code: len(group.titles) for group in groups} == {"I": 2, "Q": 1, "": 1}


def test_strangers_read_the_bulletin_and_take_nothing_out():
    came("昆虫记", SINCE)
    stranger = Client(headers={"accept-language": "en"})

    shown = page(stranger, "bulletin:bulletin", **asked())

    assert "昆虫记" in shown
    assert reverse("bulletin:export") not in shown
    assert stranger.get(reverse("bulletin:export")).status_code == 302
    assert signed_in(Role.STUDENT).post(reverse("bulletin:to_list"), asked()).status_code == 403


def test_bulletin_falls_back_to_a_period_that_can_be_read():
    came("昆虫记", timezone.localdate())

    for wrong in ({"since": "x", "until": "?"}, {"since": "2026-12-01", "until": "2020-01-01"}, {}):
        assert "昆虫记" in page(Client(), "bulletin:bulletin", **wrong)


def test_bulletin_is_kept_as_a_sheet():
    came("昆虫记", SINCE, author="法布尔")

    answer = signed_in(Role.TEACHER).get(reverse("bulletin:export"), asked(**{"as": "csv"}))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert rows[1][1:3] == ["昆虫记", "法布尔"]
    assert len(rows) == 2


def test_bulletin_begins_a_booklist():
    came("昆虫记", SINCE)

    signed_in(Role.LIBRARIAN).post(reverse("bulletin:to_list"), asked())
    signed_in(Role.LIBRARIAN).post(reverse("bulletin:to_list"), {"since": "2000-01-01", "until": "2000-01-02"})

    made = BookList.objects.get()
    assert (made.occasion, made.published_at, made.items.get().name) == ("new", None, "昆虫记")


def test_posters_show_what_the_library_has_of_a_list():
    book_list = make_list("科学月")
    for number in range(5):
        title = make_title(f"第{number}本", clc_number="Q96", book_number=str(number))
        make_copy(title=title)
        make_item(book_list, title, reason=f"理由{number}")
    make_item(book_list, name="没有的书")

    shown = page(signed_in(Role.TEACHER), "posters:posters", list=str(book_list.pk))

    assert shown.count('class="poster poster-4') == 2
    assert "没有的书" not in shown
    assert "理由3" in shown
    assert "Q96/3" in shown
    assert "科学月" in shown
    single = page(
        signed_in(Role.LIBRARIAN), "posters:posters", list=str(book_list.pk), per="1", paper="a3", heading="读吧"
    )
    assert single.count("is-a3") == 5
    assert "读吧" in single


def test_posters_are_of_the_books_chosen():
    titles = [make_title(f"第{number}本") for number in range(3)]
    for title in titles:
        make_copy(title=title)
    keys = ",".join(str(title.pk) for title in titles)
    client = signed_in(Role.LIBRARIAN)

    shown = page(client, "posters:posters", titles=f"{keys},x,999999", book=[titles[0].pk, titles[2].pk])

    assert shown.count('class="poster-book"') == 2
    assert page(client, "posters:posters", titles="x").count('class="poster-book"') == 0
    assert page(client, "posters:posters", list="x").count('class="poster-book"') == 0


def test_poster_says_why_by_a_list_by_the_summary_or_in_new_words():
    listed, told = make_title("甲", summary="简介甲"), make_title("乙", summary="简介乙")
    for title in (listed, told):
        make_copy(title=title)
    make_item(make_list(category="teacher"), told, reason="给教师的话")
    make_item(make_list(), listed, reason="推荐的话")
    client = signed_in(Role.LIBRARIAN)

    both = page(client, "posters:posters", titles=f"{listed.pk},{told.pk}", words="不用")
    one = page(client, "posters:posters", titles=str(told.pk), words="新写的话")

    assert [text in both for text in ("推荐的话", "简介乙", "简介甲", "给教师的话", "不用")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert "新写的话" in one
    assert "简介乙" not in one


def test_posters_of_new_books():
    came("昆虫记", SINCE)

    assert "昆虫记" in page(signed_in(Role.LIBRARIAN), "posters:posters", **asked())


def test_codes_lead_to_the_address_that_phones_use():
    title = make_title("昆虫记")
    make_copy(title=title)
    client = signed_in(Role.LIBRARIAN)
    path = reverse("catalog:title", args=[title.pk])

    first = client.get(reverse("posters:posters"), {"titles": title.pk}, headers={"host": "127.0.0.1:8000"})
    typed = client.get(reverse("posters:posters"), {"titles": title.pk, "address": "192.168.1.10:8000/x"})
    later = client.get(reverse("posters:posters"), {"titles": title.pk})
    plain = client.get(reverse("posters:posters"), {"titles": title.pk, "plain": "on"})

    assert first.context["unreachable"]
    for answer in (typed, later):
        assert not answer.context["unreachable"]
        assert answer.context["posters"][0][0][1] == qr_picture(f"http://192.168.1.10:8000{path}")
    assert plain.context["posters"][0][0][1] == ""


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://x", "http://", "http://a b", "http://x:999999", "//x"]
)
def test_address_that_is_none_is_passed_over(address):
    answer = signed_in(Role.LIBRARIAN).get(reverse("posters:posters"), {"address": address})

    assert answer.context["address"] == "http://testserver"


def test_code_is_a_picture_that_the_content_policy_lets_through():
    assert unquote(qr_picture("x")).startswith("data:image/svg+xml")


def test_draft_of_somebody_else_makes_no_poster_for_a_teacher():
    title = make_title("昆虫记")
    make_copy(title=title)
    draft = make_list("草稿", shown=False)
    make_item(draft, title)

    assert "昆虫记" not in page(signed_in(Role.TEACHER), "posters:posters", list=str(draft.pk))
    assert "昆虫记" in page(signed_in(Role.LIBRARIAN), "posters:posters", list=str(draft.pk))


@pytest.mark.parametrize("url", ["bulletin:bulletin", "posters:posters"])
def test_pages_take_as_many_statements_for_three_as_for_one(url):
    client = signed_in(Role.LIBRARIAN)

    def statements():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(url), asked()).status_code == 200
        return len(seen)

    came("一", SINCE)
    statements()
    one = statements()
    came("二", SINCE)
    came("三", SINCE)

    assert statements() == one
