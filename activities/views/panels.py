"""The parts of an activity's page, by the shape of its kind: each subject adds its own."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from activities.models import Activity
from activities.views.booklist_panel import booklists_panel
from activities.views.challenge_panel import challenges_panel
from activities.views.session_panel import sessions_panel
from activities.views.shape_panels import donation_panel, drift_panel, quiz_panel
from activities.views.work_panels import results_panel, works_panel
from library_site.http import SchoolRequest

# Asks (request, activity); answers (template, context), or None where there is nothing to show. The request may be of
# a stranger: `request.user` need not be logged in. Templates begin with their own panel and heading (h2).
Panel = Callable[[SchoolRequest, Activity], tuple[str, dict[str, Any]] | None]
ALWAYS = "always"  # panels of every activity; the other keys are `ActivityKind.Shape`

PANELS: dict[str, list[Panel]] = {
    "quiz": [quiz_panel],
    "drift": [drift_panel],
    "donation": [donation_panel],
    ALWAYS: [sessions_panel, works_panel, results_panel, challenges_panel, booklists_panel],
}


def panels_of(request: SchoolRequest, activity: Activity) -> list[SafeString]:
    """The panels of an activity for this person, drawn, in their order."""
    shown = [panel(request, activity) for panel in [*PANELS.get(activity.kind.shape, []), *PANELS[ALWAYS]]]
    return [_drawn(request, activity, *part) for part in shown if part]


def _drawn(request: SchoolRequest, activity: Activity, template: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(template, {"activity": activity, **context}, request))
