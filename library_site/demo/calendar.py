"""The demo's school years, its open days, and when what is lent must be back."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import chinese_calendar

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """A semester of the school year that begins in `year`."""

    year: int
    number: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Closed:
    starts_on: date
    ends_on: date
    reason: str


def school_year_of(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def terms_of(year: int) -> list[Term]:
    return [
        Term(year, 1, date(year, 9, 1), date(year + 1, 1, 20)),
        Term(year, 2, date(year + 1, 2, 20), date(year + 1, 7, 5)),
    ]


def closed_days(years: range) -> list[Closed]:
    """Public holidays and school holidays from the first of `years` to the last."""
    found = []
    for year in years:
        first, second = terms_of(year)
        found += [
            Closed(first.ends_on + DAY, second.starts_on - DAY, "寒假"),
            Closed(second.ends_on + DAY, date(year + 1, 8, 31), "暑假"),
        ]
        found += [day for term in (first, second) for day in _public_holidays(term)]
    return sorted(found, key=lambda closed: closed.starts_on)


def _public_holidays(term: Term) -> Iterator[Closed]:
    days = [term.starts_on + DAY * n for n in range((term.ends_on - term.starts_on).days + 1)]
    for name, run in groupby(days, key=_holiday):
        if name:
            spell = list(run)
            yield Closed(spell[0], spell[-1], NAMES.get(name, name))


def _holiday(day: date) -> str:
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:  # not announced yet
        return ""
    return str(name) if off and name else ""


NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


class OpenDays:
    """The days on which the demo's library is open: Monday to Friday, less what is closed."""

    def __init__(self, closed: list[Closed], first: date, last: date) -> None:
        shut = {row.starts_on + DAY * n for row in closed for n in range((row.ends_on - row.starts_on).days + 1)}
        span = (first + DAY * n for n in range((last - first).days + 1))
        self.days = [day for day in span if day.weekday() < 5 and day not in shut]

    def on_or_after(self, day: date) -> date:
        """The first open day from `day` on; `day` itself beyond the known calendar."""
        index = bisect_left(self.days, day)
        return self.days[index] if index < len(self.days) else day

    def between(self, first: date, last: date) -> list[date]:
        return self.days[bisect_left(self.days, first) : bisect_left(self.days, last + DAY)]
