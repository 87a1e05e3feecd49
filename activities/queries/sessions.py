"""Hours of an activity as they were held, and the classes of a week to enter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from activities.models import Activity, ActivitySession
from activities.queries.registration import enrolment_of
from circulation.queries.timetable import periods_between
from library_site.shared.reference import Reference
from readers.queries.classes import NamedClass, class_names_then

WEEK = timedelta(days=6)


@dataclass(frozen=True)
class WeekLine:
    """A class in the form of a week: its period in the library if it has one, whether it is entered already."""

    school_class: NamedClass
    on: date
    hours: str
    enrolled: int
    is_entered: bool


@dataclass(frozen=True)
class SessionLine:
    """An hour as the list shows it."""

    session: ActivitySession
    class_name: str


def sessions_of(activity: Activity) -> QuerySet[ActivitySession]:
    """The hours of an activity, the newest first."""
    return ActivitySession.objects.filter(activity=activity).order_by("-on", "-pk")


def session_lines(rows: Sequence[ActivitySession], activity: Activity, reference: Reference) -> list[SessionLine]:
    """Hours with the names of their classes. No statement."""
    names = class_names_then(reference, activity.starts_on)
    return [SessionLine(row, names.get(row.school_class_id or 0, "")) for row in rows]


def week_lines(activity: Activity, classes: Sequence[NamedClass], monday: date, reference: Reference) -> list[WeekLine]:
    """The classes of a week, each with its library period of that week as day and time. Two statements."""
    first, last = max(monday, activity.starts_on), min(monday + WEEK, activity.ends_on)
    slots: dict[int, tuple[date, str]] = {}
    for due in periods_between(reference, first, last):
        hours = f"{due.period.starts:%H:%M}–{due.period.ends:%H:%M}"
        slots.setdefault(due.period.school_class_id, (due.day, hours))
    held = set(sessions_of(activity).filter(on__range=(first, last)).values_list("school_class_id", flat=True))
    enrolled = enrolment_of([one.pk for one in classes], first)
    return [WeekLine(one, *slots.get(one.pk, (first, "")), enrolled.get(one.pk, 0), one.pk in held) for one in classes]
