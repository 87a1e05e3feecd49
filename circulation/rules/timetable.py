"""When a class comes to the library: weeks counted from the semester's first, and which periods clash."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from circulation.models import LibraryPeriod
from readers.models import Semester

LAST_DAY = date.max


def week_of(semester: Semester, day: date) -> int:
    """The teaching week that `day` lies in, Monday to Sunday; the week of the semester's first day is week 1."""
    return (_monday(day) - _monday(semester.starts_on)).days // 7 + 1


def semester_around(semesters: Iterable[Semester], day: date) -> Semester | None:
    """The semester whose days include `day`; None in the holidays."""
    return next((row for row in semesters if row.starts_on <= day <= row.ends_on), None)


def takes_place(period: LibraryPeriod, day: date, semester: Semester, *, as_weekday: int | None = None) -> bool:
    """Whether the period is held on `day`, which lies in `semester`; whether the library is open is not asked.

    `as_weekday` is the weekday whose lessons are given on a make-up working day; None for the day's own.
    """
    weekday = day.weekday() if as_weekday is None else as_weekday
    if weekday != period.weekday or not is_valid_on(period, day):
        return False
    match period.weeks:
        case LibraryPeriod.Weeks.ODD:
            return week_of(semester, day) % 2 == 1
        case LibraryPeriod.Weeks.EVEN:
            return week_of(semester, day) % 2 == 0
    return True


def is_valid_on(period: LibraryPeriod, day: date) -> bool:
    """Whether `day` lies between the first and the last day of the period's validity."""
    return period.valid_from <= day <= (period.valid_until or LAST_DAY)


def touching(one: LibraryPeriod, other: LibraryPeriod) -> bool:
    """Whether two periods ever fall on the same moment; odd and even weeks never do."""
    weeks = {one.weeks, other.weeks}
    return (
        one.weekday == other.weekday
        and weeks != {LibraryPeriod.Weeks.ODD, LibraryPeriod.Weeks.EVEN}
        and one.starts < other.ends
        and other.starts < one.ends
        and one.valid_from <= (other.valid_until or LAST_DAY)
        and other.valid_from <= (one.valid_until or LAST_DAY)
    )


def clashes(period: LibraryPeriod, others: Sequence[LibraryPeriod]) -> list[tuple[str, LibraryPeriod]]:
    """(`class_twice` or `room_taken`, the other period) for each that the period cannot stand beside.

    A period without a room is held in the one library that the school has.
    """
    found = []
    for other in others:
        if other.pk == period.pk or not touching(period, other):
            continue
        if other.school_class_id == period.school_class_id:
            found.append(("class_twice", other))
        elif other.room_id == period.room_id:
            found.append(("room_taken", other))
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
