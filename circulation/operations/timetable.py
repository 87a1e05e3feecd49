"""Writing the lending timetable: a class's period, and another timetable from a day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from circulation.models import LibraryPeriod
from circulation.rules.timetable import clashes
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from library_site.shared.reference import Reference
from readers.queries.classes import class_names_on, classes_on

DAY = timedelta(days=1)


@dataclass(frozen=True)
class PeriodTerms:
    """What a period is: `room_id` None for a school with one library, `valid_until` None while no end is known."""

    school_class_id: int
    weekday: int
    starts: time
    ends: time
    valid_from: date
    valid_until: date | None = None
    weeks: str = LibraryPeriod.Weeks.EVERY
    purpose: str = LibraryPeriod.Purpose.BORROW
    room_id: int | None = None


def add_period(
    *, terms: PeriodTerms, reference: Reference, by: User | None, address: str | None = None
) -> LibraryPeriod:  # fmt: skip
    """Puts a class on the timetable. Refuses (`Refused`) a class twice at a time, and a room that is taken."""
    with act("save_library_period", by=by, address=address):
        _one_at_a_time()
        return _saved(LibraryPeriod(**vars(terms)), reference)


def change_period(
    *, period_id: int, terms: PeriodTerms, reference: Reference, by: User | None, address: str | None = None
) -> LibraryPeriod:  # fmt: skip
    """Changes a period from `terms.valid_from` on; what was held before that day stays as it was.

    Refuses (`Refused`) as `add_period`.
    """
    with act("save_library_period", by=by, address=address):
        _one_at_a_time()
        period = LibraryPeriod.objects.get(pk=period_id)
        if period.valid_from < terms.valid_from <= (period.valid_until or date.max):
            _end(period, terms.valid_from)
            period = LibraryPeriod()
        for name, value in vars(terms).items():
            setattr(period, name, value)
        return _saved(period, reference)


def remove_period(*, period_id: int, on: date, by: User | None, address: str | None = None) -> None:
    """Takes a period off the timetable from the day `on`; one that had not begun by then goes altogether."""
    with act("remove_library_period", by=by, address=address):
        _one_at_a_time()
        if period := LibraryPeriod.objects.filter(pk=period_id).first():
            _end(period, on)


def begin_timetable(
    *, starts_on: date, copies: bool, reference: Reference, by: User | None, address: str | None = None
) -> int:  # fmt: skip
    """Another timetable holds from a day on: the present periods end the day before.

    With `copies` it begins as they are, of the classes still at the school. Returns how many it begins with. Refuses
    (`Refused`) where periods that begin on that day or later are entered already.
    """
    with act("begin_timetable", by=by, address=address):
        _one_at_a_time()
        if later := LibraryPeriod.objects.filter(valid_from__gte=starts_on).order_by("valid_from").first():
            raise Refused([_begun(later.valid_from)])
        present = list(LibraryPeriod.objects.filter(Q(valid_until=None) | Q(valid_until__gte=starts_on)))
        for period in present:
            _end(period, starts_on)
        if not copies:
            return 0
        here = {row.pk for row in classes_on(reference, starts_on)}
        rows = [_copied(row, starts_on) for row in present if row.school_class_id in here]
        return len(LibraryPeriod.objects.bulk_create(rows))


def _one_at_a_time() -> None:
    """Writers wait for each other, readers do not: a clash between two new rows is seen by neither otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE circulation_libraryperiod IN SHARE ROW EXCLUSIVE MODE")


def _saved(period: LibraryPeriod, reference: Reference) -> LibraryPeriod:
    same_day = LibraryPeriod.objects.filter(weekday=period.weekday).select_related("room")
    if found := clashes(period, list(same_day)):
        raise Refused(_problems(found, class_names_on(reference, period.valid_from)))
    period.save()
    return period


def _problems(found: Sequence[tuple[str, LibraryPeriod]], names: dict[int, str]) -> list[Problem]:
    texts = {
        "class_twice": _("The class has another period then: %(when)s."),
        "room_taken": _("%(class_name)s is there then: %(when)s."),
    }
    return [
        Problem(code, texts[code] % {"class_name": names.get(row.school_class_id, ""), "when": when_text(row)})
        for code, row in found
    ]


def when_text(period: LibraryPeriod) -> str:
    """Weekday and time of a period, and its weeks if it is not weekly."""
    parts: list[Any] = [period.get_weekday_display(), f"{period.starts:%H:%M}–{period.ends:%H:%M}"]
    if period.weeks != LibraryPeriod.Weeks.EVERY:
        parts.append(period.get_weeks_display())
    return " ".join(str(part) for part in parts)


def _begun(day: date) -> Problem:
    text = _("A timetable that holds from %(day)s is entered already.")
    return Problem("later_timetable", text % {"day": date_format(day, "SHORT_DATE_FORMAT")}, field="starts_on")


def _end(period: LibraryPeriod, on: date) -> None:
    """The period holds no more from `on`."""
    if period.valid_from >= on:
        period.delete()
    elif period.valid_until is None or period.valid_until >= on:
        period.valid_until = on - DAY
        period.save(update_fields=["valid_until"])


def _copied(period: LibraryPeriod, starts_on: date) -> LibraryPeriod:
    same = ("school_class_id", "room_id", "purpose", "weekday", "starts", "ends", "weeks")
    return LibraryPeriod(valid_from=starts_on, **{name: getattr(period, name) for name in same})
