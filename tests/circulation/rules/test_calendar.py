from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from circulation.rules.calendar import OpenDays, Why, Word, breaks, due_date
from readers.models import SchoolYear, Semester

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


def year(pk, start_year):
    return SchoolYear(pk=pk, starts_on=date(start_year, 9, 1), ends_on=date(start_year + 1, 8, 31))


def semester(of, starts_on, ends_on):
    return Semester(school_year=of, starts_on=starts_on, ends_on=ends_on)


def test_holidays_follow_from_the_semesters():
    first, second = year(1, 2025), year(2, 2026)
    terms = [
        semester(first, date(2025, 9, 1), date(2026, 1, 20)),
        semester(first, date(2026, 2, 20), date(2026, 7, 5)),
        semester(second, date(2026, 9, 1), date(2027, 1, 20)),
    ]

    assert breaks([first, second], terms) == [
        (date(2026, 1, 21), date(2026, 2, 19)),
        (date(2026, 7, 6), date(2026, 8, 31)),
        (date(2027, 1, 21), date(2027, 8, 31)),
    ]


def test_years_without_semesters_have_no_holidays():
    entered, bare = year(1, 2025), year(2, 2026)
    terms = [semester(entered, date(2025, 9, 1), date(2026, 7, 5))]
    assert breaks([entered, bare], terms) == [(date(2026, 7, 6), date(2026, 8, 31))]
    assert breaks([bare], []) == []


def test_stronger_word_decides_a_day():
    whole = OpenDays(
        weekdays=frozenset(range(5)),
        closures=[(MONDAY, MONDAY)],
        breaks=[(MONDAY, MONDAY + timedelta(1))],
        words={MONDAY: Word(True)},
        public_holidays={MONDAY + timedelta(n) for n in range(3)},
        make_up_days={MONDAY - timedelta(2)},
    )

    found = [(whole.why(MONDAY + timedelta(n)), whole.is_open(MONDAY + timedelta(n))) for n in (-3, -2, 0, 1, 2, 3)]

    assert found == [
        (Why.WEEKDAY, True),
        (Why.MAKE_UP_DAY, True),
        (Why.WORD, True),
        (Why.HOLIDAYS, False),
        (Why.PUBLIC_HOLIDAY, False),
        (Why.WEEKDAY, True),
    ]


def test_make_up_day_waits_for_the_school_where_readers_come_on_some_weekdays():
    saturday = MONDAY - timedelta(2)
    some = OpenDays(weekdays=frozenset({1}), make_up_days={saturday})
    assert not some.is_open(saturday)
    assert not OpenDays(frozenset({1}), words={saturday: Word(True, 0)}).is_open(saturday)
    assert OpenDays(frozenset({1}), words={saturday: Word(True, 1)}).is_open(saturday)


def test_open_days_are_counted_and_found_on_both_sides():
    week = OpenDays(weekdays=frozenset(range(5)))
    assert week.count(after=MONDAY, until=MONDAY + timedelta(7)) == 5
    assert week.on_or_before(MONDAY - timedelta(1)) == MONDAY - timedelta(3)
    assert week.on_or_after(MONDAY - timedelta(2)) == MONDAY
