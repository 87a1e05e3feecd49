"""When a class comes: weeks of a semester, and periods that clash."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circulation.models import LibraryPeriod
from circulation.rules.timetable import clashes, semester_around, takes_place, week_of
from readers.models import Semester

# The first of September 2026 is a Tuesday.
AUTUMN = Semester(starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31))


def period(pk=1, school_class=1, **fields):
    values = {"weekday": 0, "starts": time(10), "ends": time(10, 40), "room_id": None, **fields}
    values.setdefault("valid_from", date(2026, 9, 1))
    return LibraryPeriod(pk=pk, school_class_id=school_class, **values)


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2026, 9, 1), 1), (date(2026, 9, 6), 1), (date(2026, 9, 7), 2), (date(2027, 1, 31), 22)],
)
def test_weeks_are_counted_from_the_semesters_first(day, week):
    assert week_of(AUTUMN, day) == week


@pytest.mark.parametrize(
    ("weeks", "held"),
    [
        ("every", [True, True, True]),
        ("odd", [False, True, False]),
        ("even", [True, False, True]),
    ],
)
@pytest.mark.cases("TT-1")
def test_period_of_every_other_week(weeks, held):
    mondays = [date(2026, 9, 7), date(2026, 9, 14), date(2026, 9, 21)]
    assert [takes_place(period(weeks=weeks), day, AUTUMN) for day in mondays] == held


def test_period_is_held_on_its_weekday_while_it_is_valid():
    row = period(valid_from=date(2026, 9, 14), valid_until=date(2026, 9, 21))
    days = [date(2026, 9, 7), date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 21), date(2026, 9, 28)]
    assert [takes_place(row, day, AUTUMN) for day in days] == [False, True, False, True, False]


def test_holidays_lie_in_no_semester():
    assert semester_around([AUTUMN], date(2027, 2, 1)) is None
    assert semester_around([AUTUMN], date(2027, 1, 31)) is AUTUMN


def codes(one, *others):
    return [code for code, _row in clashes(one, others)]


def test_same_class_twice_at_a_time_clashes_whatever_the_rooms():
    assert codes(period(pk=None, room_id=1), period(room_id=2)) == ["class_twice"]


def test_two_classes_clash_in_the_same_room_only():
    mine = period(pk=None, school_class=2, room_id=1)
    assert codes(mine, period(room_id=1), period(room_id=2), period(room_id=None)) == ["room_taken"]
    assert codes(period(pk=None, school_class=2), period()) == ["room_taken"]


@pytest.mark.parametrize(
    "other",
    [
        {"weekday": 1},
        {"starts": time(10, 40), "ends": time(11, 20)},
        {"weeks": "even"},
        {"valid_until": date(2026, 9, 13)},
        {"valid_from": date(2026, 12, 1)},
    ],
)
def test_no_clash_on_another_day_hour_week_or_stretch_of_time(other):
    mine = period(pk=None, weeks="odd", valid_from=date(2026, 9, 14), valid_until=date(2026, 11, 30))
    assert codes(mine, period(**other)) == []


def test_period_that_is_changed_does_not_clash_with_itself():
    assert codes(period(pk=7, starts=time(10, 5)), period(pk=7)) == []


DAYS = [AUTUMN.starts_on + timedelta(days=number) for number in range(60)]


@st.composite
def periods(draw, key):
    first, last = sorted((draw(st.integers(0, 59)), draw(st.integers(0, 59))))
    begins = draw(st.integers(8, 10))
    return period(
        key,
        draw(st.integers(1, 2)),
        weekday=draw(st.integers(0, 1)),
        weeks=draw(st.sampled_from(LibraryPeriod.Weeks.values)),
        room_id=draw(st.sampled_from([None, 1])),
        starts=time(begins),
        ends=time(draw(st.integers(begins + 1, 12))),
        valid_from=DAYS[first],
        valid_until=draw(st.sampled_from([None, DAYS[last]])),
    )


@given(periods(1), periods(2))
def test_periods_that_do_not_clash_never_share_a_class_or_a_room_at_one_moment(one, other):
    together = one.starts < other.ends and other.starts < one.ends
    share = one.school_class_id == other.school_class_id or one.room_id == other.room_id
    meet = any(takes_place(one, day, AUTUMN) and takes_place(other, day, AUTUMN) for day in DAYS)
    if together and share and meet:
        assert codes(one, other)
    assert bool(codes(one, other)) == bool(codes(other, one))
