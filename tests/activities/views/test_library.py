"""The library's own page, for strangers and for the screen in the hall."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import ActivityOptions, BookListItem
from activities.operations.news import set_library_picture
from tests.factories.activities import make_activity
from tests.factories.booklists import make_list
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_loan, make_opening_hours
from tests.factories.files import picture_bytes, upload
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.timetable import make_period

pytestmark = pytest.mark.django_db
PAGES = ["library:home", "library:screen"]


@pytest.fixture(autouse=True)
def school(time_machine):
    time_machine.move_to("2026-11-23T12:20:00+08:00", tick=False)
    make_school()
    make_school_year()
    make_opening_hours()


def page_of(client, name="library:home") -> str:
    return client.get(reverse(name)).content.decode()


def a_full_page(number: int) -> None:
    """So many of everything that the page shows."""
    today, now = timezone.localdate(), timezone.now()
    for one in range(number):
        days = {"starts_on": today, "ends_on": today, "published_at": now, "results_at": now}
        make_activity(f"朗诵比赛{one}", **days)
        school_class = make_class(2023, 11 + number * 10 + one)
        reader = make_reader("王小明", school_class=school_class)
        make_loan(copy=make_copy(), reader=reader, school_class=school_class)
        make_period(school_class, weekday=today.weekday(), valid_from=today)
        item = {"position": one, "title": make_copy().title, "name": "草房子"}
        BookListItem.objects.create(book_list=make_list(f"书单{one}"), **item)


@pytest.mark.parametrize("name", PAGES)
def test_stranger_sees_the_page_while_the_catalogue_is_public_and_nobodys_name(client, name):
    make_school(public_search=True)
    a_full_page(1)

    page = page_of(client, name)

    assert "朗诵比赛0" in page
    assert "王小明" not in page


@pytest.mark.parametrize("name", PAGES)
def test_stranger_is_sent_to_the_login_while_the_catalogue_is_not_public(client, name):
    make_school(public_search=False)

    assert client.get(reverse(name)).status_code == 302
    client.force_login(make_user("student"))
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_page_costs_a_constant_number_of_statements(client, name):
    make_school(public_search=True)
    counts = []
    for number in (1, 3):
        a_full_page(number)
        page_of(client, name)
        with CaptureQueriesContext(connection) as captured:
            page_of(client, name)
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 30


def test_empty_library_has_a_page(client):
    make_school(public_search=True)

    assert "实验小学" in page_of(client)


def test_classes_are_shown_from_the_top_and_only_if_the_school_wants_it(client):
    make_school(public_search=True)
    a_full_page(2)
    assert len(client.get(reverse("library:home")).context["reading"].classes) == 2

    ActivityOptions.objects.create(pk=1, home_figures=False)

    assert client.get(reverse("library:home")).context["reading"] is None


def test_parts_of_a_festival_and_drafts_stand_not_on_the_page(client):
    make_school(public_search=True)
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today, "published_at": timezone.now()}
    festival = make_activity("读书节", **days)
    make_activity("征文", parent=festival, **days)
    make_activity("明年的读书节", published=False, starts_on=today, ends_on=today)

    names = [row.name for row in client.get(reverse("library:home")).context["activities"]]

    assert names == ["读书节"]


def test_booklist_of_the_month_is_before_newer_ones_of_other_occasions(client):
    make_school(public_search=True)
    now = timezone.now()
    for name, occasion, days in (("本月好书", "month", 3), ("三年级书目", "grade", 1)):
        book_list = make_list(name, occasion=occasion, published_at=now - timedelta(days=days))
        BookListItem.objects.create(book_list=book_list, position=1, title=make_copy().title, name="草房子")

    context = client.get(reverse("library:home")).context

    assert context["list"].name == "本月好书"
    assert len(context["list_books"]) == 1


def test_picture_of_the_page_is_seen_by_strangers(client):
    make_school(public_search=True)
    picture = upload(picture_bytes((900, 600)), "阅览室.jpg")
    set_library_picture(picture=picture, by=make_user(), at=timezone.now())
    stored = ActivityOptions.objects.get().picture

    address = reverse("files:file", args=[stored.pk, stored.version])

    assert address in page_of(client)
    assert client.get(address).status_code == 200


def test_login_page_leads_to_the_library_only_while_it_is_public(client):
    make_school(public_search=False)
    assert reverse("library:home") not in page_of(client, "login")

    make_school(public_search=True)
    assert reverse("library:home") in page_of(client, "login")


def test_week_is_told_in_the_words_for_weekdays(client):
    """Our texts are looked up before Django's: a badge called Sun once made Sunday a star."""
    make_school(public_search=True)

    page = page_of(client)

    assert "星期一至星期五" in page
    assert "星期六至星期日" in page
