"""What late returns cost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circulation.models import LoanPolicy
from circulation.rules.calendar import OpenDays
from circulation.rules.overdue_costs import OverdueCost, overdue_cost
from tests.circulation.rules.test_due import calendars, days

Cost = LoanPolicy.OverdueCost
FRIDAY = date(2026, 10, 16)
WEEK = OpenDays(weekdays=frozenset(range(5)), closures=[(date(2026, 10, 20), date(2026, 10, 20))])


def rule(cost=Cost.NOTHING, **terms):
    return LoanPolicy(overdue_cost=cost, **terms)


def cost(policy, days=0, due_on=FRIDAY):
    return overdue_cost(policy, due_on=due_on, returned_on=due_on + timedelta(days), open_days=WEEK)


@pytest.mark.cases("RT-6")
def test_nothing_is_the_default():
    assert cost(rule(), 6) == cost(None, 6) == OverdueCost(3)


def test_closed_days_are_not_late():
    # Saturday, Sunday, and the Tuesday that is closed.
    assert [cost(None, n).days_late for n in range(7)] == [0, 0, 0, 1, 1, 2, 3]


def test_due_day_that_became_a_closed_day_moves_to_the_next_open_one():
    assert cost(None, 1, due_on=date(2026, 10, 20)).days_late == 0
    assert cost(None, 2, due_on=date(2026, 10, 20)).days_late == 1


@pytest.mark.cases("RT-7")
def test_overdue_days_become_days_without_borrowing_up_to_the_cap():
    policy = rule(Cost.SUSPENSION, suspension_per_day=2, suspension_cap=5, grace_days=1)
    assert [cost(policy, n).suspension_days for n in (3, 5, 6, 40)] == [0, 2, 4, 5]


@pytest.mark.cases("RT-8")
def test_money_for_each_open_day_after_grace_up_to_the_cap():
    policy = rule(Cost.MONEY, fee_per_day=Decimal("0.10"), fee_cap=Decimal("0.25"), grace_days=1)
    assert [str(cost(policy, n).fee) for n in (3, 5, 6, 40)] == ["0.00", "0.10", "0.20", "0.25"]


policies = st.builds(
    LoanPolicy,
    overdue_cost=st.sampled_from(Cost.values),
    grace_days=st.integers(0, 10),
    suspension_per_day=st.integers(1, 30),
    suspension_cap=st.integers(1, 365),
    fee_per_day=st.decimals(0, 9, places=2),
    fee_cap=st.decimals(0, 99, places=2),
)


@pytest.mark.cases("RT-7", "RT-8")
@given(policies, days, st.integers(0, 300), calendars)
def test_costs_never_fall_as_the_book_comes_later(policy, due_on, late, calendar):
    earlier, later = (
        overdue_cost(policy, due_on=due_on, returned_on=due_on + timedelta(n), open_days=calendar)
        for n in (late, late + 1)
    )
    assert later.days_late >= earlier.days_late
    assert later.suspension_days >= earlier.suspension_days
    assert later.fee >= earlier.fee


@pytest.mark.cases("RT-8")
@given(policies, days, st.integers(0, 300), calendars)
def test_closed_day_costs_nothing(policy, due_on, late, calendar):
    last = due_on + timedelta(late + 1)
    before = overdue_cost(policy, due_on=due_on, returned_on=last - timedelta(1), open_days=calendar)
    after = overdue_cost(policy, due_on=due_on, returned_on=last, open_days=calendar)
    assert after == before or calendar.is_open(last)


@given(policies, days, st.integers(-60, 0), calendars)
def test_nothing_is_late_up_to_the_due_day(policy, due_on, early, calendar):
    found = overdue_cost(policy, due_on=due_on, returned_on=due_on + timedelta(early), open_days=calendar)
    assert found == OverdueCost(0)
