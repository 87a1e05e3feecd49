"""What a loan made under a rule would mean: when it is due, and what happens if it is late or lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from catalog.models import Copy
from circulation.models import LoanPolicy
from circulation.queries.due import due_because
from circulation.queries.settings import open_days
from circulation.rules.calendar import OpenDays
from circulation.rules.due import Due
from circulation.rules.overdue_costs import OverdueCost, overdue_cost
from library_site.shared.reference import Reference

# So many open days late are shown.
EXAMPLES = (1, 5, 10, 20, 40)


@dataclass(frozen=True)
class CostLine:
    day: date
    cost: OverdueCost


@dataclass(frozen=True)
class Terms:
    """`lost` is what a lost copy costs in yuan, None while its price is not known."""

    rule: LoanPolicy
    due: Due
    costs: Sequence[CostLine]
    lost: Decimal | None


def terms_of(
    reference: Reference, rule: LoanPolicy, *, category: str, class_id: int | None, copy: Copy | None, lent_on: date
) -> Terms:
    """What holds for a book lent on the day. No statement once the calendar is cached."""
    room = copy.location_id if copy else None
    due = due_because(
        reference,
        category=category,
        class_id=class_id,
        loan_days=rule.loan_days,
        aligns=rule.aligns_to_period,
        lent_on=lent_on,
        location_id=room,
    )
    days = open_days(reference, category=category, location_id=room)
    return Terms(rule, due, _costs(rule, due.on, days), _lost(rule, copy))


def _costs(rule: LoanPolicy, due_on: date, days: OpenDays) -> list[CostLine]:
    if rule.overdue_cost == LoanPolicy.OverdueCost.NOTHING:
        return []
    lines, day = [], due_on
    for late in range(1, max(EXAMPLES) + 1):
        day = days.on_or_after(day + timedelta(days=1))
        if late in EXAMPLES:
            lines.append(CostLine(day, overdue_cost(rule, due_on=due_on, returned_on=day, open_days=days)))
    return lines


def _lost(rule: LoanPolicy, copy: Copy | None) -> Decimal | None:
    price = (copy.price if copy.price is not None else copy.title.price) if copy else None
    return None if price is None else (price * rule.lost_multiple).quantize(Decimal("0.01"), ROUND_HALF_UP)
