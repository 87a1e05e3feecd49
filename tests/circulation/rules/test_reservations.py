"""How long a book waits on the pick-up shelf, and whether the queue needs a copy."""

from datetime import date

from circulation.rules.calendar import OpenDays
from circulation.rules.reservations import Turns, is_over, kept_until

MONDAY, WEDNESDAY, FRIDAY = date(2026, 10, 12), date(2026, 10, 14), date(2026, 10, 16)
WEEKDAYS = frozenset(range(5))


def test_kept_until_counts_open_days_after_the_day():
    assert kept_until(MONDAY, pickup_days=2, open_days=OpenDays(WEEKDAYS)) == WEDNESDAY


def test_kept_until_leaves_out_closed_days():
    closed = OpenDays(WEEKDAYS, [(date(2026, 10, 13), date(2026, 10, 15))])
    assert kept_until(MONDAY, pickup_days=2, open_days=closed) == date(2026, 10, 19)


def test_is_over_the_day_after():
    days = OpenDays(WEEKDAYS)
    assert not is_over(FRIDAY, today=FRIDAY, open_days=days)
    assert is_over(FRIDAY, today=date(2026, 10, 17), open_days=days)


def test_is_over_waits_where_the_last_day_was_closed_meanwhile():
    days = OpenDays(WEEKDAYS, [(FRIDAY, FRIDAY)])
    assert not is_over(FRIDAY, today=date(2026, 10, 19), open_days=days)
    assert is_over(FRIDAY, today=date(2026, 10, 20), open_days=days)


def test_is_needed_only_while_no_more_is_in_than_others_wait_for():
    assert Turns(ahead=1, free=1).is_needed
    assert not Turns(ahead=1, free=2).is_needed
    assert not Turns(ahead=0, free=0).is_needed
    assert not Turns(held_for=7, ahead=1, free=0).is_needed


def test_is_short_while_others_wait_for_more_than_is_in():
    assert Turns(ahead=2, free=1).is_short
    assert not Turns(ahead=1, free=1).is_short
    assert not Turns().is_short


def test_held_for_other_is_about_others_only():
    assert Turns(held_for=7).held_for_other(8)
    assert Turns(held_for=7).held_for_other(None)
    assert not Turns(held_for=7).held_for_other(7)
    assert not Turns().held_for_other(8)
