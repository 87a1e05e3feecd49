"""Who helps this semester, and appointing them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circulation.queries.helper_acts import acts_of
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.exports import helpers_table
from readers.forms.helpers import AppointForm
from readers.models import Appointment, Semester
from readers.operations.appointments import Choice, appoint, appoint_again, end_appointment, release_former
from readers.queries.helpers import (
    candidates,
    former_helpers,
    helper_options,
    helper_rows,
    places_by_class,
    semester_before,
    serving,
    training_items,
)
from readers.queries.service import minutes_of
from readers.rules.helpers import CLASS_FULL
from readers.rules.service import hours_text
from readers.views.semester import chosen_semester, needed_semester, page_of


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """The helpers of a semester with training, hours and acts."""
    today = timezone.localdate()
    semester = chosen_semester(request, today)
    context = page_of(request, semester)
    if semester is not None:
        context |= _overview(request, semester, today)
    return render(request, "readers/helpers/overview.html", context)


def _overview(request: SchoolRequest, semester: Semester, today: date) -> dict[str, Any]:
    rows = helper_rows(semester, request.reference)
    minutes = minutes_of(semester)
    acts = acts_of([row.reader for row in rows], semester.starts_on, semester.ends_on)
    before = semester_before(semester, request.reference)
    return {
        "rows": [(row, hours_text(minutes.get(row.appointment.pk, 0)), acts.get(row.reader.pk, 0)) for row in rows],
        "items": len(training_items()),
        "again": serving(before).exclude(reader__in=[row.reader for row in rows]).count() if before else 0,
        "former": former_helpers(semester).count() if semester.starts_on <= today <= semester.ends_on else 0,
    }


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The helpers of the page."""
    semester = needed_semester(request, timezone.localdate())
    rows = helper_rows(semester, request.reference)
    minutes = minutes_of(semester)
    acts = acts_of([row.reader for row in rows], semester.starts_on, semester.ends_on)
    served = ((row, minutes.get(row.appointment.pk, 0), acts.get(row.reader.pk, 0)) for row in rows)
    return download(request, helpers_table(served, _("Helpers")))


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: SchoolRequest) -> HttpResponse:
    """The classes and their places; with `class`, its pupils to tick."""
    today = timezone.localdate()
    semester = needed_semester(request, today)
    wanted = request.GET.get("class", "")
    places = places_by_class(semester, request.reference, today)
    context = {
        **page_of(request, semester),
        "places": places,
        "options": helper_options(request.reference),
    }
    if not wanted:
        return render(request, "readers/helpers/places.html", context)
    place = next((row for row in places if str(row.school_class.pk) == wanted), None)
    if place is None:
        raise Http404
    pupils = candidates(place.school_class.pk, semester, semester_before(semester, request.reference))
    form = AppointForm(request.POST or None, pupils=[row.reader.pk for row in pupils])
    problems = []
    if form.is_bound and form.is_valid():
        problems = _appoint(request, form, semester, place.school_class.pk, today)
        if not problems:
            return redirect(f"{request.path}?semester={semester.pk}")
    data = form.cleaned_data if form.is_bound else {}
    context |= {
        "place": place,
        "pupils": pupils,
        "problems": problems,
        "ticked_helpers": data.get("helpers", []),
        "ticked_keepers": data.get("keepers", []),
    }
    return render(request, "readers/helpers/appoint.html", context, status=422 if form.is_bound else 200)


def _appoint(request: SchoolRequest, form: AppointForm, semester: Semester, class_id: int, today: date) -> list[Any]:
    try:
        rows = appoint(
            semester=semester,
            school_class_id=class_id,
            choices=[Choice(reader_id, kind) for reader_id, kind in form.chosen()],
            options=helper_options(request.reference),
            by=request.user,
            on=today,
            overrides=[CLASS_FULL] if form.cleaned_data["anyway"] else [],
            address=request.META.get("REMOTE_ADDR"),
        )
    except Refused as refusal:
        return refusal.problems
    messages.success(request, _appointed(len(rows)))
    return []


def _appointed(count: int) -> str:
    return ngettext("%(count)d person appointed.", "%(count)d people appointed.", count) % {"count": count}


@require_POST
def again(request: SchoolRequest) -> HttpResponse:
    """Everybody of the semester before serves on."""
    today = timezone.localdate()
    semester = needed_semester(request, today)
    before = semester_before(semester, request.reference)
    if before is None:
        raise Http404
    address = request.META.get("REMOTE_ADDR")
    rows = appoint_again(semester=semester, before=before, by=request.user, on=today, address=address)
    messages.success(request, _appointed(len(rows)))
    return _to_overview(semester.pk)


@require_POST
def release(request: SchoolRequest) -> HttpResponse:
    """Accounts of those who no longer serve lose the helpers' rights."""
    semester = needed_semester(request, timezone.localdate())
    count = release_former(semester=semester, by=request.user, address=request.META.get("REMOTE_ADDR"))
    text = ngettext("%(count)d account is an ordinary one again.", "%(count)d accounts are ordinary ones again.", count)
    messages.success(request, text % {"count": count})
    return _to_overview(semester.pk)


@require_POST
def end(request: SchoolRequest, appointment_id: int) -> HttpResponse:
    """One serves no longer."""
    if not Appointment.objects.filter(pk=appointment_id).exists():
        raise Http404
    row = end_appointment(
        appointment_id=appointment_id,
        by=request.user,
        on=timezone.localdate(),
        address=request.META.get("REMOTE_ADDR"),
    )
    messages.success(request, _("%(name)s no longer serves.") % {"name": row.reader.name})
    return _to_overview(row.semester_id)


@require_safe
def proposals(request: SchoolRequest) -> HttpResponse:
    """The list for class teachers to write their proposals in, with who is already appointed; A4."""
    today = timezone.localdate()
    semester = needed_semester(request, today)
    options = helper_options(request.reference)
    places = [row for row in places_by_class(semester, request.reference, today) if row.is_asked]
    lines = [(row, range(max(0, options.per_class - len(row.helpers)))) for row in places]
    return render(request, "readers/helpers/proposals.html", {**page_of(request, semester), "lines": lines})


def _to_overview(semester_id: int) -> HttpResponse:
    return redirect(reverse("helpers:overview", query={"semester": semester_id}))
