"""When the library is open, as its page says it."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from circulation.models import OpeningHours
from circulation.queries.opening import Opening, opening
from library_site.shared.reference import current_reference
from tests.factories.calendar import make_closure, make_day_override
from tests.factories.catalog import make_location
from tests.factories.circulation import make_opening_hours
from tests.factories.readers import make_school_year

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0) -> Opening:
    """The opening as of a day of November 2026, of which the 23rd is a Monday."""
    moment = datetime(2026, 11, day, hour, minute, tzinfo=timezone.get_default_timezone())
    return opening(current_reference(), moment)


@pytest.fixture(autouse=True)
def school_year():
    make_school_year(2026)


def test_opening_within_hours_says_until_when():
    make_opening_hours()

    found = at(23, 12)

    assert found.now.closes == time(17)
    assert found.next_day == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "hour", "next_day"), [(23, 7, 23), (23, 17, 24), (27, 18, 30), (28, 10, 30)],
    ids=["before", "at closing time", "before the weekend", "on Saturday"],
)  # fmt: skip
def test_opening_outside_hours_says_when_next(day, hour, next_day):
    make_opening_hours()

    found = at(day, hour)

    assert found.now is None
    assert (found.next_day, found.next_span.opens) == (date(2026, 11, next_day), time(8))


def test_opening_with_a_break_at_noon():
    for opens, closes in ((8, 12), (14, 17)):
        OpeningHours.objects.create(weekday=0, opens=time(opens), closes=time(closes))

    noon = at(23, 13)

    assert (noon.now, noon.next_day, noon.next_span.opens) == (None, date(2026, 11, 23), time(14))
    assert [span.opens.hour for span in noon.today] == [8, 14]


def test_week_joins_days_with_the_same_hours():
    make_opening_hours()

    week = at(25, 9).week

    assert [(row.first.day, row.last.day, len(row.spans)) for row in week] == [(23, 27, 1), (28, 29, 0)]


def test_week_shows_what_is_closed_and_opened_this_once():
    make_opening_hours()
    make_closure(date(2026, 11, 25))
    make_day_override(date(2026, 11, 28), is_open=True, hours_of=2)

    week = at(23, 9).week

    assert [(row.first.day, row.last.day, len(row.spans)) for row in week] == [
        (23, 24, 1), (25, 25, 0), (26, 28, 1), (29, 29, 0),
    ]  # fmt: skip


def test_make_up_day_without_hours_of_its_own_has_those_of_the_first_weekday():
    make_opening_hours()
    make_day_override(date(2026, 11, 29), is_open=True)

    assert at(29, 9).now.closes == time(17)


def test_hours_of_one_room_only_say_so():
    OpeningHours.objects.create(location=make_location("阅览室"), weekday=0, opens=time(8), closes=time(17))

    assert at(23, 9).now.whom == "阅览室"


def test_opening_without_any_hours_knows_of_no_next():
    found = at(23, 9)

    assert (found.now, found.next_day, found.next_span) == (None, None, None)
