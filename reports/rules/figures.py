"""Figures with all that makes them honest: numerator, denominator, period; rounded once, at the end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from library_site.shared.figures import ratio


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
        begins = datetime.combine(self.starts_on, time.min)
        ends = datetime.combine(self.ends_on + timedelta(days=1), time.min)
        return timezone.make_aware(begins), timezone.make_aware(ends)


@dataclass(frozen=True)
class Figure:
    """`value` is numerator ÷ denominator, times 100 for a percentage, to two decimals; None without a denominator."""

    numerator: int
    denominator: int
    percent: bool
    period: Period

    @property
    def value(self) -> Decimal | None:
        return ratio(self.numerator, self.denominator, percent=self.percent)
