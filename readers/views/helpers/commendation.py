"""Who is commended, and the certificates."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from circulation.queries.helper_acts import acts_of
from library_site.http import SchoolRequest
from readers.forms.duty import CommendationForm
from readers.models import Appointment, Semester
from readers.operations.commendation import choose_commendation, forget_choice
from readers.queries.commendation import CommendationRow, commendations
from readers.queries.helpers import helper_options, helper_rows
from readers.rules.service import hours_text
from readers.views.semester import needed_semester, page_of
from readers.views.told import address_of, done_or_told


@require_safe
def commendation(request: SchoolRequest) -> HttpResponse:
    """All who served, with hours and acts, and who is commended."""
    semester = needed_semester(request, timezone.localdate())
    rows = _rows(request, semester)
    options = helper_options(request.reference)
    context = page_of(request, semester) | {
        "rows": [(row, hours_text(row.minutes)) for row in rows],
        "commended": sum(row.is_commended for row in rows),
        "options": options,
        "hours": hours_text(options.commend_minutes),
    }
    return render(request, "readers/helpers/commendation.html", context)


@require_POST
def choose(request: SchoolRequest, appointment_id: int) -> HttpResponse:
    """The librarian's word, with a reason; or none any more."""
    row = get_object_or_404(Appointment, pk=appointment_id)
    form = CommendationForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if data["choice"] == "reckoned":
            forget_choice(appointment_id=row.pk, by=request.user, address=address_of(request))
        else:
            done_or_told(
                request,
                lambda: choose_commendation(
                    appointment_id=row.pk, is_commended=data["choice"] == "yes", reason=data["reason"],
                    by=request.user, address=address_of(request),
                ),
            )  # fmt: skip
    return redirect(reverse("helpers:commendation", query={"semester": row.semester_id}))


@require_safe
def certificates(request: SchoolRequest) -> HttpResponse:
    """One certificate a page, A4 landscape, for everybody commended; `?one=` for one of them."""
    today = timezone.localdate()
    semester = needed_semester(request, today)
    rows = [row for row in _rows(request, semester) if row.is_commended]
    wanted = request.GET.get("one", "")
    if wanted:
        rows = [row for row in rows if str(row.helper.appointment.pk) == wanted]
    context = page_of(request, semester) | {"rows": rows, "today": today}
    return render(request, "readers/helpers/certificates.html", context)


def _rows(request: SchoolRequest, semester: Semester) -> list[CommendationRow]:
    helpers = helper_rows(semester, request.reference)
    acts = acts_of([row.reader for row in helpers], semester.starts_on, semester.ends_on)
    return commendations(semester, helpers, acts, request.reference)
