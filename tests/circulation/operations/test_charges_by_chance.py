"""Random sequences of acts: whatever is done in whatever order, the entries add up and none is ever changed."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from circulation.models import Charge, ChargeEntry, Receipt
from circulation.models.loans import Loan
from circulation.operations.cash_up import count_cash
from circulation.operations.losses import find_again, report_damage, report_lost
from circulation.operations.payments import pay, refund, settle, take_back_entry, take_back_receipt
from circulation.operations.undo import undo_last
from circulation.queries.balances import owed
from circulation.queries.cash import cash_box
from circulation.rules.charges import standing_of
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy
from tests.factories.charges import check_sums, make_charge
from tests.factories.desk import lend, make_scan, take_back
from tests.factories.readers import make_reader

pytestmark = pytest.mark.django_db
MONEY_EXAMPLES, DESK_EXAMPLES = 150, 100

amounts = st.integers(1, 4000).map(lambda fen: Decimal(fen) / 100)
places = st.integers(0, 20)


def snapshot():
    return {row[0]: row for row in ChargeEntry.objects.values_list("pk", "charge_id", "kind", "amount", "reverses_id")}


class Money:
    """A reader's charges, and beside them plain sums of our own that the entries are compared with."""

    def __init__(self, library):
        self.by, self.at, self.reader = library.librarian, library.noon, make_reader()
        self.sums: dict[int, SimpleNamespace] = {}
        self.receipts: list[tuple[Receipt, dict[int, Decimal]]] = []
        self.settlings: list[ChargeEntry] = []
        self.counted = cash_box()

    @property
    def acts(self):
        return {"by": self.by, "at": self.at}

    def charge(self, place):
        ids = sorted(self.sums)
        return ids[place % len(ids)] if ids else None

    def owe(self, place, amount):
        charge = make_charge(self.reader, str(amount))
        self.sums[charge.pk] = SimpleNamespace(owed=amount, cash=Decimal(0), other=Decimal(0))

    def pay(self, place, amount):
        chosen = sorted(self.sums)[: 1 + place % 3]
        receipt = pay(reader_id=self.reader.pk, charge_ids=chosen, amount=amount, **self.acts)
        parts = {}
        for pk in chosen:
            part = min(amount, self.left(pk))
            if part > 0:
                parts[pk], amount = part, amount - part
        assert amount == 0
        for pk, part in parts.items():
            self.sums[pk].cash += part
        self.receipts.append((receipt, parts))

    def waive(self, place, amount):
        pk = self.charge(place)
        self.settlings.append(settle(charge_id=pk, kind="waiver", amount=amount, reason="hardship", **self.acts))
        self.sums[pk].other += amount

    def mend(self, place, amount):
        pk = self.charge(place)
        self.settlings.append(settle(charge_id=pk, kind="mended", **self.acts))
        self.sums[pk].other += self.left(pk)

    def refund(self, place, amount):
        pk = self.charge(place)
        receipt = refund(charge_id=pk, amount=amount, reason="found", **self.acts)
        self.sums[pk].owed -= amount
        self.sums[pk].cash -= amount
        self.receipts.append((receipt, {pk: -amount}))

    def take_back_receipt(self, place, amount):
        receipt, parts = self.receipts[place % len(self.receipts)]
        take_back_receipt(receipt_id=receipt.pk, reason="mistaken", **self.acts)
        for pk, part in parts.items():
            self.sums[pk].cash -= part
            self.sums[pk].owed += max(-part, 0)

    def take_back_entry(self, place, amount):
        entry = self.settlings[place % len(self.settlings)]
        take_back_entry(entry_id=entry.pk, reason="mistaken", **self.acts)
        self.sums[entry.charge_id].other += entry.amount

    def count(self, place, amount):
        last = cash_box().last
        count_cash(counted=amount, note="counted", after=last.pk if last else None, **self.acts)

    def left(self, pk):
        one = self.sums[pk]
        return one.owed - one.cash - one.other

    def check(self):
        for pk, one in self.sums.items():
            now = standing_of(ChargeEntry.objects.filter(charge=pk))
            assert (now.owed, now.paid, now.balance) == (one.owed, one.cash, self.left(pk))
            assert now.balance >= 0 <= now.paid
        total = sum((self.left(pk) for pk in self.sums), Decimal(0))
        assert owed([self.reader.pk]).get(self.reader.pk, 0) == total


MONEY = ("owe", "owe", "pay", "pay", "waive", "mend", "refund", "take_back_receipt", "take_back_entry", "count")


@pytest.mark.cases("CH-6", "CH-7", "CH-16")
@settings(max_examples=MONEY_EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(MONEY), places, amounts), min_size=4, max_size=25))
def test_money_adds_up_after_any_sequence_of_acts(library, steps):
    money = Money(library)
    for name, place, amount in [("owe", 0, Decimal("28.00")), *steps]:
        before = snapshot()
        needs = {"take_back_receipt": money.receipts, "take_back_entry": money.settlings}
        if not needs.get(name, True):
            continue
        try:
            getattr(money, name)(place, amount)
            event(f"{name} done")
        except Refused:
            assert snapshot() == before  # refused is unchanged
        check_sums()
        after = snapshot()
        assert {pk: after[pk] for pk in before} == before  # entries only ever come to it
        money.check()


class Desk:
    """One copy, one reader, and what may happen to a book at the desk."""

    def __init__(self, library):
        self.library, self.reader, self.copy = library, make_reader(), make_copy(price=Decimal("28.00"))
        self.at = library.noon
        self.desk = f"desk{self.copy.pk}"

    @property
    def acts(self):
        return {"by": self.library.librarian, "at": self.at, "scan": make_scan(desk=self.desk)}

    def loan(self):
        return Loan.objects.filter(copy=self.copy, voided_at=None).order_by("-pk").first()

    def lend(self):
        lend(self.copy, self.reader, **self.acts)

    def back(self):
        take_back(self.copy, **self.acts)

    def lose(self):
        if loan := self.loan():
            report_lost(loan_id=loan.pk, amount=Decimal("28.00"), details={}, **self.acts)

    def find(self):
        find_again(copy_id=self.copy.pk, reference=current_reference(), **self.acts)

    def damage(self):
        if loan := self.loan():
            report_damage(loan_id=loan.pk, amount=Decimal("8.40"), details={}, to_repair=False, **self.acts)

    def undo(self):
        undo_last(desk=self.desk, **self.acts)

    def pay(self):
        charges = list(Charge.objects.filter(reader=self.reader).values_list("pk", flat=True))
        half = Decimal("14.00")
        pay(reader_id=self.reader.pk, charge_ids=charges, amount=half, by=self.library.librarian, at=self.at)

    def refund(self):
        charge = Charge.objects.filter(reader=self.reader, entries__kind="payment").order_by("-pk").first()
        if charge:
            money = {"amount": Decimal("14.00"), "reason": "found"}
            refund(charge_id=charge.pk, by=self.library.librarian, at=self.at, **money)

    def check(self):
        self.copy.refresh_from_db()
        open_now = Loan.objects.filter(copy=self.copy, returned_at=None, voided_at=None).count()
        assert open_now <= 1
        if self.copy.state == "lost":
            assert open_now == 0
        for charge in Charge.objects.filter(reader=self.reader):
            now = standing_of(charge.entries.all())
            assert now.balance >= 0 <= now.paid


DESK = ("lend", "lend", "back", "lose", "lose", "find", "find", "damage", "undo", "undo", "pay", "refund")


@pytest.mark.cases("CH-10", "CH-11", "CH-16", "UN-2")
@settings(max_examples=DESK_EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(DESK), min_size=4, max_size=18))
def test_books_lost_found_and_undone_never_leave_a_wrong_sum(library, steps):
    desk = Desk(library)
    for name in ["lend", *steps]:
        before, charges = snapshot(), Charge.objects.count()
        desk.at += timedelta(seconds=1)
        try:
            getattr(desk, name)()
            event(f"{name} done")
        except Refused:
            assert (snapshot(), Charge.objects.count()) == (before, charges)
        check_sums()
        assert {pk: row for pk, row in snapshot().items() if pk in before} == before
        desk.check()
