"""Writing the lending timetable."""

from dataclasses import replace
from datetime import date, time

import pytest

from circulation.models import LibraryPeriod
from circulation.operations.timetable import PeriodTerms, add_period, begin_timetable, change_period, remove_period
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_location
from tests.factories.readers import make_class
from tests.factories.timetable import make_period

AUTUMN, WINTER = date(2026, 9, 1), date(2026, 11, 30)


def terms(school_class=None, **fields):
    row = PeriodTerms((school_class or make_class()).pk, 0, time(12, 10), time(12, 50), AUTUMN)
    return replace(row, **fields)


def add(librarian, **fields):
    return add_period(terms=terms(**fields), reference=current_reference(), by=librarian)


def stretches():
    rows = LibraryPeriod.objects.order_by("valid_from", "pk")
    return [(row.school_class_id, row.starts.hour, row.valid_from, row.valid_until) for row in rows]


@pytest.mark.cases("TT-2", "TT-3")
def test_add_period_refuses_a_class_twice_and_a_room_that_is_taken(library):
    hall, other = make_location(name="大厅"), make_location(name="二楼")
    add(library.librarian, room_id=hall.pk)
    with pytest.raises(Refused) as twice:
        add(library.librarian, room_id=other.pk, starts=time(12, 30), ends=time(13, 10))
    with pytest.raises(Refused) as taken:
        add(library.librarian, school_class=make_class(2024, 2), room_id=hall.pk)
    assert [problem.code for problem in twice.value.problems] == ["class_twice"]
    assert "三(1)班" in str(taken.value.problems[0].message)
    add(library.librarian, school_class=make_class(2024, 2), room_id=other.pk)
    assert LibraryPeriod.objects.count() == 2


@pytest.mark.cases("TT-1")
def test_add_period_shares_an_hour_between_odd_and_even_weeks(library):
    add(library.librarian, weeks="odd")
    add(library.librarian, school_class=make_class(2024, 2), weeks="even")
    assert LibraryPeriod.objects.count() == 2


@pytest.mark.cases("TT-4")
def test_change_period_from_a_day_on_keeps_what_was_held_before(library):
    row, key = make_period(), make_class().pk
    change_period(
        period_id=row.pk, terms=terms(valid_from=WINTER, starts=time(10), ends=time(10, 40)),
        reference=current_reference(), by=library.librarian,
    )  # fmt: skip
    assert stretches() == [(key, 12, AUTUMN, date(2026, 11, 29)), (key, 10, WINTER, None)]


def test_change_period_from_its_first_day_changes_it_in_place(library):
    row, key = make_period(), make_class().pk
    change_period(
        period_id=row.pk, terms=terms(starts=time(10), ends=time(10, 40)), reference=current_reference(),
        by=library.librarian,
    )  # fmt: skip
    assert stretches() == [(key, 10, AUTUMN, None)]


def test_change_period_that_is_refused_changes_nothing(library):
    row, key = make_period(), make_class().pk
    other = make_class(2024, 2).pk
    make_period(make_class(2024, 2), slot=(time(10), time(10, 40)))
    with pytest.raises(Refused):
        change_period(
            period_id=row.pk, terms=terms(valid_from=WINTER, starts=time(10), ends=time(10, 40)),
            reference=current_reference(), by=library.librarian,
        )  # fmt: skip
    assert stretches() == [(key, 12, AUTUMN, None), (other, 10, AUTUMN, None)]


@pytest.mark.cases("TT-5")
def test_remove_period_ends_it_and_drops_what_had_not_begun(library):
    begun, coming = make_period(), make_period(weekday=1, valid_from=WINTER)
    for _twice in range(2):
        for row in (begun, coming):
            remove_period(period_id=row.pk, on=date(2026, 10, 12), by=library.librarian)
    assert [row[2:] for row in stretches()] == [(AUTUMN, date(2026, 10, 11))]


def begin(library, starts_on=WINTER, *, copies=True):
    return begin_timetable(
        starts_on=starts_on, copies=copies, reference=current_reference(), by=library.librarian
    )  # fmt: skip


@pytest.mark.cases("TT-6")
def test_begin_timetable_copies_the_present_one_and_ends_it_the_day_before(library):
    make_period()
    make_period(make_class(2015, 1), weekday=1)  # has left the school
    make_period(weekday=2, valid_until=date(2026, 9, 30))  # over long ago
    assert begin(library) == 1
    assert [row[2:] for row in stretches()] == [
        (AUTUMN, date(2026, 11, 29)),
        (AUTUMN, date(2026, 11, 29)),
        (AUTUMN, date(2026, 9, 30)),
        (WINTER, None),
    ]


def test_begin_timetable_empty(library):
    make_period()
    assert begin(library, copies=False) == 0
    assert [row[2:] for row in stretches()] == [(AUTUMN, date(2026, 11, 29))]


@pytest.mark.cases("TT-6")
def test_begin_timetable_twice_is_refused(library):
    make_period()
    begin(library)
    with pytest.raises(Refused) as refused:
        begin(library)
    assert [problem.code for problem in refused.value.problems] == ["later_timetable"]
    assert LibraryPeriod.objects.count() == 2
