"""Closing a semester, and what a recount of a closed one says."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from library_site.http import SchoolRequest
from library_site.models import Role
from readers.models import Semester
from readers.queries.classes import semesters
from readers.views.told import address_of, done_or_told
from reports.forms.semester import CloseForm
from reports.operations.snapshots import close_semester
from reports.queries.periods import semester_label
from reports.queries.semester_report import difference_lines
from reports.queries.snapshots import differences, snapshots_of


@require_safe
def recount(request: SchoolRequest, semester_id: int) -> HttpResponse:
    """What the closed figures would be if they were counted today, those that differ only; all closings below."""
    semester, today = _semester(request, semester_id), timezone.localdate()
    closings = list(snapshots_of(semester).select_related("taken_by"))
    if not closings:
        raise Http404
    found = differences(semester, reference=request.reference, today=today)
    context = {
        "semester": semester,
        "label": semester_label(semester),
        "closings": closings,
        "lines": difference_lines(found),
        "may_write": request.user.has_role(Role.LIBRARIAN),
        "form": CloseForm(),
        "today": today,
    }
    return render(request, "reports/semester/recount.html", context)


@require_POST
def close(request: SchoolRequest, semester_id: int) -> HttpResponse:
    """Closes the semester with the figures of now."""
    semester, form = _semester(request, semester_id), CloseForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""

    def act() -> None:
        close_semester(
            semester_id=semester.pk, reason=reason, by=request.user, at=timezone.now(), reference=request.reference,
            address=address_of(request),
        )  # fmt: skip

    if done_or_told(request, act):
        messages.success(request, _("The semester is closed. Its figures stay as they are now."))
    elif snapshots_of(semester).exists():
        return redirect("semester_report:recount", semester.pk)
    return redirect(reverse("semester_report:report", query={"semester": semester.pk}))


def _semester(request: SchoolRequest, semester_id: int) -> Semester:
    found = next((row for row in semesters(request.reference) if row.pk == semester_id), None)
    if found is None:
        raise Http404
    return found
