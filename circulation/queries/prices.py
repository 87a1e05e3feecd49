"""What a lost or damaged book would cost: prices, multiples and degrees as the school has set them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from circulation.models import DamageDegree, DefaultPrice, Loan
from circulation.queries.settings import policy_of
from circulation.rules.charges import damage_amount, lost_amount, price_of
from library_site.shared.reference import Reference

ONCE = Decimal("1.00")


@dataclass(frozen=True)
class Worth:
    """What a lent book counts: `price` None where neither copy, title nor material has one; `amount` if lost."""

    price: Decimal | None
    multiple: Decimal
    is_default: bool

    @property
    def amount(self) -> Decimal | None:
        return None if self.price is None else lost_amount(self.price, self.multiple)

    def damaged(self, percent: int) -> Decimal | None:
        """What damage of so many per cent costs."""
        return None if self.price is None else damage_amount(self.price, percent)

    def details(self) -> dict[str, str]:
        """How an amount came about, as a charge keeps it."""
        return {"price": str(self.price or ""), "multiple": str(self.multiple)}


def worth_of(loan: Loan, reference: Reference) -> Worth:
    """What the book of a loan counts, by the terms of the loan. No statement once settings are cached."""
    own = price_of(loan.copy, {})
    price = own if own is not None else default_prices(reference).get(loan.copy.title.material)
    policy = policy_of(loan, reference)
    return Worth(price, policy.lost_multiple if policy else ONCE, is_default=own is None and price is not None)


def _load_defaults() -> dict[str, Decimal]:
    return dict(DefaultPrice.objects.values_list("material", "price"))


def _load_degrees() -> list[DamageDegree]:
    return list(DamageDegree.objects.order_by("percent", "name"))


def default_prices(reference: Reference) -> dict[str, Decimal]:
    """{material: yuan} where neither copy nor title has a price."""
    return reference.get(_load_defaults)


def damage_degrees(reference: Reference) -> Sequence[DamageDegree]:
    """The degrees of damage, the slightest first."""
    return reference.get(_load_degrees)
