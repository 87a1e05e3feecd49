"""Open days, and what makes a day closed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from readers.models import SchoolYear, Semester

# Longer than any school holiday; past it the calendar is not entered, and a due date must still come out.
HORIZON_DAYS = 400
DAY = timedelta(days=1)
_WORKING_WEEK = frozenset(range(5))


class Word(NamedTuple):
    """The school's word on one day; `hours_of` is the weekday whose hours hold, None for the day's own."""

    is_open: bool
    hours_of: int | None = None


class Why(Enum):
    """What a day is decided by, the strongest first."""

    WORD = "word"
    CLOSURE = "closure"
    HOLIDAYS = "holidays"
    PUBLIC_HOLIDAY = "public_holiday"
    MAKE_UP_DAY = "make_up_day"
    WEEKDAY = "weekday"


@dataclass(frozen=True)
class OpenDays:
    """The weekdays (0 = Monday) on which the library opens, and what is stronger than a weekday.

    A day is decided by the school's `words` on it, else by the `closures` and the holidays between semesters (`breaks`;
    first and last closed day), else by public holidays and make-up working days, else by its weekday. A make-up day is
    open for those for whom every working day is; whose weekdays are fewer wait for the school's word.
    """

    weekdays: frozenset[int]
    closures: Sequence[tuple[date, date]] = ()
    breaks: Sequence[tuple[date, date]] = ()
    words: Mapping[date, Word] = field(default_factory=dict)
    public_holidays: Collection[date] = ()
    make_up_days: Collection[date] = ()
    # Asked again and again with the same days: overdue costs count them one by one.
    _known: dict[date, bool] = field(default_factory=dict, compare=False, repr=False)

    def is_open(self, day: date) -> bool:
        if day not in self._known:
            self._known[day] = self._decide(day, self.why(day))
        return self._known[day]

    def why(self, day: date) -> Why:
        """What decides whether this day is open."""
        if day in self.words:
            return Why.WORD
        if _within(day, self.closures):
            return Why.CLOSURE
        if _within(day, self.breaks):
            return Why.HOLIDAYS
        if day in self.public_holidays:
            return Why.PUBLIC_HOLIDAY
        return Why.MAKE_UP_DAY if day in self.make_up_days else Why.WEEKDAY

    def _decide(self, day: date, why: Why) -> bool:
        match why:
            case Why.WORD:
                word = self.words[day]
                return word.is_open and (word.hours_of is None or word.hours_of in self.weekdays)
            case Why.MAKE_UP_DAY:
                return day.weekday() in self.weekdays or self.weekdays >= _WORKING_WEEK
            case Why.WEEKDAY:
                return day.weekday() in self.weekdays
        return False

    def on_or_after(self, day: date) -> date:
        """The first open day from `day` on; `day` itself if none is found within `HORIZON_DAYS`."""
        return self._first(day, DAY) or day

    def on_or_before(self, day: date) -> date:
        """The last open day up to `day`; `day` itself if none is found within `HORIZON_DAYS`."""
        return self._first(day, -DAY) or day

    def _first(self, day: date, step: timedelta) -> date | None:
        return next((found for n in range(HORIZON_DAYS) if self.is_open(found := day + n * step)), None)

    def count(self, *, after: date, until: date) -> int:
        """How many open days lie after the one day, up to and with the other."""
        return sum(self.is_open(after + n * DAY) for n in range(1, (until - after).days + 1))


def _within(day: date, spans: Iterable[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)


def breaks(years: Sequence[SchoolYear], semesters: Sequence[Semester]) -> list[tuple[date, date]]:
    """The holidays that follow from the school years entered: (first day, last day), in order.

    Before the first semester and after the last year nothing is known, and a year without semesters has no holidays.
    """
    terms = sorted((row.starts_on, row.ends_on) for row in semesters)
    entered = {row.school_year_id for row in semesters}
    if not terms:
        return []
    last = max((year.ends_on for year in years if year.pk in entered), default=terms[-1][1])
    starts = [*(start for start, _end in terms[1:]), last + DAY]
    gaps = [(end + DAY, start - DAY) for (_start, end), start in zip(terms, starts, strict=True)]
    bare = [(year.starts_on, year.ends_on) for year in years if year.pk not in entered]
    return [gap for gap in gaps if gap[0] <= gap[1] and not any(a <= gap[1] and b >= gap[0] for a, b in bare)]


def due_date(*, lent_on: date, loan_days: int, open_days: OpenDays) -> date:
    """The day by which a book lent on `lent_on` is back: never on a closed day, never before the term is over."""
    return open_days.on_or_after(lent_on + timedelta(days=loan_days))
