"""Which loan policy holds."""

from collections.abc import Iterable
from datetime import date

from circulation.models import LoanPolicy


def policy_for(policies: Iterable[LoanPolicy], *, category: str, material: str, on: date) -> LoanPolicy | None:
    """The policy of a reader category and a material on a day.

    The row for the very material goes before the row for all materials; among those begun, the latest holds.
    """
    candidates = [
        policy
        for policy in policies
        if policy.category == category and policy.material in (material, "") and policy.effective_from <= on
    ]
    return max(candidates, key=lambda policy: (bool(policy.material), policy.effective_from), default=None)
