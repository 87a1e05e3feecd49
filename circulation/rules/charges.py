"""Money that readers owe: what entries add up to, how a payment is spread, what a lost or damaged book costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from circulation.models import ChargeEntry
from library_site.shared.problems import Problem

NOUGHT = Decimal("0.00")
FEN = Decimal("0.01")
MOST = Decimal("99999.99")
CASH = frozenset({ChargeEntry.Kind.PAYMENT, ChargeEntry.Kind.REFUND})

NOT_POSITIVE = Problem("not_positive", _("An amount is more than nothing."), field="amount")
TOO_LARGE = Problem("too_large", _("That is more than any book costs."), field="amount")
SETTLED = Problem("settled", _("This is settled already."), _("The account shows how and when."))
NO_REASON = Problem("no_reason", _("Say why."), field="reason")
PAID_SINCE = Problem(
    "paid_since", _("Something was settled on this charge."), _("Take the payment or the waiver back first.")
)


@dataclass(frozen=True)
class Standing:
    """Where a charge stands, in yuan: `owed` by what holds now, `paid` in cash and not paid back, `balance` left."""

    owed: Decimal
    paid: Decimal
    balance: Decimal

    @property
    def settled(self) -> Decimal:
        """What was settled in any way."""
        return self.owed - self.balance


def standing_of(entries: Iterable[ChargeEntry]) -> Standing:
    """What all the entries of one charge add up to; a reversal counts with what it reverses."""
    rows = {entry.pk: entry for entry in entries}
    sums = {"owed": NOUGHT, "cash": NOUGHT, "all": NOUGHT}
    for entry in rows.values():
        kind = rows[entry.reverses_id].kind if entry.reverses_id else entry.kind
        sums["all"] += entry.amount
        if kind == ChargeEntry.Kind.OWED:
            sums["owed"] += entry.amount
        elif kind in CASH:
            sums["cash"] -= entry.amount
    return Standing(sums["owed"], sums["cash"], sums["all"])


def unreversed(entries: Sequence[ChargeEntry], *kinds: str) -> list[ChargeEntry]:
    """The entries of these kinds that stand."""
    gone = {entry.reverses_id for entry in entries}
    return [entry for entry in entries if entry.kind in kinds and entry.pk not in gone]


def amount_problems(amount: Decimal) -> list[Problem]:
    """What is wrong with an amount by itself."""
    if amount <= 0:
        return [NOT_POSITIVE]
    return [TOO_LARGE] if amount > MOST else []


def settling_problems(amount: Decimal, left: Decimal) -> list[Problem]:
    """Whether `left` can be settled by `amount`: never twice, and never by more than is owed."""
    if problems := amount_problems(amount):
        return problems
    if left <= 0:
        return [SETTLED]
    return [too_much(left)] if amount > left else []


def too_much(left: Decimal) -> Problem:
    text = _("Only %(left)s yuan are left to settle.") % {"left": left}
    return Problem("too_much", text, field="amount")


def spread(amount: Decimal, balances: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """How a payment is spread over charges, in their order: each is settled before the next gets anything."""
    parts: dict[int, Decimal] = {}
    for charge_id, balance in balances.items():
        part = min(amount, balance)
        if part > 0:
            parts[charge_id] = part
            amount -= part
    return parts


def price_of(copy: Any, defaults: Mapping[str, Decimal]) -> Decimal | None:
    """What a copy counts: its own price, its title's share, or the default of its material; None if none is known.

    A title's price is that of the whole set, so a volume counts its share.
    """
    if copy.price:
        return copy.price
    if copy.title.price:
        shares = copy.title.volumes if copy.volume and copy.title.volumes else 1
        return round_to_fen(copy.title.price / shares)
    return defaults.get(copy.title.material)


def lost_amount(price: Decimal, multiple: Decimal) -> Decimal:
    """Price × multiple (照价 is 1), to the fen."""
    return round_to_fen(price * multiple)


def damage_amount(price: Decimal, percent: int) -> Decimal:
    """The share of the price that a degree of damage costs, to the fen."""
    return round_to_fen(price * percent / 100)


def round_to_fen(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)
