"""The days of a school year as months on a page, each with what decides about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from circulation.queries.calendar import Calendar, calendar
from circulation.rules.calendar import DAY, OpenDays, Why
from circulation.rules.public_holidays import holiday_name, holidays, make_up_days
from library_site.shared.reference import Reference
from readers.models import SchoolYear

_MONTHS = 12
WEEKDAY_SIGNS = [
    pgettext_lazy("weekday in one sign", "Mo"),
    pgettext_lazy("weekday in one sign", "Tu"),
    pgettext_lazy("weekday in one sign", "We"),
    pgettext_lazy("weekday in one sign", "Th"),
    pgettext_lazy("weekday in one sign", "Fr"),
    pgettext_lazy("weekday in one sign", "Sa"),
    pgettext_lazy("weekday in one sign", "Su"),
]


@dataclass(frozen=True)
class DayCell:
    """A day; `mark` is one short sign (off, work, back), `note` says the reason in full."""

    day: date
    is_open: bool
    why: Why
    mark: str
    note: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday on; None where a week reaches into another month."""

    first: date
    weeks: Sequence[Sequence[DayCell | None]]
    open_days: int


class Pages:
    """Draws days for one room and category."""

    def __init__(self, known: Calendar, open_days: OpenDays, today: date) -> None:
        self.known, self.open_days, self.today = known, open_days, today
        self.off, self.worked = holidays(), make_up_days()
        self.recalls: dict[date, bool] = {}
        for row in known.recall_dates:
            self.recalls[row.on] = row.graduating and self.recalls.get(row.on, True)

    def cell(self, day: date, location_id: int | None) -> DayCell:
        why, is_open = self.open_days.why(day), self.open_days.is_open(day)
        notes = [str(self._note(day, why, location_id)), self._recall(day)]
        note = "；".join(text for text in notes if text)
        return DayCell(day, is_open, why, self._mark(day, why, is_open), note, day == self.today)

    def _note(self, day: date, why: Why, location_id: int | None) -> str | Promise:
        match why:
            case Why.WORD:
                return self.known.reasons.get(day) or _("Set by the school")
            case Why.CLOSURE:
                return self._closure(day, location_id)
            case Why.HOLIDAYS:
                return _("School holidays")
            case Why.PUBLIC_HOLIDAY:
                return holiday_name(self.off.get(day, ""))
            case Why.MAKE_UP_DAY:
                return _("Make-up working day (%(holiday)s)") % {"holiday": holiday_name(self.worked.get(day, ""))}
        return ""

    def _closure(self, day: date, location_id: int | None) -> str:
        found = [
            row
            for row in self.known.closures
            if row.location_id in (None, location_id) and row.starts_on <= day <= row.ends_on
        ]
        return found[0].reason if found else ""

    def _recall(self, day: date) -> str:
        if day not in self.recalls:
            return ""
        return _("Recall date of the graduating grades") if self.recalls[day] else _("Recall date")

    def _mark(self, day: date, why: Why, is_open: bool) -> str:
        if day in self.recalls:
            return pgettext("on a calendar day", "back")
        if why in (Why.WORD, Why.MAKE_UP_DAY) and is_open:
            return pgettext("on a calendar day", "work")
        if why in (Why.WORD, Why.CLOSURE, Why.PUBLIC_HOLIDAY) and not is_open:
            return pgettext("on a calendar day", "off")
        return ""


def year_months(
    reference: Reference, year: SchoolYear, today: date, *, location_id: int | None = None, category: str = ""
) -> list[Month]:
    """Twelve months from the one in which the school year begins. No statement once the calendar is cached."""
    known = calendar(reference)
    pages = Pages(known, known.open_days(location_id, category), today)
    first = year.starts_on.replace(day=1)
    return [_month(pages, _plus_months(first, n), location_id) for n in range(_MONTHS)]


def day_cell(reference: Reference, day: date, today: date) -> DayCell:
    """One day as it is for all rooms and readers."""
    known = calendar(reference)
    return Pages(known, known.open_days(None, ""), today).cell(day, None)


def _month(pages: Pages, first: date, location_id: int | None) -> Month:
    cells = [pages.cell(day, location_id) for day in _days_of(first)]
    padded: list[DayCell | None] = [*([None] * first.weekday()), *cells]
    padded += [None] * (-len(padded) % 7)
    weeks = [padded[n : n + 7] for n in range(0, len(padded), 7)]
    return Month(first, weeks, sum(cell.is_open for cell in cells))


def _days_of(first: date) -> Iterator[date]:
    day = first
    while day.month == first.month:
        yield day
        day += DAY


def _plus_months(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return first.replace(year=first.year + years, month=month + 1)


@dataclass(frozen=True)
class HolidayRow:
    """A public holiday of a year: its days off and the weekend days worked for it."""

    name: str | Promise
    days: Sequence[date]
    worked: Sequence[date]

    @property
    def spans(self) -> list[tuple[date, date]]:
        """Runs of days off: (first, last)."""
        runs: list[tuple[date, date]] = []
        for day in self.days:
            if runs and day - runs[-1][1] == timedelta(days=1):
                runs[-1] = (runs[-1][0], day)
            else:
                runs.append((day, day))
        return runs


def holiday_rows(year: int) -> list[HolidayRow]:
    """The year's announced holidays in order; of a year not announced yet, the fixed days."""
    off: dict[str, list[date]] = {}
    for day, name in sorted(holidays().items()):
        if day.year == year:
            off.setdefault(name, []).append(day)
    worked = {day: name for day, name in make_up_days().items() if day.year == year}
    return [
        HolidayRow(holiday_name(name), days, sorted(day for day, own in worked.items() if own == name))
        for name, days in off.items()
    ]
