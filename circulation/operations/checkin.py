"""Taking a copy back. A return is never refused: whatever is on record, the book is here."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from catalog.models import Copy
from circulation.models import CirculationEvent, Loan
from circulation.operations.checkout import put_on_shelf
from circulation.operations.desk import (
    Scan,
    local_day,
    lock_held_copy,
    lock_loans,
    record,
    recorded,
    require_locked,
    settled,
)
from circulation.operations.lateness import lateness_of, write_costs
from circulation.operations.pickup import serve_queue
from circulation.queries.loans import open_loans
from library_site.models import User
from library_site.shared.reference import Reference


def check_in(
    *,
    copy_id: int,
    by: User | None,
    at: datetime,
    reference: Reference,
    scan: Scan | None = None,
    amnesty: bool = False,
    kept_from: datetime | None = None,
) -> CirculationEvent | None:
    """Closes the copy's open loan and returns the event; None if the copy was not out.

    A book of a class box that a classmate has from the corner is back from both; the event is that of the class's loan.
    The same scan sent twice returns the first one's event. A time before the loan began counts as that moment. With
    `amnesty` being late costs nothing, and the event says so. `kept_from` is when the copy comes to the pick-up shelf,
    where the return is dated back.
    """

    def act() -> CirculationEvent | None:
        with transaction.atomic(durable=True):
            return take_back(
                copy_id=copy_id, by=by, at=at, reference=reference, scan=scan, amnesty=amnesty, kept_from=kept_from
            )

    return settled(act)


def take_back(
    *,
    copy_id: int,
    by: User | None,
    at: datetime,
    reference: Reference,
    scan: Scan | None,
    amnesty: bool = False,
    kept_from: datetime | None = None,
) -> CirculationEvent | None:
    """`check_in` inside a larger act, which is called through `desk.settled`."""
    readers, copy = lock_held_copy(copy_id)
    if before := recorded(scan):
        return before
    loans = sorted(open_loans(copies=[copy_id]), key=_corner_first)
    require_locked(loans, readers)
    lock_loans([loan.pk for loan in loans])
    event = None
    for loan in loans:
        is_in = loan is loans[-1]
        event = close(
            loan, copy, by=by, at=at, reference=reference, scan=scan, amnesty=amnesty, is_in=is_in, kept_from=kept_from
        )
    return event


def _corner_first(loan: Loan) -> bool:
    """The classmate's loan ends before the class's, whose event is the one that tells where the book was."""
    return loan.kind != Loan.Kind.CORNER


def close(
    loan: Loan,
    copy: Copy,
    *,
    by: User | None,
    at: datetime,
    reference: Reference,
    scan: Scan | None,
    amnesty: bool = False,
    is_in: bool = True,
    kept_from: datetime | None = None,
) -> CirculationEvent:
    """Writes the return of an open loan whose reader and copy are locked, and what follows from it.

    First the queue is served, so that the event says whom the copy waits for (`details["reservation"]`), then what
    being late costs is written with the event. Without `is_in` the copy stays where it is: another loan of it is open.
    """
    loan.returned_at = max(at, loan.lent_at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE circulation_loan SET returned_at = %s WHERE id = %s", [loan.returned_at, loan.pk])
    details: dict[str, Any] = {}
    if copy.state != Copy.State.ON_SHELF and copy.state != Copy.State.WITHDRAWN:
        details["state"] = [copy.state, Copy.State.ON_SHELF]
        put_on_shelf(copy, by=by)
    if is_in and (turn := serve_queue(copy=copy, at=kept_from or at, reference=reference)):
        details["reservation"] = turn.pk
    loan.copy = copy
    late = lateness_of(loan, on=local_day(loan.returned_at), reference=reference, amnesty=amnesty)
    details |= late.details if late else {}
    event = record(CirculationEvent.Kind.RETURN, loan, by=by, at=at, scan=scan, details=details)
    write_costs(late, loan, event, by=by, at=at)
    return event
