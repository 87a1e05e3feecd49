from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circulation.rules.capitals import FIGURES, in_capitals

VALUES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("28", "贰拾捌元整"),
        ("10.50", "壹拾元伍角整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0.05", "伍分"),
        ("0.30", "叁角整"),
        ("1000.00", "壹仟元整"),
        ("100500", "壹拾万零伍佰元整"),
        ("99999.99", "玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-28.00", "贰拾捌元整"),
    ],
)
def test_amounts_read_as_banks_write_them(amount, text):
    assert in_capitals(Decimal(amount)) == text


def read(text):
    """The amount that capitals say, read by a way of our own."""
    fen = section = figure = total = 0
    for sign in text:
        if sign in FIGURES:
            figure = FIGURES.index(sign)
        elif sign in VALUES:
            section, figure = section + figure * VALUES[sign], 0
        elif sign == "万":
            total, section, figure = total + (section + figure) * 10_000, 0, 0
        elif sign == "元":
            total, section, figure = total + section + figure, 0, 0
        elif sign in "角分":
            fen, figure = fen + figure * (10 if sign == "角" else 1), 0
    return Decimal(total) + Decimal(fen) / 100


@given(st.integers(0, 9_999_999_999))
def test_every_amount_is_read_back_as_it_was(fen):
    assert read(in_capitals(Decimal(fen) / 100)) == Decimal(fen) / 100
