"""Loan rules begin today or later, and what was lent keeps its terms."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from circulation.models import Loan, LoanPolicy
from circulation.operations.loan_rules import delete_rule, save_rule
from library_site.shared.problems import Refused
from tests.factories.circulation import make_loan, make_policy

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
TERMS = {"category": "student", "material": "", "max_loans": 3, "loan_days": 30, "max_renewals": 0}


def save(rule_id=None, **values):
    given = {**TERMS, "blocks_when_overdue": False, "effective_from": TODAY, **values}
    return save_rule(rule_id=rule_id, values=given, today=TODAY, by=None)


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.cases("PO-1")
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


@pytest.mark.cases("PO-4")
@pytest.mark.django_db(transaction=True)
def test_two_rules_from_the_same_day_are_refused():
    save()

    assert refused(save, max_loans=9) == ["rule_same_day"]
    assert LoanPolicy.objects.get().max_loans == 3


@pytest.mark.cases("PO-3")
@pytest.mark.django_db
def test_rule_that_has_not_begun_can_be_taken_back():
    rule = save(effective_from=TODAY + timedelta(days=1))

    delete_rule(rule_id=rule.pk, today=TODAY, by=None)

    assert not LoanPolicy.objects.exists()


@pytest.mark.cases("PO-2")
@pytest.mark.django_db
def test_rule_that_has_begun_is_not_taken_back():
    rule = save()

    assert refused(delete_rule, rule_id=rule.pk, today=TODAY, by=None) == ["rule_has_begun"]
    assert LoanPolicy.objects.exists()


@pytest.mark.cases("PO-1")
@pytest.mark.django_db
def test_rule_of_today_is_not_changed_once_something_was_lent_by_it():
    rule = save()
    make_loan(policy=rule, lent_at=NOON)

    assert refused(save, rule.pk, max_loans=4) == ["rule_in_use"]
    assert LoanPolicy.objects.get().max_loans == 3


@pytest.mark.cases("PO-2")
@pytest.mark.django_db
def test_rule_that_a_loan_names_is_not_deleted_whatever_the_clock_says():
    rule = save(effective_from=TODAY + timedelta(days=1))
    make_loan(policy=rule, lent_at=NOON + timedelta(days=1))

    assert refused(delete_rule, rule_id=rule.pk, today=TODAY, by=None) == ["rule_has_begun"]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM circulation_loanpolicy")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert LoanPolicy.objects.exists()


@pytest.mark.django_db
def test_overdue_terms_are_kept_and_those_not_given_stay():
    rule = save(overdue_cost="money", fee_per_day=Decimal("0.10"), fee_cap=Decimal(5), lost_multiple=2)

    save(rule.pk, grace_days=2)

    found = LoanPolicy.objects.get()
    assert (found.overdue_cost, found.fee_per_day, found.grace_days) == ("money", Decimal("0.10"), 2)
