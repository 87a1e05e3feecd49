"""Loan rules begin today or later, and what was lent keeps its terms."""

from datetime import date, timedelta

import pytest

from circulation.models import Loan, LoanPolicy
from circulation.operations.loan_rules import delete_rule, save_rule
from library_site.shared.problems import Refused
from tests.factories.circulation import make_loan, make_policy

TODAY = date(2026, 3, 2)
TERMS = {"category": "student", "material": "", "max_loans": 3, "loan_days": 30, "max_renewals": 0}


def save(rule_id=None, **values):
    given = {**TERMS, "blocks_when_overdue": False, "effective_from": TODAY, **values}
    return save_rule(rule_id=rule_id, values=given, today=TODAY, by=None)


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.django_db
def test_new_rule_leaves_loans_and_the_old_rule_as_they_were():
    old, loan = make_policy(max_loans=2), make_loan()

    save()

    assert list(LoanPolicy.objects.order_by("effective_from").values_list("max_loans", flat=True)) == [2, 3]
    assert Loan.objects.get().loan_days == loan.loan_days == 14
    assert LoanPolicy.objects.get(pk=old.pk).loan_days == 14


@pytest.mark.django_db
def test_rule_of_the_past_is_refused():
    assert refused(save, effective_from=TODAY - timedelta(days=1)) == ["rule_in_the_past"]
    assert not LoanPolicy.objects.exists()


@pytest.mark.django_db
def test_rule_that_began_before_today_is_not_changed():
    old = make_policy(max_loans=2)

    assert refused(save, old.pk) == ["rule_has_begun"]
    assert LoanPolicy.objects.get().max_loans == 2


@pytest.mark.django_db
def test_rule_of_today_may_be_corrected():
    rule = save()

    save(rule.pk, max_loans=4)

    assert LoanPolicy.objects.get().max_loans == 4


@pytest.mark.django_db(transaction=True)
def test_two_rules_from_the_same_day_are_refused():
    save()

    assert refused(save, max_loans=9) == ["rule_same_day"]
    assert LoanPolicy.objects.get().max_loans == 3


@pytest.mark.django_db
def test_rule_that_has_not_begun_can_be_taken_back():
    rule = save(effective_from=TODAY + timedelta(days=1))

    delete_rule(rule_id=rule.pk, today=TODAY, by=None)

    assert not LoanPolicy.objects.exists()


@pytest.mark.django_db
def test_rule_that_has_begun_is_not_taken_back():
    rule = save()

    assert refused(delete_rule, rule_id=rule.pk, today=TODAY, by=None) == ["rule_has_begun"]
    assert LoanPolicy.objects.exists()
