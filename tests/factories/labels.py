"""Label paper."""

from decimal import Decimal

from catalog.models import LabelStock
from catalog.operations.label_stock import load_stocks

A4_24 = "A4 3 × 8（70 × 37 mm）"


def make_stock(name: str = "", **fields: object) -> LabelStock:
    """The usual paper of that name, 3 × 8 on A4 unless told otherwise, with other fields if wanted."""
    load_stocks()
    stock = LabelStock.objects.get(name=name or A4_24)
    for field, value in fields.items():
        setattr(stock, field, value if isinstance(value, int | str) else Decimal(str(value)))
    stock.save()
    return stock
