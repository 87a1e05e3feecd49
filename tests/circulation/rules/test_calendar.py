from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from circulation.rules.calendar import OpenDays, due_date

MONDAY = date(2026, 10, 12)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
closures = st.lists(st.tuples(days, st.integers(0, 40)).map(lambda pair: (pair[0], pair[0] + timedelta(pair[1]))))


def test_due_date_moves_past_weekend_and_closure():
    week = OpenDays(weekdays=frozenset(range(5)), closures=[(MONDAY + timedelta(14), MONDAY + timedelta(16))])
    assert due_date(lent_on=MONDAY, loan_days=5, open_days=week) == MONDAY + timedelta(7)
    assert due_date(lent_on=MONDAY, loan_days=14, open_days=week) == MONDAY + timedelta(17)


def test_due_date_comes_out_even_if_nothing_is_ever_open():
    assert due_date(lent_on=MONDAY, loan_days=14, open_days=OpenDays(frozenset())) == MONDAY + timedelta(14)


@given(days, st.integers(1, 60), st.frozensets(st.integers(0, 6), min_size=1), closures)
def test_due_date_is_open_and_never_early(lent_on, loan_days, weekdays, closed):
    calendar = OpenDays(weekdays=weekdays, closures=closed)
    due = due_date(lent_on=lent_on, loan_days=loan_days, open_days=calendar)
    term_over = lent_on + timedelta(loan_days)
    assert due >= term_over
    assert calendar.is_open(due) or due == term_over
    assert not any(calendar.is_open(term_over + timedelta(n)) for n in range((due - term_over).days))


@given(days, st.integers(1, 60), st.frozensets(st.integers(0, 6), min_size=1), closures)
def test_longer_term_is_never_due_earlier(lent_on, loan_days, weekdays, closed):
    calendar = OpenDays(weekdays=weekdays, closures=closed)
    shorter = due_date(lent_on=lent_on, loan_days=loan_days, open_days=calendar)
    assert due_date(lent_on=lent_on, loan_days=loan_days + 1, open_days=calendar) >= shorter
