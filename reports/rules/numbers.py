"""Figures as they are written: counts grouped and whole, rates with two decimals, unknown as a dash."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

UNKNOWN = "—"


def written(value: Decimal | int | None, *, whole: bool = False, unit: str = "") -> str:
    """12,345 or 3.40 or 80.00%; what is not known is "—", never 0."""
    if value is None:
        return UNKNOWN
    places = 0 if whole else 2
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)  # Django would cut it off
    return number_format(rounded, decimal_pos=places, force_grouping=True) + unit
