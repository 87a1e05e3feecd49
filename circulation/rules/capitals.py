"""Amounts in the figures of receipts (大写金额), which nobody can alter with a pen.

As banks want them (《正确填写票据和结算凭证的基本规定》): the unit after each figure, one 零 for several noughts
between figures, 整 where no fen follow.
"""

from decimal import Decimal

FIGURES = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("仟", "佰", "拾", "")
WAN, YUAN, JIAO, FEN, WHOLE = "万", "元", "角", "分", "整"


def in_capitals(amount: Decimal) -> str:
    """An amount from 0 to 99,999,999.99 yuan in capital figures, its sign left out."""
    fen = int(abs(amount) * 100)
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    text = _whole(yuan) + YUAN if yuan else ""
    if jiao:
        text += FIGURES[jiao] + JIAO
    elif rest and yuan:
        text += FIGURES[0]
    if rest:
        return text + FIGURES[rest] + FEN
    return (text or FIGURES[0] + YUAN) + WHOLE


def _whole(yuan: int) -> str:
    upper, lower = divmod(yuan, 10_000)
    if not upper:
        return _four(lower)
    between = FIGURES[0] if 0 < lower < 1000 else ""
    return _four(upper) + WAN + between + (_four(lower) if lower else "")


def _four(number: int) -> str:
    """Up to four figures with their units; noughts between figures are said once, those at the end not at all."""
    text, nought = "", False
    for figure, unit in zip(f"{number:04d}", UNITS, strict=True):
        if figure == "0":
            nought = bool(text)
            continue
        text += (FIGURES[0] if nought else "") + FIGURES[int(figure)] + unit
        nought = False
    return text
