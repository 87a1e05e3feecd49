"""The pages of the lending timetable."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from circulation.models import LibraryPeriod
from library_site.models import Role
from tests.factories.catalog import make_location
from tests.factories.readers import make_class
from tests.factories.site import make_user
from tests.factories.timetable import make_period


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def librarian(library):
    return logged_in(library.librarian)


def url(name, *args, **query):
    return reverse(f"timetable:{name}", args=args, query=query or None)


def fields(**changes):
    return {
        "on": "2026-10-12", "school_class": make_class().pk, "weekday": 0, "starts": "12:10", "ends": "12:50",
        "weeks": "every", "purpose": "borrow", "room": "", "valid_from": "2026-10-12", "valid_until": "", **changes,
    }  # fmt: skip


def test_first_page_offers_the_form_from_the_semesters_first_day(librarian):
    page = librarian.get(url("timetable")).content.decode()
    assert 'value="2026-09-01"' in page


def test_class_is_put_on_and_the_form_keeps_the_hour_for_the_next(librarian):
    make_class(2024, 2)
    answer = librarian.post(url("add"), fields(), follow=True)
    assert LibraryPeriod.objects.get().starts == time(12, 10)
    form = answer.context["form"]
    assert (form["starts"].value(), form["school_class"].value()) == ("12:10", make_class(2024, 2).pk)


@pytest.mark.parametrize(
    "wrong",
    [{"ends": "12:00"}, {"valid_until": "2026-10-01"}, {"school_class": 999999}, {"weekday": 7}, {"starts": "25:00"}],
)
def test_bad_input_is_told_and_writes_nothing(librarian, wrong):
    answer = librarian.post(url("add"), fields(**wrong), follow=True)
    assert LibraryPeriod.objects.count() == 0
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


@pytest.mark.cases("TT-7")
def test_hour_outside_the_opening_hours_is_written_and_told(librarian):
    answer = librarian.post(url("add"), fields(starts="17:10", ends="17:50"), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    assert LibraryPeriod.objects.count() == 1


def test_clash_is_told_at_the_form_of_a_change(librarian):
    row = make_period()
    make_period(make_class(2024, 2), weekday=1)
    answer = librarian.post(url("period", row.pk), fields(weekday=1))
    assert answer.status_code == 422
    assert "三(2)班" in answer.content.decode()


def test_change_holds_from_its_day_on(librarian):
    row = make_period()
    answer = librarian.post(url("period", row.pk), fields(weekday=2))
    assert answer.status_code == 302
    assert list(LibraryPeriod.objects.order_by("pk").values_list("weekday", "valid_until")) == [
        (0, date(2026, 10, 11)),
        (2, None),
    ]


def test_period_is_taken_off(librarian):
    row = make_period()
    librarian.post(url("remove", row.pk), {"on": "2026-10-12"})
    row.refresh_from_db()
    assert row.valid_until == date(2026, 10, 11)


def test_new_timetable_begins_after_today(librarian):
    make_period()
    refused = librarian.post(url("begin"), {"starts_on": "2026-10-12", "begins_with": "copy"})
    begun = librarian.post(url("begin"), {"starts_on": "2026-11-30", "begins_with": "copy"})
    again = librarian.post(url("begin"), {"starts_on": "2026-11-30", "begins_with": "copy"})
    assert [answer.status_code for answer in (refused, begun, again)] == [422, 302, 422]
    assert LibraryPeriod.objects.count() == 2


def test_prints_show_the_class_with_its_days(librarian):
    make_period(weeks="odd")
    assert "三(1)班" in librarian.get(url("wall")).content.decode()
    slips = librarian.get(url("classes", **{"class": make_class().pk})).content.decode()
    assert "10.26" in slips
    assert "10.19" not in slips


def test_strange_days_in_the_address_mean_today(librarian):
    for day in ("2026-13-45", "x", "0001-01-01", "9999-12-31"):
        assert librarian.get(url("timetable", on=day)).status_code == 200


def test_pupil_sees_the_timetable_and_no_way_to_write_it(library):
    row = make_period()
    page = logged_in(make_user(Role.STUDENT)).get(url("timetable")).content.decode()
    assert "三(1)班" in page
    assert url("period", row.pk) not in page
    assert url("add") not in page


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_statements_for_any_number(library, number, django_assert_num_queries):
    client = logged_in(make_user(Role.TEACHER))
    for place in range(number):
        make_period(make_class(2024, place + 1), weekday=place)
    client.get(url("timetable"))
    with django_assert_num_queries(3):
        client.get(url("timetable"))


def test_principal_sees_missed_periods_and_takes_them_out(library):
    make_period()
    principal = logged_in(make_user(Role.PRINCIPAL))
    page = principal.get(url("missed")).content.decode()
    file = b"".join(principal.get(url("export_missed", **{"as": "csv"})).streaming_content).decode()
    assert "9.7" in page
    assert "2026-09-07" in file


def test_desk_offers_the_class_of_the_moment(library):
    make_period()
    page = logged_in(library.helper).get(reverse("circulation:desk")).content.decode()
    assert 'data-day="2026-10-12" data-from="12:10" data-until="12:50"' in page


def test_room_of_the_timetable_stays_and_says_why(librarian):
    room = make_location(name="二楼")
    make_period(room=room)
    answer = librarian.post(reverse("places:remove", args=[room.pk]), follow=True)
    assert "借阅轮流表、到馆登记" in answer.content.decode()
