"""Results as everybody may read them: on the page, on a sheet for the wall, and in full as a file for editors."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.exports.entries import results_table
from activities.models import Activity
from activities.queries.results import WinnerLine, winners
from activities.queries.results import results as result_rows
from activities.views.rights import may_edit, require_edit, require_seen
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from readers.queries.classes import class_names_then

SIZES = ("a4", "a3")


@require_safe
def results(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Who won, named as the school and the consents allow, with the works that may be shown."""
    activity = _published(request, activity_id)
    context = {"activity": activity, "groups": grouped(request, activity), "may_edit": may_edit(request, activity)}
    return render(request, "activities/results/results.html", context)


@require_safe
def board(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """The winners on a sheet for the wall, A4 or A3."""
    activity = _published(request, activity_id)
    asked = request.GET.get("size", "")
    size = asked if asked in SIZES else SIZES[0]
    context = {"activity": activity, "groups": grouped(request, activity), "size": size, "sizes": SIZES}
    return render(request, "activities/results/board.html", context)


@require_safe
def export(request: SchoolRequest, activity_id: int) -> FileResponse:
    """The results with names in full, for whoever may edit the activity; its export is recorded."""
    activity = require_edit(request, activity_id)
    names = class_names_then(request.reference, activity.starts_on)
    return download(request, results_table(activity, result_rows(activity.pk), names))


def grouped(request: SchoolRequest, activity: Activity) -> list[tuple[Any, list[WinnerLine]]]:
    """The winners by prize, the highest first."""
    found: dict[int, tuple[Any, list[WinnerLine]]] = {}
    for line in winners(activity, request.reference, timezone.localdate()):
        found.setdefault(line.result.prize_id, (line.result.prize, []))[1].append(line)
    return list(found.values())


def _published(request: SchoolRequest, activity_id: int) -> Activity:
    activity = require_seen(request, activity_id)
    if activity.results_at is None:
        raise Http404
    return activity
