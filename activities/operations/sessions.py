"""Hours of an activity as they were held: lessons by class, lectures, rehearsals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivitySession
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

OUTSIDE = Problem("session_outside", _("That day lies outside the activity's days."))
SEEN_TWICE = Problem("session_twice", _("This class has that hour already."))


@dataclass(frozen=True)
class Held:
    """One hour: when, for which class (None: for all), about what, by whom, how many came (None: not counted)."""

    on: date
    hours: str = ""
    school_class_id: int | None = None
    topic: str = ""
    led_by: str = ""
    present: int | None = None
    note: str = ""


def add_sessions(
    *, activity_id: int, held: Sequence[Held], by: User | None, address: str | None = None
) -> list[ActivitySession]:
    """Enters hours, all or none; the same hour of a class sent twice is refused, as is a day outside the activity."""
    with act("add_sessions", by=by, address=address):
        activity = Activity.objects.select_for_update(no_key=True).get(pk=activity_id)
        if any(not activity.starts_on <= one.on <= activity.ends_on for one in held):
            raise Refused([OUTSIDE])
        known = set(activity.sessions.values_list("on", "hours", "school_class_id"))
        keys = [(one.on, one.hours, one.school_class_id) for one in held]
        if known.intersection(keys) or len(set(keys)) < len(keys):
            raise Refused([SEEN_TWICE])
        return ActivitySession.objects.bulk_create(ActivitySession(activity=activity, **vars(one)) for one in held)


def drop_session(*, activity_id: int, session_id: int, by: User | None, address: str | None = None) -> None:
    """Removes an hour entered by mistake."""
    with act("drop_session", by=by, address=address):
        ActivitySession.objects.filter(pk=session_id, activity=activity_id).delete()
