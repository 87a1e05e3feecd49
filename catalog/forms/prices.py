"""Prices as they stand on books."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms

_NO_PRICE = re.compile(r"[^0-9.-]")


class PriceField(forms.DecimalField):
    """Yuan; a sign of the currency before or behind and full-width digits are taken."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(min_value=Decimal(0), max_digits=10, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value)
        number = _NO_PRICE.sub("", unicodedata.normalize("NFKC", text))
        return super().to_python(number if number or not text.strip() else text)
