"""Numbers made of two counts."""

from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


def ratio(numerator: int, denominator: int, *, percent: bool = False) -> Decimal | None:
    """numerator ÷ denominator to two decimals, half up; None where there is nothing to divide by: unknown, not 0."""
    if denominator == 0:
        return None
    exact = Decimal(numerator) * (100 if percent else 1) / Decimal(denominator)
    return exact.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
