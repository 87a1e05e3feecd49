"""What a reader owes for, and what is owed for it: entries only ever come to it, none is changed.

Order of locks: reader, title, copy, loan, reservation, charge; the cash box (`payments`) last.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from catalog.models import Copy
from circulation.models import Charge, ChargeEntry, CirculationEvent, Loan
from circulation.rules.charges import NOUGHT, PAID_SINCE, amount_problems, standing_of, unreversed
from library_site.models import User
from library_site.shared.problems import Refused
from library_site.shared.rows import insert


def owe(
    *,
    reader_id: int,
    kind: str,
    amount: Decimal,
    loan: Loan | None = None,
    copy: Copy | None = None,
    event: CirculationEvent | None = None,
    school_class_id: int | None = None,
    details: dict[str, Any],
    by: User | None,
    at: datetime,
    scan_id: UUID | None = None,
) -> Charge:
    """Writes a charge and what is owed for it (yuan), in the caller's transaction, who has locked the reader.

    `details` says how the amount came about. Refused (`Refused`) for nothing and less.
    """
    assert connection.in_atomic_block
    if problems := amount_problems(amount):
        raise Refused(problems)
    class_id = school_class_id if school_class_id is not None or loan is None else loan.school_class_id
    charge = insert(
        Charge(
            reader_id=reader_id,
            kind=kind,
            school_class_id=class_id,
            loan=loan,
            copy=copy,
            event=event,
            details=details,
            by=by,
            at=at,
        )
    )
    add_entry(charge, ChargeEntry.Kind.OWED, amount, by=by, at=at, scan_id=scan_id)
    return charge


def add_entry(
    charge: Charge, kind: str, amount: Decimal, *, by: User | None, at: datetime, **fields: Any
) -> ChargeEntry:
    """One more entry of a charge; the database refuses what does not add up."""
    return insert(ChargeEntry(charge=charge, kind=kind, amount=amount, by=by, at=at, **fields))


def lock_charges(charge_ids: Sequence[int]) -> list[Charge]:
    """Locks the charges, in the order of their keys."""
    rows = Charge.objects.filter(pk__in=charge_ids).order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


def entries_of(charge: Charge) -> list[ChargeEntry]:
    """All entries of a charge in their order, read after its lock."""
    return list(ChargeEntry.objects.filter(charge=charge).order_by("pk"))


def reverse_entry(entry: ChargeEntry, *, reason: str = "", by: User | None, at: datetime) -> ChargeEntry:
    """Takes an entry back by one of its own."""
    kind = ChargeEntry.Kind.REVERSAL
    return insert(
        ChargeEntry(
            charge_id=entry.charge_id,
            kind=kind,
            amount=-entry.amount,
            by=by,
            at=at,
            reason=reason,
            receipt_id=entry.receipt_id,
            reverses=entry,
        )
    )


def set_owed(charge: Charge, amount: Decimal, *, reason: str = "", by: User | None, at: datetime) -> None:
    """From now on `amount` is owed for the charge. Refused (`Refused`) if more is settled already."""
    now = standing_of(entries_of(charge))
    if now.settled > amount:
        raise Refused([PAID_SINCE])
    if now.owed != amount:
        replace_owed(charge, amount, reason=reason, by=by, at=at)


def replace_owed(charge: Charge, amount: Decimal, *, reason: str = "", by: User | None, at: datetime) -> None:
    """Reverses what is owed and writes the new sum; the caller makes it add up, or the database refuses at commit."""
    for entry in unreversed(entries_of(charge), ChargeEntry.Kind.OWED):
        reverse_entry(entry, reason=reason, by=by, at=at)
    if amount > 0:
        add_entry(charge, ChargeEntry.Kind.OWED, amount, by=by, at=at, reason=reason)


def reverse_of_event(*, event: CirculationEvent, by: User | None, at: datetime) -> None:
    """Takes back what an act at the desk cost, in the transaction that undoes the act.

    Refused (`Refused`) once something was paid or waived of it: that is taken back first.
    """
    assert connection.in_atomic_block
    ids = Charge.objects.filter(event=event).values_list("pk", flat=True)
    for charge in lock_charges(list(ids)):
        set_owed(charge, NOUGHT, by=by, at=at)
