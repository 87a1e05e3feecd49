"""A figure as pages show it: with all that makes it honest beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reports.rules.numbers import written

Number = Decimal | int


@dataclass(frozen=True)
class GoalBeside:
    """A goal with what was reached of it. `words` say for whom and for how long, `value` is what the goal is about:
    that of the figure itself, or of the goal's own period and grades. `warning`: why it cannot be reached."""

    words: str
    target: Decimal
    value: Decimal | None
    is_reached: bool | None
    is_running: bool = False
    unit: str = ""
    whole: bool = False
    warning: Any = ""

    @property
    def target_text(self) -> str:
        return written(self.target, whole=self.whole, unit=self.unit)

    @property
    def value_text(self) -> str:
        return written(self.value, whole=self.whole, unit=self.unit)


@dataclass(frozen=True)
class FigureCard:
    """One figure: what it is, how it was reckoned, the goals, last semester, and where the list behind it is.

    `value` is what is reported: as entered (`note` says why, `counted` what the system counts), else as closed, else
    as counted now. None is unknown and shown as a dash.
    """

    code: str
    name: Any
    formula: Any
    value: Decimal | None
    numerator: Number | None
    denominator: Number | None
    first: date
    last_day: date
    unit: Any = ""
    percent: bool = False
    whole: bool = False
    goals: tuple[GoalBeside, ...] = ()
    last: Decimal | None = None
    note: str = ""
    is_entered: bool = False
    counted: Decimal | None = None
    source: Any = ""
    url: str = ""

    @property
    def is_count(self) -> bool:
        """A number of things or a sum of money, not one number by another."""
        return self.whole or self.unit == "" or (self.denominator is None and self.numerator is not None)

    @property
    def sign(self) -> str:
        return "%" if self.percent else ""

    @property
    def value_text(self) -> str:
        return written(self.value, whole=self.whole)

    @property
    def last_text(self) -> str:
        return written(self.last, whole=self.whole, unit=self.sign)

    @property
    def counted_text(self) -> str:
        return written(self.counted, whole=self.whole, unit=self.sign)

    @property
    def sum_text(self) -> str:
        return sum_text(self.numerator, self.denominator)


def sum_text(numerator: Number | None, denominator: Number | None) -> str:
    """ "1,200 ÷ 300"; a count has nothing to be divided by."""
    if numerator is None or denominator is None:
        return ""
    return f"{_part(numerator)} ÷ {_part(denominator)}"


def _part(number: Number) -> str:
    return written(number, whole=number == int(number))
