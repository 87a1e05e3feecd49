from datetime import date

from circulation.models import LoanPolicy
from circulation.rules.policies import policy_for


def policy(days, *, category="student", material="", since=date(2020, 1, 1)):
    return LoanPolicy(category=category, material=material, effective_from=since, max_loans=2, loan_days=days)


def days_for(policies, material="book", on=date(2026, 10, 1)):
    found = policy_for(policies, category="student", material=material, on=on)
    return found and found.loan_days


def test_policy_of_the_material_goes_before_the_general_one():
    assert days_for([policy(14), policy(3, material="av")], material="av") == 3
    assert days_for([policy(14), policy(3, material="av")]) == 14


def test_policy_ends_where_the_next_begins():
    rows = [policy(14), policy(21, since=date(2026, 9, 1)), policy(7, since=date(2027, 1, 1))]
    assert days_for(rows, on=date(2026, 8, 31)) == 14
    assert days_for(rows, on=date(2026, 9, 1)) == 21


def test_no_policy_for_other_category_or_before_the_first_day():
    assert days_for([policy(14, category="teacher")]) is None
    assert days_for([policy(14)], on=date(2019, 12, 31)) is None
