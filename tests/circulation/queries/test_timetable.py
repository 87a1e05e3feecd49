"""The class of the moment, the next day on which a class borrows, and the grid."""

from datetime import date, datetime, time

import pytest

from circulation.models import Closure
from circulation.queries.timetable import class_now, next_borrowing_day, periods_on, timetable
from library_site.shared.reference import current_reference
from tests.circulation.conftest import SHANGHAI
from tests.factories.readers import make_class
from tests.factories.timetable import MORNING, make_period


def at(hour, minute, day=12):
    return datetime(2026, 10, day, hour, minute, tzinfo=SHANGHAI)


def now_pk(moment):
    found = class_now(current_reference(), moment)
    return found and found.pk


@pytest.mark.parametrize(
    ("moment", "is_due"),
    [
        (at(11, 59), False),
        (at(12, 0), True),  # on its way
        (at(12, 10), True),
        (at(12, 49), True),
        (at(12, 50), False),
        (at(12, 10, day=13), False),
    ],
)
def test_class_now_from_ten_minutes_before_until_the_end(library, moment, is_due):
    row = make_period()
    assert now_pk(moment) == (row.pk if is_due else None)


def test_class_now_prefers_who_is_there_to_who_comes_and_borrowing_to_reading(library):
    make_period(make_class(2024, 2), slot=(time(12, 50), time(13, 30)))
    make_period(make_class(2024, 3), purpose="read", room=None)
    there = make_period(make_class(2024, 4))
    assert now_pk(at(12, 45)) == there.pk


def test_class_now_is_nobody_on_a_closed_day_and_in_the_holidays(library):
    make_period()
    Closure.objects.create(starts_on=date(2026, 10, 12), ends_on=date(2026, 10, 12), reason="会议")
    assert now_pk(at(12, 20)) is None
    assert periods_on(current_reference(), date(2027, 2, 1)) == []
    assert now_pk(at(12, 20, day=19)) is not None


def test_periods_of_classes_that_have_left_are_not_due(library):
    make_period(make_class(2015, 1))
    assert periods_on(current_reference(), date(2026, 10, 12)) == []


def next_day(after, class_id=None):
    return next_borrowing_day(current_reference(), class_id=class_id or make_class().pk, after=after)


def test_next_borrowing_day_is_later_than_the_day_asked(library):
    make_period()
    assert next_day(date(2026, 10, 11)) == date(2026, 10, 12)
    assert next_day(date(2026, 10, 12)) == date(2026, 10, 19)


def test_next_borrowing_day_skips_reading_closed_days_and_holidays(library):
    make_period(purpose="read", weekday=1)
    make_period()
    Closure.objects.create(starts_on=date(2026, 10, 19), ends_on=date(2026, 10, 25), reason="秋假")
    assert next_day(date(2026, 10, 12)) == date(2026, 10, 26)
    assert next_day(date(2027, 1, 25)) == date(2027, 2, 15)


def test_next_borrowing_day_is_unknown_without_a_period_or_semester(library):
    assert next_day(date(2026, 10, 12)) is None
    make_period()
    assert next_day(date(2027, 7, 10)) is None


def test_next_borrowing_day_costs_no_statement_once_read(library, django_assert_num_queries):
    make_period()
    reference, class_id = current_reference(), make_class().pk
    next_borrowing_day(reference, class_id=class_id, after=date(2026, 10, 12))
    class_now(reference, at(12, 20))
    with django_assert_num_queries(0):
        next_borrowing_day(reference, class_id=class_id, after=date(2026, 10, 13))
        class_now(reference, at(12, 20))


def test_timetable_has_a_row_per_time_and_tells_which_classes_have_no_period(library):
    make_class(2024, 2)
    make_period(weekday=5, slot=MORNING, weeks="even")
    make_period(weekday=1)
    shown = timetable(current_reference(), date(2026, 10, 12))
    assert [(row.starts, [len(cell.entries) for cell in row.cells]) for row in shown.rows] == [
        (time(10, 10), [0, 0, 0, 0, 0, 1]),
        (time(12, 10), [0, 1, 0, 0, 0, 0]),
    ]
    assert (shown.week, [row.name for row in shown.missing]) == (7, ["三(2)班"])
