"""The demo's charges: books lost, damaged, paid for, waived and found again, by the acts of the pages themselves."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from circulation.models import Charge, CirculationOptions, DamageDegree, DefaultPrice, Loan, Receipt
from circulation.models.loans import OPEN
from circulation.operations.cards import give_card_for_fee
from circulation.operations.cash_up import count_cash
from circulation.operations.desk import Scan, local_day
from circulation.operations.losses import find_again, report_damage, report_lost
from circulation.operations.payments import note_finance_number, pay, settle
from circulation.queries.cash import cash_box
from circulation.queries.prices import worth_of
from library_site.models import Role, User
from library_site.shared.reference import current_reference

DEGREES = [("轻微污损", 10), ("缺页、涂写", 50), ("严重损坏", 100)]
PRICES = {"book": Decimal("20.00"), "bound": Decimal("60.00"), "issue": Decimal("8.00")}
CARD_FEE = Decimal("5.00")
# One after the other, as events are kept in the order of their time.
MONEY, LATER = timedelta(minutes=10), timedelta(minutes=15)


def write_charges(*, at: datetime) -> None:
    """What a term leaves behind at the cash desk: some owed, some settled, one book found after it was paid for."""
    by = User.objects.filter(roles__contains=[Role.LIBRARIAN]).order_by("pk").first()
    at_school = Loan.objects.filter(OPEN, kind=Loan.Kind.READER, category="student", reader__left_on=None)
    loans = list(at_school.order_by("due_on", "pk")[:9])
    DamageDegree.objects.bulk_create(DamageDegree(name=name, percent=percent) for name, percent in DEGREES)
    DefaultPrice.objects.bulk_create(DefaultPrice(material=name, price=price) for name, price in PRICES.items())
    CirculationOptions.objects.update_or_create(pk=1, defaults={"card_fee": CARD_FEE})
    if by is not None and len(loans) == 9:
        _lost(loans[:5], by, at)
        _damaged(loans[5:8], by, at + LATER)
        _card(loans[8], by, at + LATER)


def _lost(loans: Sequence[Loan], by: User, at: datetime) -> None:
    """Five lost: one paid and counted, one found after that, one paid in part, one waived, one owed."""
    charges = [_report(loan, by, at + timedelta(minutes=number)) for number, loan in enumerate(loans)]
    paid, found, partly, waived, _owed = charges
    receipts = [_pay(charge, None, by, at + MONEY) for charge in (paid, found)]
    note_finance_number(receipt_id=receipts[0].pk, number="F0000317", by=by)
    count_cash(counted=cash_box().expected, note="", after=None, by=by, at=at + MONEY)
    scan = _scan(found.pk)
    if found.copy_id is not None:
        find_again(copy_id=found.copy_id, by=by, at=at + LATER, reference=current_reference(), scan=scan)
    _pay(partly, Decimal("5.00"), by, at + LATER)
    settle(charge_id=waived.pk, kind="waiver", reason="家庭困难，班主任证明", by=by, at=at + LATER)


def _report(loan: Loan, by: User, at: datetime) -> Charge:
    worth = worth_of(Loan.objects.select_related("copy__title").get(pk=loan.pk), current_reference())
    amount = worth.amount or PRICES["book"]
    event = report_lost(loan_id=loan.pk, amount=amount, details=worth.details(), by=by, at=at, scan=_scan(loan.pk))
    return Charge.objects.get(event=event)


def _damaged(loans: Sequence[Loan], by: User, at: datetime) -> None:
    """The book is still out; its damage was shown at the desk."""
    for loan, degree in zip(loans, DamageDegree.objects.order_by("percent"), strict=True):
        worth = worth_of(Loan.objects.select_related("copy__title").get(pk=loan.pk), current_reference())
        amount = worth.damaged(degree.percent) or Decimal("2.00")
        details = {**worth.details(), "degree": degree.name, "percent": str(degree.percent)}
        report_damage(
            loan_id=loan.pk, amount=amount, details=details, to_repair=False, by=by, at=at, scan=_scan(loan.pk)
        )


def _card(loan: Loan, by: User, at: datetime) -> None:
    assert loan.reader_id is not None
    on = local_day(at)
    give_card_for_fee(reader_id=loan.reader_id, on=on, ends="lost", fee=CARD_FEE, by=by, at=at)


def _pay(charge: Charge, amount: Decimal | None, by: User, at: datetime) -> Receipt:
    assert charge.reader_id is not None
    owed = charge.entries.get(kind="owed").amount
    return pay(reader_id=charge.reader_id, charge_ids=[charge.pk], amount=min(amount or owed, owed), by=by, at=at)


def _scan(number: int) -> Scan:
    """The same scan in every loading of the same demo."""
    return Scan(UUID(int=number), "demo")
