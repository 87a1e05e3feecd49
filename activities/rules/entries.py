"""When works are taken in, and what a work needs."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from activities.models import Activity, Entry
from library_site.shared.problems import Problem

OPEN_STATES = (Entry.State.DRAFT, Entry.State.HANDED_IN)


def taking_in(activity: Activity) -> list[Problem]:
    """Why works from paper can no longer be entered: teachers may until the results are out."""
    if not activity.takes_entries:
        return [Problem("takes_no_works", _("No works are handed in to this activity."))]
    if activity.state == Activity.State.CANCELLED:
        return [Problem("activity_cancelled", _("This activity was cancelled."))]
    if activity.results_at is not None:
        return [Problem("results_are_out", _("The results are published: no more works are taken."))]
    return []


def handing_in(activity: Activity, *, day: date, is_meant: bool) -> list[Problem]:
    """Why somebody cannot hand in the own work on this day."""
    problems = taking_in(activity)
    if activity.state != Activity.State.PUBLISHED:
        problems.append(Problem("activity_not_on", _("This activity is not on now.")))
    if last_day(activity) < day:
        problems.append(Problem("works_closed", _("Works were taken until %(day)s.") % {"day": last_day(activity)}))
    if not is_meant:
        problems.append(Problem("not_meant", _("This activity is for others.")))
    return problems


def last_day(activity: Activity) -> date:
    """The last day on which works are handed in: the activity's own where none was set."""
    return activity.entries_until or activity.ends_on


def score_problems(value: Decimal, *, activity: Activity, entry: Entry) -> list[Problem]:
    """Why a judge cannot give this score."""
    if activity.results_at is not None:
        return [Problem("results_are_out", _("The results are published: scores stay as they are."))]
    if entry.state != Entry.State.HANDED_IN:
        return [Problem("work_not_in", _("This work takes no part any more."))]
    if not 0 <= value <= activity.scale:
        text = _("A score goes from 0 to %(most)s.")
        return [Problem("score_off_scale", text % {"most": activity.scale}, field="value")]
    return []
