"""Closures, single days, recall dates, holiday lending."""

from datetime import date

from circulation.models import Closure, DayOverride, HolidayLending, RecallDate
from readers.models import Semester
from tests.factories.readers import make_school_year


def make_closure(starts_on: date, ends_on: date | None = None, **fields: object) -> Closure:
    fields.setdefault("reason", "校运会")
    return Closure.objects.create(starts_on=starts_on, ends_on=ends_on or starts_on, **fields)


def make_day_override(day: date = date(2026, 11, 7), is_open: bool = True, **fields: object) -> DayOverride:
    return DayOverride.objects.create(day=day, is_open=is_open, **fields)


def make_semester(number: int = 1, start_year: int = 2026) -> Semester:
    return Semester.objects.get(school_year=make_school_year(start_year), number=number)


def make_recall_date(on: date = date(2027, 1, 15), *, semester: Semester | None = None, **fields: object) -> RecallDate:
    return RecallDate.objects.create(semester=semester or make_semester(), on=on, **fields)


def make_holiday_lending(
    category: str = "student", opens_on: date = date(2027, 1, 4), *, semester: Semester | None = None
) -> HolidayLending:
    return HolidayLending.objects.create(semester=semester or make_semester(), category=category, opens_on=opens_on)
