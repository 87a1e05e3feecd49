"""Loan rules: from a day on, never backwards; what was lent keeps its terms."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from circulation.models import Loan, LoanPolicy
from circulation.queries.loan_rules import COLUMNS
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated

IN_THE_PAST = Problem(
    "rule_in_the_past", _("A rule begins today or later: the past stays as it was."), field="effective_from"
)
SAME_DAY = Problem(
    "rule_same_day",
    _("Another rule for the same readers and kind of book begins on this day."),
    _("Change that one, or choose another day."),
    field="effective_from",
)
HAS_BEGUN = Problem(
    "rule_has_begun", _("This rule has begun: books were lent by it."), _("Make a new rule from a later day on.")
)
IN_USE = Problem(
    "rule_in_use", _("Books were lent by this rule today: they keep its terms."), _("Make a new rule from tomorrow on.")
)


def save_rule(
    *, rule_id: int | None = None, values: Mapping[str, Any], today: date, by: User | None, address: str | None = None
) -> LoanPolicy:
    """Enters a rule, or changes one that begins today or later; columns that are not given stay as they are.

    Refused for a day in the past, for a rule that began before today or by which something was lent, and where another
    rule begins the same day.
    """
    if values["effective_from"] < today:
        raise Refused([IN_THE_PAST])
    try:
        with act("save_loan_rule", by=by, address=address):
            rule = LoanPolicy.objects.select_for_update().get(pk=rule_id) if rule_id else LoanPolicy()
            if rule.pk:
                _must_be_unused(rule, today)
            for column in COLUMNS:
                setattr(rule, column, values.get(column, getattr(rule, column)))
            rule.save()
            return rule
    except IntegrityError as error:
        if violated(error) != "loan_policy_unique":
            raise
        raise Refused([SAME_DAY]) from error


def _must_be_unused(rule: LoanPolicy, today: date) -> None:
    """The rule is locked: who lends by it meanwhile waits, who lent by it is seen."""
    if rule.effective_from < today:
        raise Refused([HAS_BEGUN])
    # Nothing was lent by it before it began; loans are found by their time.
    if Loan.objects.filter(policy=rule, lent_at__gte=start_of(rule.effective_from)).exists():
        raise Refused([IN_USE])


def start_of(day: date) -> datetime:
    """The first moment of a day at the school."""
    return make_aware(datetime.combine(day, time.min))


def delete_rule(*, rule_id: int, today: date, by: User | None, address: str | None = None) -> None:
    """Takes back a rule that has not begun; the one before it goes on. Refused once it has."""
    try:
        with act("delete_loan_rule", by=by, address=address):
            rule = LoanPolicy.objects.select_for_update().get(pk=rule_id)
            if rule.effective_from <= today:
                raise Refused([HAS_BEGUN])
            rule.delete()
    except ProtectedError as error:
        raise Refused([HAS_BEGUN]) from error
