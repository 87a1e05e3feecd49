"""The cash box by the entries: what was taken and paid back since it was last counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Max, Q, QuerySet, Sum

from circulation.models import CashUp, ChargeEntry
from circulation.rules.charges import CASH, NOUGHT

# A reversal of a payment or refund takes its cash back.
MOVES_CASH = Q(kind__in=CASH) | Q(reverses__kind__in=CASH)
LISTED = 200


@dataclass(frozen=True)
class CashBox:
    """`last` is the last count; `taken` and `paid_back` in yuan since then, `until` the newest entry of them."""

    last: CashUp | None
    taken: Decimal
    paid_back: Decimal
    until: int

    @property
    def expected(self) -> Decimal:
        """What should be in the box beyond what was handed over at the last count."""
        return self.taken - self.paid_back


def cash_box() -> CashBox:
    """Two statements."""
    last = CashUp.objects.order_by("-pk").first()
    sums = cash_entries(last.until_entry if last else 0).aggregate(
        taken=Sum("amount", filter=Q(kind="payment") | Q(reverses__kind="payment")),
        back=Sum("amount", filter=Q(kind="refund") | Q(reverses__kind="refund")),
        until=Max("pk"),
    )
    until = sums["until"] or (last.until_entry if last else 0)
    return CashBox(last, -(sums["taken"] or NOUGHT), sums["back"] or NOUGHT, until)


def cash_entries(after: int, until: int | None = None) -> QuerySet[ChargeEntry]:
    """Entries that moved cash after one entry, up to another."""
    rows = ChargeEntry.objects.filter(MOVES_CASH, pk__gt=after)
    return rows if until is None else rows.filter(pk__lte=until)


def listed_entries(after: int, until: int | None = None) -> Sequence[ChargeEntry]:
    """The newest of these entries with what the page shows of them; `cash` is what each moved into the box."""
    rows = cash_entries(after, until).select_related("receipt", "charge__reader", "reverses", "by")
    rows = rows.annotate(cash=-F("amount"))
    return list(rows.order_by("-pk")[:LISTED])


def counts(limit: int) -> list[CashUp]:
    """The last counts, the newest first."""
    return list(CashUp.objects.select_related("by").order_by("-pk")[:limit])
