"""The school's calendar: closures, single days, public holidays, opening hours, recall dates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circulation.models import Closure, DayOverride, HolidayLending, OpeningHours, RecallDate
from circulation.queries.calendar import calendar
from circulation.rules.opening import SemesterEnd, Span, end_problems, span_problems
from library_site.audit import act
from library_site.models import School, User
from library_site.shared.problems import Problem, Refused
from library_site.shared.reference import Reference
from readers.models import Semester


def save_closure(
    *, closure_id: int | None = None, values: Mapping[str, Any], by: User | None, address: str | None = None
) -> Closure:
    """Enters or changes days on which all or one room is closed; due dates already given stay as they are."""
    with act("save_closure", by=by, address=address):
        closure = Closure.objects.select_for_update().get(pk=closure_id) if closure_id else Closure()
        for name in ("location", "starts_on", "ends_on", "reason"):
            setattr(closure, name, values[name])
        closure.save()
        return closure


def drop_closure(*, closure_id: int, by: User | None, address: str | None = None) -> None:
    """Takes a closure back; without effect where it is gone already."""
    with act("drop_closure", by=by, address=address):
        for closure in Closure.objects.select_for_update().filter(pk=closure_id):
            closure.delete()


def set_day(
    *,
    day: date,
    is_open: bool | None,
    hours_of: int | None = None,
    reason: str = "",
    by: User | None,
    address: str | None = None,
) -> None:
    """Says that the library is open or closed on one day; None takes the word back, the calendar decides again."""
    with act("set_day", by=by, address=address):
        if is_open is None:
            DayOverride.objects.filter(day=day).delete()
        else:
            _say(day, is_open, reason, hours_of if is_open else None)


def enter_holidays(
    *,
    closed: Mapping[date, str],
    worked: Mapping[date, str],
    dropped: Collection[date] = (),
    by: User | None,
    address: str | None = None,
) -> None:
    """Enters a year's public holidays and the make-up days on which everybody works, each with its reason.

    `dropped` are days of an earlier entry that are left to the calendar again; other days of the school's stay.
    Refused where a day is both off and worked.
    """
    if both := sorted(set(closed) & set(worked)):
        text = _("%(day)s is named as a day off and as a working day.") % {"day": both[0]}
        raise Refused([Problem("both", text, field="worked")])
    with act("enter_holidays", by=by, address=address):
        DayOverride.objects.filter(day__in=dropped).delete()
        for day, reason in sorted([*closed.items(), *worked.items()]):
            _say(day, day in worked, reason)


def _say(day: date, is_open: bool, reason: str, hours_of: int | None = None) -> None:
    values = {"is_open": is_open, "reason": reason, "hours_of": hours_of}
    DayOverride.objects.update_or_create(day=day, defaults=values)


def save_hours(
    *,
    location_id: int | None,
    category: str,
    spans: Sequence[Span],
    by: User | None,
    address: str | None = None,
) -> None:
    """Puts these hours in the place of those that a room and a category had; none: they have the hours of all.

    Refuses (`Refused`) spans that overlap or end before they begin, and no hours at all for everybody.
    """
    if problems := span_problems(spans, for_all=location_id is None and not category):
        raise Refused(problems)
    with act("save_opening_hours", by=by, address=address):
        # One at a time: a second click would else put its rows beside those of the first.
        list(School.objects.select_for_update().filter(pk=1))
        whose = Q(location=location_id) if location_id is not None else Q(location=None)
        OpeningHours.objects.filter(whose, category=category).delete()
        for span in sorted(spans):
            OpeningHours.objects.create(
                location_id=location_id,
                category=category,
                weekday=span.weekday,
                opens=span.opens,
                closes=span.closes,
            )


def save_semester_end(
    *, semester: Semester, end: SemesterEnd, reference: Reference, by: User | None, address: str | None = None
) -> None:
    """Sets by when everything is back at the end of a semester, and who may keep books over the holidays.

    Refuses (`Refused`) days outside the semester, closed days, a graduating grade that is recalled later than the rest.
    Due dates already given stay as they are.
    """
    open_days = calendar(reference).open_days(None, "")
    if problems := end_problems(end, semester=semester, open_days=open_days):
        raise Refused(problems)
    with act("save_semester_end", by=by, address=address):
        for graduating, day in ((False, end.recall_on), (True, end.graduating_on)):
            _keep_recall(semester, graduating, day)
        HolidayLending.objects.filter(semester=semester).exclude(category__in=end.lending).delete()
        for category, opens_on in end.lending.items():
            HolidayLending.objects.update_or_create(
                semester=semester, category=category, defaults={"opens_on": opens_on}
            )


def _keep_recall(semester: Semester, graduating: bool, day: date | None) -> None:
    if day is None:
        RecallDate.objects.filter(semester=semester, graduating=graduating).delete()
    else:
        RecallDate.objects.update_or_create(semester=semester, graduating=graduating, defaults={"on": day})
