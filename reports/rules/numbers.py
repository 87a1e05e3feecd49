"""Figures as they are written: counts grouped and whole, rates with two decimals, unknown as a dash."""

from decimal import Decimal

from django.utils.formats import number_format

UNKNOWN = "—"


def written(value: Decimal | int | None, *, whole: bool = False, unit: str = "") -> str:
    """12,345 or 3.40 or 80.00%; what is not known is "—", never 0."""
    if value is None:
        return UNKNOWN
    return number_format(value, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True) + unit
