"""What a late return costs: nothing, days without borrowing (以停代金), or money. Closed days cost nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from circulation.models import LoanPolicy
from circulation.rules.calendar import OpenDays

NO_MONEY = Decimal("0.00")


@dataclass(frozen=True)
class OverdueCost:
    """`days_late` counts open days, days of grace included; `fee` is in yuan."""

    days_late: int
    suspension_days: int = 0
    fee: Decimal = NO_MONEY


def overdue_cost(policy: LoanPolicy | None, *, due_on: date, returned_on: date, open_days: OpenDays) -> OverdueCost:
    """What the rule asks for a book due on `due_on` and brought on `returned_on`; without a rule nothing.

    Days of grace are never counted. A cap of 0 yuan is no cap.
    """
    late = days_late(due_on=due_on, returned_on=returned_on, open_days=open_days)
    counted = max(0, late - policy.grace_days) if policy else 0
    if policy is None or not counted:
        return OverdueCost(late)
    if policy.overdue_cost == LoanPolicy.OverdueCost.SUSPENSION:
        return OverdueCost(late, suspension_days=min(counted * policy.suspension_per_day, policy.suspension_cap))
    if policy.overdue_cost == LoanPolicy.OverdueCost.MONEY:
        fee = counted * policy.fee_per_day
        return OverdueCost(late, fee=min(fee, policy.fee_cap) if policy.fee_cap else fee)
    return OverdueCost(late)


def days_late(*, due_on: date, returned_on: date, open_days: OpenDays) -> int:
    """Open days after the day by which the book could have been back: the due day, or the first open one after it."""
    return open_days.count(after=open_days.on_or_after(due_on), until=returned_on) if returned_on > due_on else 0
