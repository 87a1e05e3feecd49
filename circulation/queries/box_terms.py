"""The terms of what is lent in a class's name."""

from datetime import date
from typing import NamedTuple

from circulation.models import LoanPolicy
from circulation.queries.due import due_because
from circulation.queries.settings import policies
from circulation.rules.policies import policy_for
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import semester_on

COLLECTIVE = Reader.Category.COLLECTIVE
# Without a rule for classes a box stays until the week before the semester ends, and never for less than this.
AT_LEAST = 14
BEFORE_THE_END = 7


class BoxTerms(NamedTuple):
    """`policy` is the school's rule for classes, None where it has none; days are calendar days."""

    policy: LoanPolicy | None
    due_on: date
    loan_days: int
    max_renewals: int


def box_terms(reference: Reference, *, class_id: int, day: date) -> BoxTerms:
    """For how long a class has a box that it gets on `day`. No statement once the settings are cached."""
    policy = policy_for(policies(reference), category=COLLECTIVE, material="", on=day)
    days = policy.loan_days if policy else _semester_days(reference, day)
    due = due_because(reference, category=COLLECTIVE, class_id=class_id, loan_days=days, aligns=False, lent_on=day)
    return BoxTerms(policy, due.on, days, policy.max_renewals if policy else 1)


def _semester_days(reference: Reference, day: date) -> int:
    semester = semester_on(reference, day)
    left = (semester.ends_on - day).days - BEFORE_THE_END if semester else 0
    return max(AT_LEAST, left)
