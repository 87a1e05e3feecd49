"""The hours of a lesson or lecture on the activity's page: when, for which class, about what."""

from typing import Any

from activities.models import Activity
from activities.queries.sessions import session_lines, sessions_of
from library_site.http import SchoolRequest

SHOWN = 12


def sessions_panel(request: SchoolRequest, activity: Activity) -> tuple[str, dict[str, Any]] | None:
    """The last hours that were held; nothing before the first one. One statement."""
    rows = list(sessions_of(activity)[:SHOWN])
    if not rows:
        return None
    return "activities/activities/sessions_panel.html", {"lines": session_lines(rows, activity, request.reference)}
