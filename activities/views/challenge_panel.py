"""The challenges of an activity, on its page."""

from typing import Any

from activities.models import Activity
from activities.queries.challenges import MOST_SHOWN, shown_challenges
from library_site.http import SchoolRequest


def challenges_panel(request: SchoolRequest, activity: Activity) -> tuple[str, dict[str, Any]] | None:
    """Those that readers see; a stranger reads their goals, and their pages only once logged in."""
    rows = list(shown_challenges().filter(activity=activity)[:MOST_SHOWN])
    return ("activities/challenges/panel.html", {"challenges": rows}) if rows else None
