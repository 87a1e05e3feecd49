"""Label paper: the usual kinds, and those that the school describes."""

import csv
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from catalog.models import LabelStock
from catalog.rules.labels.paper import problems_of
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Refused

USUAL = Path(__file__).resolve().parent.parent / "data" / "label_stock.csv"
_COUNTS = ("columns", "rows")
_TEXTS = ("name", "feed")


def load_stocks() -> int:
    """Puts the usual kinds of paper into a library that has none; one that has some keeps them as they are."""
    with transaction.atomic():
        return 0 if LabelStock.objects.exists() else len(_add_missing())


def add_usual_stocks(*, by: User, address: str | None = None) -> list[LabelStock]:
    """Adds the usual kinds of paper whose names are not there."""
    with act("add_label_stocks", by=by, address=address):
        return _add_missing()


def save_stock(*, stock: LabelStock, by: User, address: str | None = None) -> LabelStock:
    """Adds or changes a kind of paper. Refuses (`Refused`) labels that run over the page."""
    if problems := problems_of(stock):
        raise Refused(problems)
    with act("save_label_stock", by=by, address=address):
        stock.save()
        return stock


def drop_stock(*, stock: LabelStock, by: User, address: str | None = None) -> None:
    """Removes a kind of paper; nothing hangs on it."""
    with act("drop_label_stock", by=by, address=address):
        stock.delete()


def _add_missing() -> list[LabelStock]:
    known = set(LabelStock.objects.values_list("name", flat=True))
    with USUAL.open(encoding="utf-8", newline="") as file:
        rows = [_stock(row) for row in csv.DictReader(file) if row["name"] not in known]
    return LabelStock.objects.bulk_create(rows)


def _stock(row: dict[str, str]) -> LabelStock:
    values = {
        name: text if name in _TEXTS else int(text) if name in _COUNTS else Decimal(text) for name, text in row.items()
    }
    return LabelStock(**values)
