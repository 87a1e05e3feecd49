"""The lending timetable (借阅轮流表): which class comes when. Read once per process; costs no statement then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS

from circulation.models import LibraryPeriod
from circulation.queries.calendar import calendar
from circulation.queries.settings import open_days
from circulation.rules.timetable import is_valid_on, semester_around, takes_place, week_of
from library_site.shared.reference import Reference
from readers.queries.classes import NamedClass, classes_on, semester_on, semesters

SCHOOL_DAYS = range(5)
# Longer than any holidays between two semesters.
HORIZON_DAYS = 200
# A class that is on its way is the class of the moment already.
EARLY = timedelta(minutes=10)


def _load_periods() -> list[LibraryPeriod]:
    rows = LibraryPeriod.objects.select_related("room")
    return list(rows.order_by("starts", "ends", "weekday", "school_class_id", "pk"))


def library_periods(reference: Reference) -> list[LibraryPeriod]:
    """All periods, past and coming ones included, each with its room, by time of day."""
    return reference.get(_load_periods)


@dataclass(frozen=True)
class DuePeriod:
    """A period on a day of which it is held."""

    period: LibraryPeriod
    class_name: str
    day: date

    def span(self) -> tuple[datetime, datetime]:
        """Beginning and end as moments of the school's time."""
        return _moment(self.day, self.period.starts), _moment(self.day, self.period.ends)


def _no_days_yet() -> dict[date, list[DuePeriod]]:
    return {}


def periods_on(reference: Reference, day: date) -> list[DuePeriod]:
    """The periods held on a day, by time: within a semester, the library open, the class still at the school.

    Kept per process: a semester's figures ask for every day of it.
    """
    days = reference.get(_no_days_yet)
    if day not in days:
        days[day] = _held_on(reference, day)
    return list(days[day])


def _held_on(reference: Reference, day: date) -> list[DuePeriod]:
    names = {row.pk: row.name for row in classes_on(reference, day)}
    coming = [row for row in library_periods(reference) if row.school_class_id in names]
    return [DuePeriod(row, names[row.school_class_id], day) for row in coming if _is_held(row, day, reference)]


def _is_held(period: LibraryPeriod, day: date, reference: Reference) -> bool:
    """In a semester, on its weekday or on a day that stands in for it, and its room open."""
    semester = semester_around(semesters(reference), day)
    if semester is None:
        return False
    calendar = open_days(reference, location_id=period.room_id)
    word = calendar.words.get(day)
    weekday = word.hours_of if word else None
    return takes_place(period, day, semester, as_weekday=weekday) and calendar.is_open(day)


def turns_ahead(reference: Reference, today: date) -> list[DuePeriod]:
    """The periods of a week from today on, for pages that stay open overnight and go by their own clock."""
    return list(periods_between(reference, today, today + timedelta(days=6)))


def is_within_hours(reference: Reference, period: LibraryPeriod) -> bool:
    """Whether the period lies in one span of the opening hours of its room."""
    hours = calendar(reference).hours_of(period.room_id, "")
    return any(
        row.weekday == period.weekday and row.opens <= period.starts and period.ends <= row.closes for row in hours
    )


def class_now(reference: Reference, at: datetime) -> LibraryPeriod | None:
    """The period of the class that is in the library at `at`, else of the one that comes within ten minutes.

    Of several at once, the one that borrows.
    """
    due = due_now(reference, at)
    return due.period if due else None


def due_now(reference: Reference, at: datetime) -> DuePeriod | None:
    """As `class_now`, with the name of the class."""
    today = periods_on(reference, timezone.localdate(at))
    running = [row for row in today if row.span()[0] <= at < row.span()[1]]
    coming = [row for row in today if row.span()[0] - EARLY <= at < row.span()[0]]
    return min(running or coming, key=lambda row: row.period.purpose != LibraryPeriod.Purpose.BORROW, default=None)


def next_borrowing_day(reference: Reference, *, class_id: int, after: date) -> date | None:
    """The first open day later than `after` on which the class comes to borrow; None where no such day is known.

    Days outside the semesters that were entered are never one.
    """
    own = [row for row in library_periods(reference) if _borrows(row, class_id)]
    if not own:
        return None
    days = (after + timedelta(days=number) for number in range(1, HORIZON_DAYS + 1))
    return next((day for day in days if any(_is_held(row, day, reference) for row in own)), None)


def _borrows(period: LibraryPeriod, class_id: int) -> bool:
    return period.school_class_id == class_id and period.purpose == LibraryPeriod.Purpose.BORROW


@dataclass(frozen=True)
class Entry:
    """A period as the timetable shows it."""

    period: LibraryPeriod
    class_name: str


@dataclass(frozen=True)
class Cell:
    weekday: int
    entries: Sequence[Entry]


@dataclass(frozen=True)
class SlotRow:
    """A time of day and its cells by weekday."""

    starts: time
    ends: time
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Timetable:
    """What holds on a day: `weekdays` are (0 = Monday, its name); `week` of the semester, None in the holidays.

    `since` is the day from which it has held as it is, `until` the last day of it, None while no change is entered;
    `missing` are classes that have no period.
    """

    day: date
    week: int | None
    weekdays: Sequence[tuple[int, str]]
    rows: Sequence[SlotRow]
    since: date | None
    until: date | None
    missing: Sequence[NamedClass]


def timetable(reference: Reference, day: date) -> Timetable:
    """The timetable that holds on a day; the weekend is shown only where a class comes on it."""
    classes = classes_on(reference, day)
    names = {row.pk: row.name for row in classes}
    held = [row for row in library_periods(reference) if is_valid_on(row, day) and row.school_class_id in names]
    days = sorted({*SCHOOL_DAYS, *(row.weekday for row in held)})
    slots = sorted({(row.starts, row.ends) for row in held})
    rows = [SlotRow(starts, ends, list(_cells(held, days, (starts, ends), names))) for starts, ends in slots]
    semester = semester_around(semesters(reference), day)
    here = {row.school_class_id for row in held}
    return Timetable(
        day=day,
        week=week_of(semester, day) if semester else None,
        weekdays=[(number, str(WEEKDAYS[number])) for number in days],
        rows=rows,
        since=max((row.valid_from for row in held), default=None),
        until=min((row.valid_until for row in held if row.valid_until), default=None),
        missing=[row for row in classes if row.pk not in here],
    )


def _cells(
    held: Sequence[LibraryPeriod], days: Sequence[int], slot: tuple[time, time], names: dict[int, str]
) -> Iterator[Cell]:
    for day in days:
        here = [row for row in held if row.weekday == day and (row.starts, row.ends) == slot]
        here.sort(key=lambda row: (row.weeks == LibraryPeriod.Weeks.EVEN, names[row.school_class_id]))
        yield Cell(day, [Entry(row, names[row.school_class_id]) for row in here])


def coming_change(reference: Reference, day: date) -> date | None:
    """The first day after `day` from which on something else holds; None while nothing is entered."""
    begins = (row.valid_from for row in library_periods(reference) if row.valid_from > day)
    return min(begins, default=None)


@dataclass(frozen=True)
class ClassSheet:
    """A class's periods as of a day, each with the days left in the semester on which it is held."""

    class_name: str
    lines: Sequence[tuple[LibraryPeriod, Sequence[date]]]


def sheets_of_classes(reference: Reference, day: date, *, only: int | None = None) -> list[ClassSheet]:
    """A sheet for each class that has a period on or after `day`, or for one class."""
    semester = semester_on(reference, day)
    last = semester.ends_on if semester and semester.ends_on >= day else day
    first = max(day, semester.starts_on) if semester else day
    found: dict[int, dict[int, tuple[LibraryPeriod, list[date]]]] = {}
    names = {}
    for due in periods_between(reference, first, last):
        key = due.period.school_class_id
        if only in (None, key):
            names[key] = due.class_name
            found.setdefault(key, {}).setdefault(due.period.pk, (due.period, []))[1].append(due.day)
    order = [row.pk for row in classes_on(reference, first) if row.pk in found]
    return [ClassSheet(names[key], sorted(found[key].values(), key=lambda line: line[1][0])) for key in order]


def periods_between(reference: Reference, first: date, last: date) -> Iterator[DuePeriod]:
    """Every period held from `first` to `last`, by time."""
    for days in range((last - first).days + 1):
        yield from periods_on(reference, first + timedelta(days=days))


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
