"""The pages of the calendar."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from circulation.models import Closure, DayOverride, HolidayLending, Loan, OpeningHours, RecallDate
from circulation.queries.calendar import calendar
from circulation.queries.calendar_warnings import calendar_warnings
from library_site.shared.reference import current_reference
from tests.factories.calendar import make_closure, make_day_override, make_recall_date, make_semester
from tests.factories.catalog import make_location
from tests.factories.circulation import make_loan
from tests.factories.readers import make_school_year

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 10, 30)


@pytest.fixture
def office(client, library):
    client.force_login(library.librarian)
    return client


def cell(page, day):
    return next(
        found
        for month in page.context["months"]
        for week in month.weeks
        for found in week
        if found and found.day == day
    )


def test_year_shows_every_day_with_its_reason(office):
    make_closure(FRIDAY, reason="校运会")
    make_recall_date(date(2027, 1, 22))

    page = office.get(reverse("calendar:year", query={"year": 2026}))

    assert len(page.context["months"]) == 12
    assert not cell(page, FRIDAY).is_open
    assert cell(page, FRIDAY).note == "校运会"
    assert cell(page, date(2026, 10, 1)).note == "国庆节"
    assert cell(page, date(2026, 10, 10)).is_open
    assert "国庆节" in cell(page, date(2026, 10, 10)).note
    assert cell(page, date(2027, 2, 3)).note == "寒暑假"
    assert cell(page, date(2027, 1, 22)).mark == "还"


def test_year_of_one_room_or_category_is_its_own(office):
    room = make_location("阅览室")
    make_closure(FRIDAY, location=room)
    OpeningHours.objects.create(category="student", weekday=1, opens="12:00", closes="13:00")

    assert cell(office.get(reverse("calendar:year")), FRIDAY).is_open
    assert not cell(office.get(reverse("calendar:year", query={"room": room.pk})), FRIDAY).is_open
    assert not cell(office.get(reverse("calendar:year", query={"category": "student"})), FRIDAY).is_open


@pytest.mark.parametrize("query", [{"year": 1999}, {"year": "x"}, {"room": 999999}, {"category": "nobody"}])
def test_year_that_is_not_there_is_not_found(office, query):
    assert office.get(reverse("calendar:year", query=query)).status_code == 404


def test_year_costs_the_same_with_one_and_three_closures(office, django_assert_max_num_queries):
    for n in range(3):
        make_closure(FRIDAY + timedelta(n))
    office.get(reverse("calendar:year"))

    with django_assert_max_num_queries(12):
        office.get(reverse("calendar:year"))


def test_day_is_opened_closed_and_left_to_the_calendar_again(office):
    address = reverse("calendar:day", args=["2026-10-05"])
    assert "国庆节" in office.get(address).content.decode()

    office.post(address, {"word": "open", "hours_of": "0", "reason": "值班"})
    assert DayOverride.objects.get().hours_of == 0
    assert office.get(address).context["form"].initial["word"] == "open"

    office.post(address, {"word": "", "hours_of": "", "reason": ""})
    assert not DayOverride.objects.exists()


@pytest.mark.parametrize("day", ["2026-13-01", "today", "1600-01-01"])
def test_day_that_is_none_is_not_found(office, day):
    assert office.get(reverse("calendar:day", args=[day])).status_code == 404


def test_new_closure_leads_to_the_due_dates_on_it_which_move_on_request(office):
    day = localdate() + timedelta(days=(7 - localdate().weekday()) + 2)  # a Wednesday to come
    make_loan(due_on=day)

    saved = office.post(reverse("calendar:closure_new"), {"starts_on": day, "reason": "盘点"}, follow=True)
    assert [group.loans for group, _category in saved.context["groups"]] == [1]
    address = saved.redirect_chain[-1][0]
    office.post(address)

    assert Closure.objects.get().ends_on == day
    assert Loan.objects.get().due_on > day
    assert office.get(reverse("calendar:due")).context["groups"] == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("ends_on", {"starts_on": "2026-10-30", "ends_on": "2026-10-29"}),
        ("ends_on", {"starts_on": "2026-10-30", "ends_on": "2028-10-29"}),
        ("starts_on", {"starts_on": ""}),
        ("reason", {"starts_on": "2026-10-30", "reason": ""}),
    ],
)
def test_closure_that_makes_no_sense_is_refused_at_its_field(office, field, values):
    answer = office.post(reverse("calendar:closure_new"), {"reason": "盘点", **values})

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Closure.objects.exists()


def test_closure_is_changed_and_taken_back_on_its_page(office):
    row = make_closure(FRIDAY)
    office.post(reverse("calendar:closure", args=[row.pk]), {"starts_on": FRIDAY, "reason": "家长会"})
    assert "家长会" in office.get(reverse("calendar:closures")).content.decode()

    office.post(reverse("calendar:closure_away", args=[row.pk]))
    assert not Closure.objects.exists()


def test_hours_are_shown_and_replaced(office):
    page = office.get(reverse("calendar:hours"))
    assert page.context["groups"][0].total == 45

    office.post(
        reverse("calendar:hours_of", query={"room": "", "category": "student"}),
        {"opens_1_0": "12:00", "closes_1_0": "13:00", "opens_1_1": "16:00", "closes_1_1": "17:00"},
    )

    assert OpeningHours.objects.filter(category="student").count() == 2
    assert [group.total for group in office.get(reverse("calendar:hours")).context["groups"]] == [45, 2]


def test_hours_with_one_time_or_none_at_all_are_refused(office):
    address = reverse("calendar:hours_of")
    assert office.post(address, {"opens_1_0": "12:00"}).context["form"].errors["closes_1_0"]
    assert office.post(address, {"opens_1_0": ""}).status_code == 422
    assert OpeningHours.objects.count() == 5


def test_end_of_a_semester_is_entered_and_shown(office):
    semester = make_semester()
    address = reverse("calendar:recall", args=[semester.pk])
    values = {"recall_on": "2027-01-22", "graduating_on": "2027-01-15", "lending_student": "2027-01-11"}

    assert office.post(address, values).status_code == 302
    assert RecallDate.objects.count() == 2
    assert HolidayLending.objects.get().category == "student"
    rows = office.get(reverse("calendar:recalls")).context["rows"]
    assert [str(row["back_on"]) for row in rows if row["semester"].pk == semester.pk] == ["2027-02-10"]

    refused = office.post(address, {**values, "recall_on": "2027-03-01"})
    assert refused.context["form"].errors["recall_on"]


def test_announced_year_is_listed_and_a_later_one_entered(office):
    names = [str(row.name) for row in office.get(reverse("calendar:holidays", args=[2026])).context["rows"]]
    assert names[0] == "元旦"
    address = reverse("calendar:holidays", args=[2027])
    values = {"first_national": "2027-10-01", "last_national": "2027-10-07", "worked": "9-26 10月9日"}

    assert office.post(address, values).status_code == 302

    assert DayOverride.objects.filter(is_open=False).count() == 7
    assert set(DayOverride.objects.filter(is_open=True).values_list("day", flat=True)) == {
        date(2027, 9, 26),
        date(2027, 10, 9),
    }
    page = office.get(address)
    assert page.context["is_known"]
    assert page.context["form"].initial["worked"] == "9-26 10-9"


def test_notice_entered_again_takes_the_place_of_the_first_but_not_of_the_schools_own_days(office):
    make_day_override(date(2027, 9, 6), is_open=False, reason="家长会")
    address = reverse("calendar:holidays", args=[2027])
    office.post(address, {"first_national": "2027-10-01", "last_national": "2027-10-08", "worked": "9-26"})
    assert office.get(address).context["form"].initial["last_national"] == date(2027, 10, 8)

    office.post(address, {"first_national": "2027-10-01", "last_national": "2027-10-07", "worked": ""})

    assert set(DayOverride.objects.values_list("day", flat=True)) == {
        date(2027, 9, 6), *(date(2027, 10, n) for n in range(1, 8))
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("worked", {"worked": "2-30"}),
        ("worked", {"worked": "soon"}),
        ("worked", {"worked": "10-3"}),
        ("last_spring", {"first_spring": "2027-02-06", "last_spring": ""}),
        ("first_spring", {"first_spring": "2026-02-06", "last_spring": "2026-02-07"}),
        ("first_national", {"first_national": "2027-10-02"}),
    ],
)
def test_holidays_that_make_no_sense_are_refused_at_their_field(office, field, values):
    whole = {"first_national": "2027-10-01", "last_national": "2027-10-07", **values}
    answer = office.post(reverse("calendar:holidays", args=[2027]), whole)

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not DayOverride.objects.exists()


def warned(today):
    return [problem.code for problem in calendar_warnings(current_reference(), today)]


def test_coming_year_that_is_not_entered_is_warned_of_from_november(library):
    assert "holidays_unknown" not in warned(date(2026, 10, 31))
    assert "holidays_unknown" in warned(date(2026, 11, 1))

    make_day_override(date(2027, 10, 1), is_open=False)
    assert "holidays_unknown" not in warned(date(2026, 11, 1))


def test_next_semester_and_recall_date_are_asked_for_in_time(library):
    assert warned(date(2027, 5, 1)) == ["holidays_unknown"]
    assert warned(date(2027, 6, 10)) == ["holidays_unknown", "next_semester_unknown", "no_recall_date"]

    make_recall_date(date(2027, 7, 2), semester=make_semester(2))
    make_school_year(2027)
    assert warned(date(2027, 6, 10)) == ["holidays_unknown"]


def test_calendar_without_hours_or_years_warns_and_opens(client, library):
    OpeningHours.objects.all().delete()
    assert "no_opening_hours" in warned(date(2026, 10, 12))
    assert calendar(current_reference()).open_days(None, "").weekdays == frozenset()
    client.force_login(library.librarian)
    assert client.get(reverse("calendar:year")).status_code == 200
