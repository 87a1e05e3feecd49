"""Figures with all that makes them honest: numerator, denominator, period; rounded once, at the end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from library_site.shared.figures import HUNDREDTH, ratio


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included; `until` is the last day that can hold data by now."""

    starts_on: date
    ends_on: date
    until: date

    @classmethod
    def of(cls, starts_on: date, ends_on: date, *, today: date) -> "Period":
        """The period as of `today`: one that still runs is known up to today, one to come up to its first day."""
        return cls(starts_on, ends_on, max(starts_on, min(ends_on, today)))

    @property
    def running(self) -> bool:
        return self.until < self.ends_on

    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment of the period and the first one after it, in the school's time zone."""
        return midnight(self.starts_on), midnight(self.ends_on + timedelta(days=1))

    def part(self, first: date, days: int) -> tuple[date, date]:
        """So many days from `first`, as far as they lie in the period up to `until`: first and last day."""
        return max(first, self.starts_on), min(first + timedelta(days=days - 1), self.until)

    def mondays(self) -> list[date]:
        """The Mondays of its weeks up to `until`; the first may lie before the period."""
        first = monday_of(self.starts_on)
        return [first + timedelta(days=7 * n) for n in range((self.until - first).days // 7 + 1)]

    def months(self) -> list[date]:
        """The first days of its months up to `until`; the first may lie before the period."""
        first, last = self.starts_on.replace(day=1), self.until
        numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def midnight(day: date) -> datetime:
    """The first moment of a day in the school's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Figure:
    """A figure of the catalogue (`code`, `variant`) in a period.

    `value` is numerator ÷ denominator, times 100 for a percentage, to two decimals; None where there is nothing to
    divide by. A count has no denominator: its value is the numerator.
    """

    code: str
    variant: str
    numerator: int | Decimal
    denominator: int | None
    percent: bool
    period: Period

    @property
    def value(self) -> Decimal | None:
        if self.denominator is None:
            number = Decimal(self.numerator)
            return number if isinstance(self.numerator, int) else number.quantize(HUNDREDTH)
        return ratio(int(self.numerator), self.denominator, percent=self.percent)
