"""The account of a reader: what is and was owed, how it came about and how it was settled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from catalog.models.titles import long_columns
from circulation.models import Charge, ChargeEntry, CirculationEvent, Receipt
from circulation.rules.charges import CASH, NOUGHT, Standing, standing_of, unreversed
from library_site.shared.reference import Reference
from readers.queries.classes import class_names_on, classes_on

LISTED = 100
DAY = timedelta(days=1)


@dataclass(frozen=True)
class ChargeLine:
    """A charge with its entries in their order. `found`: the lost book has turned up since."""

    charge: Charge
    entries: Sequence[ChargeEntry]
    now: Standing
    found: bool = False

    @property
    def is_open(self) -> bool:
        return self.now.balance > 0

    @property
    def to_pay_back(self) -> bool:
        """Whether money was taken for a loss that is none."""
        return self.found and self.now.paid > 0

    @property
    def standing_entries(self) -> list[ChargeEntry]:
        """What can be taken back by itself: settled without cash, and not taken back."""
        return unreversed(self.entries, "waiver", "replaced", "mended")


@dataclass(frozen=True)
class Account:
    """Charges, the newest first, at most `LISTED` of them; `owed` in yuan counts all."""

    lines: Sequence[ChargeLine]
    owed: Decimal

    @property
    def open_lines(self) -> list[ChargeLine]:
        return [line for line in self.lines if line.is_open]

    @property
    def settled_lines(self) -> list[ChargeLine]:
        return [line for line in self.lines if not line.is_open]


def account_of(reader_id: int) -> Account:
    """What one reader owes and owed. Three statements; open charges are never left out."""
    rows = _charges(Charge.objects.filter(reader=reader_id))
    balances = _balances(reader_id)
    open_ids = [pk for pk, balance in balances.items() if balance > 0]
    newest = sorted(balances, reverse=True)[:LISTED]
    lines = _lines(rows.filter(pk__in={*open_ids, *newest}))
    return Account(lines, sum((balances[pk] for pk in open_ids), NOUGHT))


def charge_line(charge_id: int) -> ChargeLine | None:
    """One charge, None if there is none. Two statements."""
    return next(iter(_lines(_charges(Charge.objects.filter(pk=charge_id)))), None)


def _found_since() -> Exists:
    """Whether the lost book of a charge has turned up, and nobody undid that."""
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    kind = CirculationEvent.Kind.FOUND
    return Exists(
        CirculationEvent.objects.filter(~Exists(undone), loan=OuterRef("loan"), kind=kind, pk__gt=OuterRef("event"))
    )


def _charges(rows: QuerySet[Charge]) -> QuerySet[Charge]:
    rows = rows.annotate(found=_found_since()).select_related("copy__title", "loan", "reader", "by")
    return rows.defer(*long_columns("copy__title"))


def _lines(charges: QuerySet[Charge]) -> list[ChargeLine]:
    rows = list(charges.order_by("-pk"))
    entries: dict[int, list[ChargeEntry]] = {row.pk: [] for row in rows}
    found = ChargeEntry.objects.filter(charge__in=entries).select_related("receipt", "by", "reverses")
    for entry in found.order_by("pk"):
        entries[entry.charge_id].append(entry)
    return [
        ChargeLine(row, entries[row.pk], standing_of(entries[row.pk]), found=row.found)  # type: ignore[attr-defined]
        for row in rows
    ]


def _balances(reader_id: int) -> dict[int, Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry.charge_id, sum(entry.amount) FROM circulation_charge AS charge"
            " JOIN circulation_chargeentry AS entry ON entry.charge_id = charge.id"
            " WHERE charge.reader_id = %s GROUP BY entry.charge_id",
            [reader_id],
        )
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class Owing:
    """A reader who owes: since when, for how many things, how much."""

    reader_id: int
    name: str
    number: str
    class_id: int | None
    class_name: str
    left_on: date | None
    since: datetime
    charges: int
    owed: Decimal


# Who owes, in the class where they are now or were last.
_OWING = """
    SELECT reader.id, reader.name, reader.number, stay.school_class_id, reader.left_on,
           sums.since, sums.charges, sums.owed
      FROM (SELECT reader_id, min(at) AS since, count(*) AS charges, sum(balance) AS owed
              FROM (SELECT charge.id, charge.reader_id, charge.at, sum(entry.amount) AS balance
                      FROM circulation_charge AS charge
                      JOIN circulation_chargeentry AS entry ON entry.charge_id = charge.id
                     WHERE charge.reader_id IS NOT NULL
                     GROUP BY charge.id HAVING sum(entry.amount) > 0) AS open
             GROUP BY reader_id) AS sums
      JOIN readers_reader AS reader ON reader.id = sums.reader_id
      LEFT JOIN LATERAL (
            SELECT school_class_id FROM readers_classmembership AS stay WHERE stay.reader_id = reader.id
             ORDER BY stay.until DESC NULLS FIRST, stay.id DESC LIMIT 1) AS stay ON true
     ORDER BY reader.number, reader.name, reader.id
"""


def owing(reference: Reference, today: date, *, class_id: int | None = None) -> list[Owing]:
    """Who owes something, class by class in the school's order, those in no class last. One statement."""
    classes = {row.pk: (place, row.name) for place, row in enumerate(classes_on(reference, today))}
    with connection.cursor() as cursor:
        cursor.execute(_OWING)
        rows = cursor.fetchall()
    # Who left was last in the class as it was called the day before.
    days = {left - DAY if left else today for *_rest, left, _since, _charges, _owed in rows}
    names = {day: class_names_on(reference, day) for day in days}
    found = [
        Owing(pk, name, number, stay, names[left - DAY if left else today].get(stay, ""), left, since, charges, total)
        for pk, name, number, stay, left, since, charges, total in rows
        if class_id is None or stay == class_id
    ]
    return sorted(found, key=lambda row: classes.get(row.class_id or 0, (len(classes), ""))[0])


def to_pay_back(limit: int = LISTED) -> list[ChargeLine]:
    """Charges for books that were found again after money was taken, the newest first. Two statements."""
    paid = ChargeEntry.objects.filter(charge=OuterRef("pk"), kind="payment")
    rows = Charge.objects.filter(Exists(paid), _found_since(), kind=Charge.Kind.LOSS)
    return [line for line in _lines(_charges(rows))[:limit] if line.to_pay_back]


def receipts_of(reader_id: int) -> list[Receipt]:
    """The receipts of a reader, the newest first."""
    return list(Receipt.objects.filter(reader=reader_id).order_by("-pk")[:LISTED])


@dataclass(frozen=True)
class ReceiptSheet:
    """A receipt as it prints: its entries, their sum in cash (negative: paid back), and whether it was taken back."""

    receipt: Receipt
    entries: Sequence[ChargeEntry]
    taken_back: bool

    @property
    def cash(self) -> Decimal:
        return -sum((entry.amount for entry in self.entries), NOUGHT)

    @property
    def is_refund(self) -> bool:
        return self.cash < 0


def receipt_sheet(receipt_id: int) -> ReceiptSheet | None:
    """What a receipt was written for; its reversals are told, not listed. Two statements."""
    receipt = Receipt.objects.select_related("reader", "by").filter(pk=receipt_id).first()
    return next(iter(receipt_sheets([receipt])), None) if receipt else None


def receipt_sheets(receipts: Collection[Receipt]) -> list[ReceiptSheet]:
    """The same for several receipts, in their order. One statement."""
    rows: dict[int, list[ChargeEntry]] = {receipt.pk: [] for receipt in receipts}
    found = ChargeEntry.objects.filter(receipt__in=rows).select_related("charge__copy__title")
    for entry in found.defer(*long_columns("charge__copy__title")).order_by("charge_id", "pk"):
        rows[entry.receipt_id or 0].append(entry)
    return [
        ReceiptSheet(
            receipt,
            [entry for entry in rows[receipt.pk] if entry.kind in CASH],
            any(entry.reverses_id for entry in rows[receipt.pk]),
        )
        for receipt in receipts
    ]
