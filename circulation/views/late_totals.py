"""Late and lost books by class, for the contest between classes; and the slip that nothing is outstanding."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circulation.exports.overdue import totals_table
from circulation.queries.clearance import outstanding_of
from circulation.queries.late_totals import class_totals, total_of
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from readers.models import Reader
from readers.queries.classes import class_names_on, classes_on
from readers.views.semester import chosen_semester, page_of


@require_safe
def totals(request: SchoolRequest) -> HttpResponse:
    """The totals of a semester by class, without names."""
    return render(request, "circulation/overdue/totals.html", _totals(request))


@require_safe
def export_totals(request: SchoolRequest) -> FileResponse:
    """The totals as a table to keep."""
    return download(request, totals_table(_totals(request)["rows"]))


def _totals(request: SchoolRequest) -> dict[str, Any]:
    today = timezone.localdate()
    semester = chosen_semester(request, today)
    day = min(today, semester.ends_on) if semester else today
    classes = classes_on(request.reference, day)
    rows = class_totals(semester, classes, now=timezone.now()) if semester else []
    return {**page_of(request, semester), "rows": rows, "total": total_of(rows), "today": today}


@require_safe
def clear(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """The slip that a reader has nothing outstanding, or what is outstanding instead."""
    today = timezone.localdate()
    reader = get_object_or_404(Reader, pk=reader_id)
    stay = reader.memberships.filter(until=None).values_list("school_class_id", flat=True).first()
    context = {
        "reader": reader,
        "class_name": class_names_on(request.reference, today).get(stay, "") if stay else "",
        "outstanding": outstanding_of([reader_id], today, request.reference)[reader_id],
        "today": today,
    }
    return render(request, "circulation/overdue/clear.html", context)
