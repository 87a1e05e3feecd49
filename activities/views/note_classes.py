"""Notes by class: how many against what is asked for, and the way to entering and marking them."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.exports.notes import class_table, counts_table, teachers_table
from activities.queries.note_counts import class_counts, pupil_counts, teacher_counts, weeks_of
from activities.queries.notes import class_notes, unnamed_photos
from activities.views.note_charts import weeks_chart
from circulation.views.corners import class_reached, own_classes
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from readers.queries.classes import classes_on
from readers.views.semester import chosen_semester, needed_semester, page_of

LATEST = 12


@require_safe
def classes(request: SchoolRequest) -> HttpResponse:
    """The classes within reach with this semester's notes, what waits to be marked, and where to enter cards."""
    today = timezone.localdate()
    semester = chosen_semester(request, today)
    context = page_of(request, semester)
    if semester:
        found = own_classes(request)
        context |= {"rows": class_counts(found, semester, request.reference, today), "wide": len(found) > 1}
    return render(request, "activities/notes/classes.html", context)


@require_safe
def of_class(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The pupils of a class with what each wrote; to the class teacher and the librarian only."""
    today = timezone.localdate()
    school_class = class_reached(request, class_id)
    semester = chosen_semester(request, today)
    context: dict[str, Any] = page_of(request, semester) | {"school_class": school_class}
    if semester:
        counted = class_counts([school_class], semester, request.reference, today)
        context |= {
            "count": counted[0],
            "pupils": pupil_counts(school_class, semester, request.reference, today),
            "unnamed": unnamed_photos(class_id).count(),
            "chart": weeks_chart(counted, weeks_of(semester, today)),
            "latest": class_notes(class_id).order_by("-written_on", "-pk")[:LATEST],
        }
    return render(request, "activities/notes/of_class.html", context)


@require_safe
def export_class(request: SchoolRequest, class_id: int) -> FileResponse:
    """The pupils of a class with their counts as a file; recorded, since it names them."""
    today = timezone.localdate()
    school_class = class_reached(request, class_id)
    semester = needed_semester(request, today)
    rows = pupil_counts(school_class, semester, request.reference, today)
    return download(request, class_table(school_class.name, rows))


@require_safe
def counts(request: SchoolRequest) -> HttpResponse:
    """All classes by week, without a name: table, chart, print."""
    today = timezone.localdate()
    semester = chosen_semester(request, today)
    context = page_of(request, semester)
    if semester:
        mondays = weeks_of(semester, today)
        rows = class_counts(classes_on(request.reference, today), semester, request.reference, today)
        context |= {"rows": rows, "mondays": mondays, "chart": weeks_chart(rows, mondays), "today": today}
        context["total"] = [sum(row.weeks[place] for row in rows) for place in range(len(mondays))]
    return render(request, "activities/notes/counts.html", context)


@require_safe
def export_counts(request: SchoolRequest) -> FileResponse:
    """The same as a file."""
    today = timezone.localdate()
    semester = needed_semester(request, today)
    rows = class_counts(classes_on(request.reference, today), semester, request.reference, today)
    return download(request, counts_table(rows, weeks_of(semester, today)))


@require_safe
def teachers(request: SchoolRequest) -> HttpResponse:
    """Teachers' own notes of a semester against what is asked of them."""
    semester = chosen_semester(request, timezone.localdate())
    context = page_of(request, semester)
    if semester:
        context["rows"] = teacher_counts(semester, request.reference)
    return render(request, "activities/notes/teachers.html", context)


@require_safe
def export_teachers(request: SchoolRequest) -> FileResponse:
    """The same as a file; recorded."""
    semester = needed_semester(request, timezone.localdate())
    return download(request, teachers_table(teacher_counts(semester, request.reference)))
