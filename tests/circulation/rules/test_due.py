"""Due dates: open, never past the recall date, in the class's library period."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from circulation.rules.calendar import OpenDays, Word
from circulation.rules.due import Because, Recall, due, is_after_recall

MONDAY = date(2027, 1, 4)
WEEK = OpenDays(weekdays=frozenset(range(5)), breaks=[(date(2027, 1, 21), date(2027, 2, 21))])
RECALL = Recall(on=date(2027, 1, 15), until=date(2027, 2, 21))
KEPT = Recall(on=date(2027, 1, 15), until=date(2027, 2, 21), keeps_from=date(2027, 1, 4), back_on=date(2027, 2, 22))

days = st.dates(min_value=date(2025, 1, 1), max_value=date(2028, 12, 31))
spans = st.lists(st.tuples(days, st.integers(0, 40)).map(lambda pair: (pair[0], pair[0] + timedelta(pair[1]))))
words = st.builds(Word, st.booleans(), st.none() | st.integers(0, 6))
calendars = st.builds(
    OpenDays,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    closures=spans,
    breaks=st.lists(st.tuples(days, st.integers(0, 60)).map(lambda p: (p[0], p[0] + timedelta(p[1]))), max_size=3),
    words=st.dictionaries(days, words, max_size=20),
    public_holidays=st.frozensets(days, max_size=20),
    make_up_days=st.frozensets(days, max_size=10),
)
recalls = st.builds(
    lambda on, gap, kept, back: Recall(on, on + timedelta(gap), *((on - kept, on + back) if kept else (None, None))),
    days,
    st.integers(0, 60),
    st.none() | st.integers(1, 40).map(timedelta),
    st.integers(1, 60).map(timedelta),
)


def test_due_after_the_term_on_the_next_open_day():
    found = due(lent_on=MONDAY, loan_days=5, open_days=WEEK, recalls=[RECALL])
    assert (found.on, found.because) == (MONDAY + timedelta(7), Because.TERM)


@pytest.mark.cases("CO-26")
def test_due_after_the_recall_date_is_the_recall_date():
    found = due(lent_on=MONDAY, loan_days=30, open_days=WEEK, recalls=[RECALL])
    assert (found.on, found.because) == (date(2027, 1, 15), Because.RECALL)


@pytest.mark.cases("CO-26")
def test_recall_date_on_a_closed_day_counts_as_the_open_day_before():
    sunday = Recall(on=date(2027, 1, 17), until=date(2027, 2, 21))
    assert due(lent_on=MONDAY, loan_days=30, open_days=WEEK, recalls=[sunday]).on == date(2027, 1, 15)


@pytest.mark.cases("CO-27")
def test_due_with_holiday_lending_in_the_first_week_back():
    found = due(lent_on=MONDAY, loan_days=30, open_days=WEEK, recalls=[KEPT])
    assert (found.on, found.because) == (date(2027, 2, 22), Because.HOLIDAY_LENDING)


@pytest.mark.cases("CO-27")
def test_first_week_back_goes_by_the_period_of_the_class():
    found = due(lent_on=MONDAY, loan_days=30, open_days=WEEK, recalls=[KEPT], next_period=_thursdays)
    assert (found.on, found.because) == (date(2027, 2, 25), Because.HOLIDAY_LENDING)


def test_short_term_is_not_lengthened_by_holiday_lending():
    assert due(lent_on=MONDAY, loan_days=7, open_days=WEEK, recalls=[KEPT]).on == date(2027, 1, 11)


@pytest.mark.cases("CO-28")
def test_lent_after_the_recall_date_is_due_the_same_day():
    late = date(2027, 1, 18)
    assert is_after_recall(lent_on=late, recalls=[RECALL])
    assert not is_after_recall(lent_on=late, recalls=[KEPT])
    assert due(lent_on=late, loan_days=14, open_days=WEEK, recalls=[RECALL]).on == late


def test_recall_of_the_semester_before_is_over():
    spring = date(2027, 2, 22)
    assert not is_after_recall(lent_on=spring, recalls=[RECALL])
    assert due(lent_on=spring, loan_days=14, open_days=WEEK, recalls=[RECALL]).on == date(2027, 3, 8)


def _thursdays(day: date) -> date:
    return day + timedelta((3 - day.weekday()) % 7)


def test_due_in_the_next_period_of_the_class_that_is_open():
    closed = OpenDays(weekdays=frozenset(range(5)), closures=[(date(2027, 1, 14), date(2027, 1, 14))])
    found = due(lent_on=MONDAY, loan_days=7, open_days=closed, next_period=_thursdays)
    assert (found.on, found.because) == (date(2027, 1, 21), Because.PERIOD)


def test_class_without_a_period_is_due_after_the_term():
    found = due(lent_on=MONDAY, loan_days=7, open_days=WEEK, next_period=lambda day: None)
    assert (found.on, found.because) == (date(2027, 1, 11), Because.TERM)


@pytest.mark.cases("CO-26")
@given(days, st.integers(1, 400), calendars, st.lists(recalls, max_size=4), st.booleans())
def test_due_date_is_always_an_open_day(lent_on, loan_days, calendar, found, aligned):
    assume(calendar.is_open(lent_on) and _ever_open(calendar))
    on = due(
        lent_on=lent_on, loan_days=loan_days, open_days=calendar, recalls=found,
        next_period=_thursdays if aligned else None,
    ).on  # fmt: skip
    assert calendar.is_open(on)
    assert on >= lent_on


@pytest.mark.cases("CO-26", "CO-27")
@given(days, st.integers(1, 400), calendars, recalls, st.booleans())
def test_due_date_is_never_past_the_recall_date_without_holiday_lending(lent_on, loan_days, calendar, recall, aligned):
    assume(lent_on <= recall.on and calendar.is_open(lent_on))
    found = due(
        lent_on=lent_on, loan_days=loan_days, open_days=calendar, recalls=[recall],
        next_period=_thursdays if aligned else None,
    )  # fmt: skip
    keeps = recall.keeps_from is not None and recall.keeps_from <= lent_on
    assert found.on <= recall.on or (keeps and found.because is Because.HOLIDAY_LENDING)


@given(days, st.integers(1, 60), calendars, st.lists(recalls, max_size=3))
def test_longer_term_is_never_due_earlier(lent_on, loan_days, calendar, found):
    # Holiday lending lengthens what would be due after the recall date, never what is due before it.
    closed = [Recall(recall.on, recall.until) for recall in found]
    shorter, longer = (
        due(lent_on=lent_on, loan_days=n, open_days=calendar, recalls=closed).on for n in (loan_days, loan_days + 1)
    )
    assert longer >= shorter


def _ever_open(calendar: OpenDays) -> bool:
    """Beyond all that is entered the weekdays decide, so that there is an open day on both sides."""
    far = [date(2024, 1, 1) + timedelta(n) for n in range(7)] + [date(2030, 6, 1) + timedelta(n) for n in range(7)]
    return any(calendar.is_open(day) for day in far[:7]) and any(calendar.is_open(day) for day in far[7:])
