"""The summary of an activity with its figures, and its record from plan to summary."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activities.forms.summary import SummaryForm
from activities.models import Activity
from activities.operations.activities import close_activity
from activities.queries.audience import audience_text
from activities.queries.registration import taken_in
from activities.queries.sessions import session_lines, sessions_of
from activities.queries.summary import came, proposed_summary
from activities.views.rights import may_edit, require_edit, require_seen
from library_site.http import SchoolRequest
from library_site.models import Role
from readers.queries.classes import class_names_then, classes_on
from readers.views.told import address_of, done_or_told

MOST_SESSIONS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """How it went: figures counted, a text to go on from; saved, or saved and closed."""
    activity = require_edit(request, activity_id)
    figures = came(activity)
    proposed = proposed_summary(activity, figures, request.reference)
    begins = {
        "took_part": figures.people if activity.took_part is None else activity.took_part,
        "summary": activity.summary or proposed,
    }
    form = SummaryForm(request.POST or None, initial=begins)
    if form.is_bound and form.is_valid() and _saved(request, activity, form):
        return redirect("activities:activity", activity.pk)
    context = {"activity": activity, "form": form, "figures": figures, "proposed": proposed}
    return render(request, "activities/activities/summary.html", context, status=422 if form.is_bound else 200)


def _saved(request: SchoolRequest, activity: Activity, form: SummaryForm) -> bool:
    data: dict[str, Any] = form.cleaned_data
    over = "close" in request.POST
    if not done_or_told(
        request,
        lambda: close_activity(
            activity_id=activity.pk, took_part=data["took_part"], summary=data["summary"], over=over, by=request.user,
            address=address_of(request),
        ),
    ):  # fmt: skip
        return False
    messages.success(request, _("The activity is closed.") if over else _("Saved."))
    return True


@require_safe
def record(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Plan, course and summary on A4; a festival's with those of its parts. No pupil is named in it."""
    activity = require_seen(request, activity_id)
    if not may_edit(request, activity) and not request.user.has_role(Role.PRINCIPAL):
        raise Http404
    parts = activity.parts.exclude(state=Activity.State.CANCELLED).select_related("kind", "responsible")
    rows = [activity, *parts.prefetch_related("audiences").order_by("starts_on", "pk")]
    return render(request, "activities/activities/record.html", {"records": [_record(request, row) for row in rows]})


def _record(request: SchoolRequest, activity: Activity) -> dict[str, Any]:
    rows = list(sessions_of(activity)[:MOST_SESSIONS])
    names = class_names_then(request.reference, activity.starts_on)
    order = [one.pk for one in classes_on(request.reference, activity.starts_on)]
    by_class = taken_in(activity).by_class
    return {
        "activity": activity,
        "whom": audience_text(activity.audiences.all(), request.reference, activity.starts_on),
        "figures": came(activity),
        "sessions": list(reversed(session_lines(rows, activity, request.reference))),
        "classes": [(names[pk], by_class[pk]) for pk in order if pk in by_class],
    }
