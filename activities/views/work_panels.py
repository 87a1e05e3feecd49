"""The parts of an activity's page about works, judging and results."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from activities.queries.entries import own_entry
from activities.queries.judging import judges
from activities.rules.entries import last_day
from activities.views.results import grouped
from activities.views.rights import may_edit
from activities.views.works import own_problems
from library_site.http import SchoolRequest
from library_site.models import Role
from readers.models import Reader
from readers.queries.scope import classes_of

Drawn = tuple[str, dict[str, Any]] | None


def works_panel(request: SchoolRequest, activity: Activity) -> Drawn:
    """Where works are handed in, entered and judged, for whoever does one of these."""
    if not activity.takes_entries:
        return None
    context: dict[str, Any] = {"until": last_day(activity)}
    user = request.user
    if user.is_authenticated:
        context |= _own(request, activity)
        context["may_edit"] = may_edit(request, activity)
        context["may_enter"] = context["may_edit"] or (
            user.has_role(Role.TEACHER) and bool(classes_of(user, timezone.localdate()))
        )
        context["judges"] = activity.results_at is None and judges(activity.pk).filter(account=user.pk).exists()
    return "activities/entries/panel.html", context


def _own(request: SchoolRequest, activity: Activity) -> dict[str, Any]:
    reader = Reader.objects.filter(account=request.user).first()
    if reader is None or activity.results_at is not None:
        return {}
    entry = own_entry(activity.pk, reader.pk)
    may_write = bool(entry) or not own_problems(request, activity, reader)
    return {"may_write": may_write, "own_state": entry.get_state_display() if entry else ""}


def results_panel(request: SchoolRequest, activity: Activity) -> Drawn:
    """Who won, once that is published."""
    if activity.results_at is None:
        return None
    context = {"groups": grouped(request, activity), "url": reverse("results:results", args=[activity.pk])}
    return "activities/results/panel.html", context
