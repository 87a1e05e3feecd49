"""By when a book is due back: after its term, in the class's library period, and never past the recall date."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from circulation.rules.calendar import DAY, OpenDays

# From which day on: the class's next library period, None where there is none.
NextPeriod = Callable[[date], date | None]
_WEEK = timedelta(days=6)
# A class that meets once in two weeks and misses some of them to holidays has its next period within this many.
_PERIODS_TRIED = 12


class Because(Enum):
    """Why a book is due on its day."""

    TERM = "term"
    PERIOD = "period"
    RECALL = "recall"
    HOLIDAY_LENDING = "holiday_lending"
    AFTER_RECALL = "after_recall"


@dataclass(frozen=True)
class Due:
    on: date
    because: Because


@dataclass(frozen=True)
class Recall:
    """The end of one semester's lending, as it is for one reader.

    What is lent up to `until`, the day before the next semester, is due by `on`; with holiday lending, what is lent
    from `keeps_from` on may be kept until `back_on`, the first day of the first week back.
    """

    on: date
    until: date
    keeps_from: date | None = None
    back_on: date | None = None


def due(
    *,
    lent_on: date,
    loan_days: int,
    open_days: OpenDays,
    recalls: Iterable[Recall] = (),
    next_period: NextPeriod | None = None,
) -> Due:
    """The day by which a book lent on `lent_on` is back, and why then.

    Always an open day, unless nothing is ever open. Not before the term of `loan_days` is over and not past the recall
    date, whichever is earlier; with holiday lending in the first week back instead. What is lent after the recall date
    without it is due the same day.
    """
    found = _after_term(lent_on + timedelta(days=loan_days), open_days, next_period)
    for recall in sorted(recalls, key=lambda one: one.on):
        if recall.until < lent_on:
            continue
        last = open_days.on_or_before(recall.on)
        if lent_on <= last and found.on <= last:
            return found
        if recall.keeps_from and recall.back_on and recall.keeps_from <= lent_on < recall.back_on:
            return _first_week_back(recall.back_on, open_days, next_period)
        if lent_on <= last:
            return Due(last, Because.RECALL)
        return Due(open_days.on_or_after(lent_on), Because.AFTER_RECALL)
    return found


def is_after_recall(*, lent_on: date, recalls: Iterable[Recall]) -> bool:
    """Whether everything is back by now and no holiday lending is open: nothing more is lent this semester."""
    return any(
        recall.on < lent_on <= recall.until and not (recall.keeps_from and recall.keeps_from <= lent_on)
        for recall in recalls
    )


def _after_term(day: date, open_days: OpenDays, next_period: NextPeriod | None) -> Due:
    period = _open_period(day, open_days, next_period)
    return Due(period, Because.PERIOD) if period else Due(open_days.on_or_after(day), Because.TERM)


def _first_week_back(day: date, open_days: OpenDays, next_period: NextPeriod | None) -> Due:
    """The class's period of that week, else its first open day."""
    first = open_days.on_or_after(day)
    period = _open_period(first, open_days, next_period)
    return Due(period if period and period <= first + _WEEK else first, Because.HOLIDAY_LENDING)


def _open_period(day: date, open_days: OpenDays, next_period: NextPeriod | None) -> date | None:
    """The class's first period from `day` on that falls on an open day."""
    for _n in range(_PERIODS_TRIED if next_period else 0):
        assert next_period is not None
        period = next_period(day)
        if period is None or open_days.is_open(period):
            return period
        day = period + DAY
    return None
