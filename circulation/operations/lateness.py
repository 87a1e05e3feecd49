"""What being late costs, written with the act that ends it (a return, a late renewal) and taken back with it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from circulation.models import Charge, CirculationEvent, Loan, LoanPolicy, Suspension
from circulation.operations.charges import owe, reverse_of_event
from circulation.operations.desk import local_day
from circulation.queries.settings import open_days, policy_of
from circulation.rules.calendar import DAY
from circulation.rules.overdue_costs import OverdueCost, overdue_cost
from library_site.models import User
from library_site.shared.reference import Reference


@dataclass(frozen=True)
class Lateness:
    """How late a loan is on a day, in open days, and what its rule asks for that; nothing with `amnesty`."""

    cost: OverdueCost
    policy: LoanPolicy | None
    on: date
    amnesty: bool

    @property
    def details(self) -> dict[str, Any]:
        """What the event keeps: {"late": days}, with what it cost, or would have but for the amnesty."""
        if not self.cost.days_late:
            return {}
        asked = {"suspension": self.cost.suspension_days, "fee": str(self.cost.fee) if self.cost.fee else ""}
        found = {"days": self.cost.days_late, **{name: value for name, value in asked.items() if value}}
        return {"late": found, "amnesty": True} if self.amnesty and len(found) > 1 else {"late": found}


def lateness_of(loan: Loan, *, on: date, reference: Reference, amnesty: bool = False) -> Lateness | None:
    """None for what is in time, and for loans that no single reader answers for. No statement."""
    if on <= loan.due_on or loan.reader_id is None or loan.kind != Loan.Kind.READER:
        return None
    policy = policy_of(loan, reference)
    days = open_days(reference, category=loan.category, location_id=loan.copy.location_id)
    cost = overdue_cost(policy, due_on=loan.due_on, returned_on=on, open_days=days)
    return Lateness(cost, policy, on, amnesty)


def write_costs(
    lateness: Lateness | None, loan: Loan, event: CirculationEvent, *, by: User | None, at: datetime
) -> None:
    """Suspends the reader or charges the fee, in the transaction of the event; the reader is locked."""
    if lateness is None or lateness.amnesty or loan.reader_id is None:
        return
    cost, policy = lateness.cost, lateness.policy
    if cost.suspension_days:
        _suspend(loan.reader_id, lateness.on, cost.suspension_days, event)
    if cost.fee and policy is not None:
        details = {"days": cost.days_late, "per_day": str(policy.fee_per_day)}
        owe(
            reader_id=loan.reader_id,
            kind=Charge.Kind.OVERDUE,
            amount=cost.fee,
            loan=loan,
            copy=loan.copy,
            event=event,
            details=details,
            by=by,
            at=at,
        )


# Behind what runs already: two books late cost both their days.
_SUSPEND = """
    INSERT INTO circulation_suspension (reader_id, starts_on, ends_on, event_id, reason)
    SELECT %(reader)s, begins, begins + %(days)s - 1, %(event)s, ''
      FROM (SELECT GREATEST(%(day)s::date, max(ends_on) + 1) AS begins
              FROM circulation_suspension WHERE reader_id = %(reader)s AND lifted_at IS NULL) AS free
"""


def _suspend(reader_id: int, day: date, days: int, event: CirculationEvent) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SUSPEND, {"reader": reader_id, "day": day, "days": days, "event": event.pk})


def take_back_costs(event: CirculationEvent, *, by: User | None, at: datetime) -> None:
    """Undoes what `write_costs` did for an act that is undone; what waits behind its suspension moves up.

    Refused (`Refused`) once something was paid or waived of the charge.
    """
    if "late" not in event.details:
        return
    reverse_of_event(event=event, by=by, at=at)
    for row in Suspension.objects.filter(event=event, lifted_at=None):
        # Nobody has lifted it: whose undoing it was, the event says.
        row.lifted_at, row.reason = at, _("The return was undone.")
        row.save(update_fields=["lifted_at", "reason"])
        _move_up(row)


def _move_up(lifted: Suspension) -> None:
    """Whatever waits behind begins as it would have without it: never before the day of its own return."""
    free = lifted.starts_on
    behind = Suspension.objects.filter(reader=lifted.reader_id, lifted_at=None, starts_on__gt=lifted.ends_on)
    for row in behind.select_related("event").order_by("starts_on"):
        if row.event is not None:
            length = row.ends_on - row.starts_on
            row.starts_on = min(row.starts_on, max(free, local_day(row.event.at)))
            row.ends_on = row.starts_on + length
            row.save(update_fields=["starts_on", "ends_on"])
        free = row.ends_on + DAY
