"""Settling what readers owe: paid, waived, replaced, mended; paid back; and each of it taken back.

Whatever moves cash waits for the cash box, which also numbers the receipts; counting it (`cash_up`) does too.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from circulation.models import Charge, ChargeEntry, Receipt
from circulation.operations.charges import add_entry, entries_of, lock_charges, replace_owed, reverse_entry
from circulation.operations.desk import local_day, lock_reader
from circulation.rules.charges import (
    CASH,
    NO_REASON,
    NOUGHT,
    SETTLED,
    Standing,
    amount_problems,
    settling_problems,
    spread,
    standing_of,
    unreversed,
)
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated

Kind = ChargeEntry.Kind
WITHOUT_CASH = frozenset({Kind.WAIVER, Kind.REPLACED, Kind.MENDED})
CASH_BOX = 5_013_001  # our key of an advisory lock: any number that no other lock has

NOTHING_CHOSEN = Problem("nothing_chosen", _("Nothing is chosen to be paid."), field="charges")
PAID_BACK = Problem("paid_back", _("Money of it was paid back since."), _("Take that back first."))
NOTHING_PAID = Problem("nothing_paid", _("Nothing was paid for it, or it was paid back already."))
TAKEN_BACK = Problem("taken_back", _("This was taken back already."))
NUMBER_GIVEN = Problem("number_given", _("Another receipt has this number."), field="finance_number")


def hold_cash_box() -> None:
    """Waits until nobody else moves or counts cash; to the end of the transaction. Taken after all other locks."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CASH_BOX])


def pay(
    *,
    reader_id: int,
    charge_ids: Sequence[int],
    amount: Decimal,
    by: User | None,
    at: datetime,
    scan_id: UUID | None = None,
) -> Receipt:
    """Takes `amount` yuan for these charges of a reader, the oldest first, and returns the one receipt.

    The same form sent twice is one payment. Refused (`Refused`) for more than is left of them, for nothing, and where
    they are settled already.
    """
    with act("pay", by=by):
        lock_reader(reader_id)
        if before := _receipt_of(scan_id):
            return before
        own = Charge.objects.filter(pk__in=charge_ids, reader=reader_id).values_list("pk", flat=True)
        charges = lock_charges(list(own))
        if not charges:
            raise Refused([NOTHING_CHOSEN])
        balances = {charge.pk: _standing(charge).balance for charge in charges}
        if problems := settling_problems(amount, sum(balances.values(), NOUGHT)):
            raise Refused(problems)
        receipt = _new_receipt(reader_id, by=by, at=at)
        for charge in charges:
            if part := spread(amount, balances).get(charge.pk):
                add_entry(charge, Kind.PAYMENT, -part, by=by, at=at, receipt=receipt, scan_id=scan_id)
        return receipt


def settle(
    *,
    charge_id: int,
    kind: str,
    amount: Decimal | None = None,
    reason: str = "",
    by: User | None,
    at: datetime,
    scan_id: UUID | None = None,
) -> ChargeEntry:
    """Settles a charge without cash: waived, the same book brought, mended; all that is left unless `amount` is given.

    A waiver needs a reason. Refused (`Refused`) as a payment is.
    """
    assert kind in WITHOUT_CASH
    with act(f"settle.{kind}", by=by):
        charge = locked_charge(charge_id)
        if before := entry_of_scan(scan_id):
            return before
        if kind == Kind.WAIVER and not reason.strip():
            raise Refused([NO_REASON])
        return settle_locked(charge, kind, amount, reason=reason, by=by, at=at, scan_id=scan_id)


def settle_locked(
    charge: Charge,
    kind: str,
    amount: Decimal | None,
    *,
    reason: str,
    by: User | None,
    at: datetime,
    scan_id: UUID | None,
) -> ChargeEntry:
    """`settle` inside a larger act, with the charge locked."""
    left = _standing(charge).balance
    amount = left if amount is None else amount
    if problems := settling_problems(amount, left) if left > 0 else [SETTLED]:
        raise Refused(problems)
    return add_entry(charge, kind, -amount, by=by, at=at, reason=reason.strip()[:200], scan_id=scan_id)


def refund(
    *, charge_id: int, amount: Decimal, reason: str, by: User | None, at: datetime, scan_id: UUID | None = None
) -> Receipt:
    """Pays back `amount` yuan of what was paid for a charge, which is owed no more; returns the receipt.

    Refused (`Refused`) without a reason, and for more than was paid and not paid back yet. Whose charge it was may be
    forgotten by now: the receipt then names nobody.
    """
    with act("refund", by=by):
        charge = locked_charge(charge_id)
        if before := _receipt_of(scan_id):
            return before
        now = _standing(charge)
        if problems := _refund_problems(amount, now.paid, reason):
            raise Refused(problems)
        receipt = _new_receipt(charge.reader_id, by=by, at=at)
        replace_owed(charge, now.owed - amount, by=by, at=at)
        fields = {"reason": reason.strip()[:200], "receipt": receipt, "scan_id": scan_id}
        add_entry(charge, Kind.REFUND, amount, by=by, at=at, **fields)
        return receipt


def _refund_problems(amount: Decimal, paid: Decimal, reason: str) -> list[Problem]:
    if not reason.strip():
        return [NO_REASON]
    if paid <= 0:
        return [NOTHING_PAID]
    if amount > paid:
        return [Problem("too_much", _("Only %(paid)s yuan were paid.") % {"paid": paid}, field="amount")]
    return amount_problems(amount)


def take_back_receipt(*, receipt_id: int, reason: str, by: User | None, at: datetime) -> Receipt:
    """Takes a payment or a refund back, all that the receipt says, each by an entry of its own.

    Refused (`Refused`) without a reason, the second time, and for a payment of which money was paid back since.
    """
    with act("take_back_receipt", by=by):
        receipt = Receipt.objects.get(pk=receipt_id)
        _require(reason)
        if receipt.reader_id is not None:
            lock_reader(receipt.reader_id)
        ids = ChargeEntry.objects.filter(receipt=receipt).values_list("charge_id", flat=True)
        charges = lock_charges(sorted(set(ids)))
        entries = {charge.pk: entries_of(charge) for charge in charges}
        standing = [
            (charge, entry)
            for charge in charges
            for entry in unreversed(entries[charge.pk], *CASH)
            if entry.receipt_id == receipt_id
        ]
        if not standing:
            raise Refused([TAKEN_BACK])
        hold_cash_box()
        for charge, entry in standing:
            _take_back(charge, entry, entries[charge.pk], reason=reason, by=by, at=at)
        return receipt


def take_back_entry(*, entry_id: int, reason: str, by: User | None, at: datetime) -> ChargeEntry:
    """Takes a waiver, a replacement or a mending back; returns the reversing entry. Refused the second time."""
    with act("take_back_settling", by=by):
        _require(reason)
        charge = locked_charge(ChargeEntry.objects.values_list("charge_id", flat=True).get(pk=entry_id))
        entries = entries_of(charge)
        standing = [entry for entry in unreversed(entries, *WITHOUT_CASH) if entry.pk == entry_id]
        if not standing:
            raise Refused([TAKEN_BACK])
        return _take_back(charge, standing[0], entries, reason=reason, by=by, at=at)


def _take_back(
    charge: Charge,
    entry: ChargeEntry,
    entries: Sequence[ChargeEntry],
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> ChargeEntry:
    now = standing_of(entries)
    if entry.kind == Kind.PAYMENT and now.paid < -entry.amount:
        raise Refused([PAID_BACK])
    if entry.kind == Kind.REFUND:
        replace_owed(charge, now.owed + entry.amount, by=by, at=at)
    return reverse_entry(entry, reason=reason.strip()[:200], by=by, at=at)


def note_finance_number(*, receipt_id: int, number: str, by: User | None) -> Receipt:
    """Notes the number that the finance office gave its own receipt; empty takes it away again.

    Refused (`Refused`) for a number that another receipt has.
    """
    try:
        with act("note_finance_number", by=by):
            receipt = Receipt.objects.select_for_update(of=("self",), no_key=True).get(pk=receipt_id)
            receipt.finance_number = number.strip()
            receipt.save(update_fields=["finance_number"])
            return receipt
    except IntegrityError as error:
        if violated(error) != "receipt_finance_number_unique":
            raise
        raise Refused([NUMBER_GIVEN]) from error


def locked_charge(charge_id: int) -> Charge:
    """The charge, with its reader locked before it."""
    reader_id = Charge.objects.values_list("reader_id", flat=True).get(pk=charge_id)
    if reader_id is not None:
        lock_reader(reader_id)
    return lock_charges([charge_id])[0]


def entry_of_scan(scan_id: UUID | None) -> ChargeEntry | None:
    """What this form led to, if it was sent before; asked under lock."""
    if scan_id is None:
        return None
    return ChargeEntry.objects.filter(scan_id=scan_id).select_related("receipt").order_by("pk").first()


def _receipt_of(scan_id: UUID | None) -> Receipt | None:
    entry = entry_of_scan(scan_id)
    return entry.receipt if entry else None


def _standing(charge: Charge) -> Standing:
    return standing_of(entries_of(charge))


def _require(reason: str) -> None:
    if not reason.strip():
        raise Refused([NO_REASON])


def _new_receipt(reader_id: int | None, *, by: User | None, at: datetime) -> Receipt:
    """A receipt with the year's next number, drawn under the lock of the cash box, so that no number is missing."""
    hold_cash_box()
    year = local_day(at).year
    last = Receipt.objects.filter(number__startswith=f"{year}-").aggregate(last=Max("number"))["last"]
    number = int(last.partition("-")[2]) + 1 if last else 1
    return Receipt.objects.create(number=f"{year}-{number:05d}", reader_id=reader_id, by=by, at=at)
