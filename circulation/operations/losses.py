"""A book lost, damaged, found again or mended by its reader, and what is owed for it from then on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models import Charge, ChargeEntry, CirculationEvent, Loan
from circulation.models.loans import OPEN
from circulation.operations.charges import entries_of, lock_charges, owe, replace_owed, reverse_of_event, set_owed
from circulation.operations.checkout import put_on_shelf
from circulation.operations.copy_state import ON_LOAN
from circulation.operations.desk import (
    Scan,
    lock_copy,
    lock_held_copy,
    lock_loans,
    lock_reader,
    record,
    recorded,
    require_locked,
    settled,
)
from circulation.operations.payments import entry_of_scan, locked_charge, settle_locked
from circulation.operations.pickup import copy_gone, serve_queue
from circulation.queries.loans import open_loans
from circulation.queries.losses import loss_of
from circulation.rules.charges import amount_problems, standing_of
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from library_site.shared.reference import Reference

Kind = CirculationEvent.Kind
AWAY = (Copy.State.MISSING, Copy.State.LOST)

ENDED = Problem("loan_closed", _("This loan has ended."), _("Scan the book to see where it is now."))
NOT_UNDONE = Problem(
    "paid_since", _("Money was paid or paid back for this since."), _("Take that back first, on the reader's account.")
)


def report_lost(
    *, loan_id: int, amount: Decimal, details: Mapping[str, str], by: User | None, at: datetime, scan: Scan
) -> CirculationEvent:
    """Ends a loan because its book is lost: the copy counts as lost, and its reader owes `amount` yuan (0: nothing).

    A book from the class's box ends both loans, the pupil's and the class's; only the pupil is charged. `details` say
    how the amount came about. The same scan sent twice is one report. Refused (`Refused`) once the loan has ended.
    """
    if amount and (problems := amount_problems(amount)):
        raise Refused(problems)

    def lost() -> CirculationEvent:
        with act("report_lost_book", by=by):
            copy_id = Loan.objects.values_list("copy_id", flat=True).get(pk=loan_id)
            readers, copy = lock_held_copy(copy_id)
            if before := recorded(scan, loan_id=loan_id, kind=Kind.LOST):
                return before
            loans = open_loans(copies=[copy_id])
            require_locked(loans, readers)
            lock_loans([loan.pk for loan in loans])
            if loan_id not in {loan.pk for loan in loans}:
                raise Refused([ENDED])
            events = [_end_as_lost(loan, copy, by=by, at=at, scan=scan) for loan in loans]
            _charge_loss(events, amount, details, by=by, at=at)
            _become(copy, Copy.State.LOST, at)
            return next(event for event in events if event.loan_id == loan_id)

    return settled(lost)


def _end_as_lost(loan: Loan, copy: Copy, *, by: User | None, at: datetime, scan: Scan) -> CirculationEvent:
    loan.returned_at = max(at, loan.lent_at)
    loan.save(update_fields=["returned_at"])
    return record(Kind.LOST, loan, by=by, at=at, scan=scan, details={"state": [copy.state, Copy.State.LOST]})


def _charge_loss(
    events: Sequence[CirculationEvent],
    amount: Decimal,
    details: Mapping[str, str],
    *,
    by: User | None,
    at: datetime,
) -> None:
    event = next((event for event in events if event.reader_id is not None), None)
    if event is not None and amount:
        _owe_for(event, Charge.Kind.LOSS, amount, details, by=by, at=at)


def _owe_for(
    event: CirculationEvent, kind: str, amount: Decimal, details: Mapping[str, Any], *, by: User | None, at: datetime
) -> Charge:
    assert event.reader_id is not None
    return owe(
        reader_id=event.reader_id,
        kind=kind,
        amount=amount,
        loan=event.loan,
        copy=event.loan.copy,
        event=event,
        details=dict(details),
        by=by,
        at=at,
    )


def report_damage(
    *,
    loan_id: int,
    amount: Decimal,
    details: Mapping[str, str],
    to_repair: bool,
    by: User | None,
    at: datetime,
    scan: Scan,
) -> CirculationEvent:
    """Notes that a lent book was damaged; its reader owes `amount` yuan (0: nothing). `details` name the degree.

    With `to_repair` the copy goes there, which is refused while it is on loan.
    """
    if amount and (problems := amount_problems(amount)):
        raise Refused(problems)
    with act("report_damage", by=by):
        loan = Loan.objects.get(pk=loan_id)
        if loan.reader_id is not None:
            lock_reader(loan.reader_id)
        copy = lock_copy(loan.copy_id)
        if before := recorded(scan, loan_id=loan_id, kind=Kind.DAMAGED):
            return before
        if to_repair and Loan.objects.filter(OPEN, copy=copy).exists():
            raise Refused([ON_LOAN])
        noted: dict[str, Any] = {"degree": details.get("degree", "")}
        if to_repair:
            noted["state"] = [copy.state, Copy.State.IN_REPAIR]
            _become(copy, Copy.State.IN_REPAIR, at)
        loan = Loan.objects.select_related("copy", "reader").get(pk=loan_id)
        event = record(Kind.DAMAGED, loan, by=by, at=at, scan=scan, details=noted)
        if amount and event.reader_id is not None:
            _owe_for(event, Charge.Kind.DAMAGE, amount, details, by=by, at=at)
        return event


def _become(copy: Copy, state: str, at: datetime) -> None:
    copy.state = Copy.State(state)
    copy.save(update_fields=["state"])
    copy_gone(copy=copy, at=at)


def find_again(
    *,
    copy_id: int,
    by: User | None,
    at: datetime,
    reference: Reference,
    scan: Scan | None,
    kept_from: datetime | None = None,
) -> CirculationEvent | None:
    """Puts a copy that was missing or lost back on the shelf; what is still owed for its loss is owed no more.

    It is set aside for whoever waits for its title first; `kept_from` is as in `checkin.check_in`. What was paid for it
    stays until somebody pays it back (`payments.refund`). Returns the event, None where no reader had reported it, or
    where it was not away at all.
    """
    with act("found_at_desk", by=by):
        loss = loss_of(copy_id)
        if loss is not None and loss.reader_id is not None:
            lock_reader(loss.reader_id)
        copy = lock_copy(copy_id)
        if before := recorded(scan):
            return before
        if copy.state not in AWAY or Loan.objects.filter(OPEN, copy=copy).exists():
            return None
        # Read again under lock: the loss may have been undone, and another reported since.
        now = loss_of(copy_id)
        found = now if now is not None and loss is not None and now.pk == loss.pk else None
        details: dict[str, Any] = {"state": [copy.state, Copy.State.ON_SHELF]}
        put_on_shelf(copy, by=by)
        if turn := serve_queue(copy=copy, at=kept_from or at, reference=reference):
            details["reservation"] = turn.pk
        if found is None:
            return None
        if freed := _owe_no_more(found, by=by, at=at):
            details["charge"] = freed
        return record(Kind.FOUND, found.loan, by=by, at=at, scan=scan, details=details)


def find_first(
    *, copy_id: int, by: User | None, at: datetime, reference: Reference, scan: Scan, kept_from: datetime | None = None
) -> None:
    """`find_again`, as an act of its own, for a copy that is about to be handed out although it counts as away."""
    if Copy.objects.filter(pk=copy_id, state__in=AWAY).exists():
        own = replace(scan, id=uuid4())
        find_again(copy_id=copy_id, by=by, at=at, reference=reference, scan=own, kept_from=kept_from)


def _owe_no_more(loss: CirculationEvent, *, by: User | None, at: datetime) -> list[Any] | None:
    """What is left of the loss's charge is owed no more; returns [charge, owed before, owed now]."""
    charges = lock_charges(list(Charge.objects.filter(event=loss).values_list("pk", flat=True)))
    if not charges:
        return None
    now = standing_of(entries_of(charges[0]))
    set_owed(charges[0], now.settled, by=by, at=at)
    return [charges[0].pk, str(now.owed), str(now.settled)]


def mend(
    *, charge_id: int, reason: str = "", by: User | None, at: datetime, scan_id: UUID | None = None
) -> ChargeEntry:
    """Settles what is left of a charge because the pupil mended the book, which is on the shelf again."""
    with act("settle.mended", by=by):
        charge = Charge.objects.get(pk=charge_id)
        if charge.reader_id is not None:
            lock_reader(charge.reader_id)
        copy = lock_copy(charge.copy_id) if charge.copy_id else None
        charge = locked_charge(charge_id)
        if before := entry_of_scan(scan_id):
            return before
        kind = ChargeEntry.Kind.MENDED
        entry = settle_locked(charge, kind, None, reason=reason, by=by, at=at, scan_id=scan_id)
        if copy is not None and copy.state == Copy.State.IN_REPAIR:
            put_on_shelf(copy, by=by)
        return entry


def take_back_loss(event: CirculationEvent, *, by: User | None, at: datetime) -> None:
    """What a report of loss, damage or finding changed of what is owed is as before; inside the act that undoes it.

    Does nothing for other acts. Refused (`Refused`) once money was paid, waived or paid back for it.
    """
    if event.kind in (Kind.LOST, Kind.DAMAGED):
        reverse_of_event(event=event, by=by, at=at)
    elif event.kind == Kind.FOUND and "charge" in event.details:
        _owe_again(event.details["charge"], by=by, at=at)


def _owe_again(freed: list[Any], *, by: User | None, at: datetime) -> None:
    charge_id, before, left = freed
    charge = lock_charges([charge_id])[0]
    if standing_of(entries_of(charge)).owed != Decimal(left):
        raise Refused([NOT_UNDONE])
    if Decimal(before) != Decimal(left):
        replace_owed(charge, Decimal(before), by=by, at=at)
