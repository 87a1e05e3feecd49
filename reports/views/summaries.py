"""The summary of a semester: on screen, on paper, as a Word document, and its words."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.queries import school
from readers.models import Semester
from readers.queries.classes import semesters
from readers.views.told import address_of
from reports.exports.papers import summary_document
from reports.forms.summaries import SectionForm
from reports.operations.summaries import TextChanged, keep_section
from reports.queries.parts.counted import Counted
from reports.queries.periods import SEMESTER, chosen, semester_label
from reports.queries.summaries import summary_of, text_of
from reports.rules.summary import SECTIONS, mark_of
from reports.views.documents import send_document


@require_safe
def summary(request: SchoolRequest) -> HttpResponse:
    """The summary of the chosen semester as it will be printed, with a way to write in each section."""
    today = timezone.localdate()
    period = chosen(request.GET, request.reference, today, kinds=(SEMESTER,))
    context: dict[str, Any] = {"chosen": period, "may_write": request.user.has_role(Role.LIBRARIAN), "today": today}
    if period is not None and period.semester is not None:
        context["paper"] = summary_of(period.semester, Counted(request.reference, today))
    return render(request, "reports/summaries/summary.html", context)


@require_safe
def word(request: SchoolRequest) -> FileResponse:
    """The same as a Word document."""
    today = timezone.localdate()
    period = chosen(request.GET, request.reference, today, kinds=(SEMESTER,))
    options = school(request.reference)
    if period is None or period.semester is None or options is None:
        raise Http404
    paper = summary_of(period.semester, Counted(request.reference, today))
    return send_document(summary_document(paper, school=options.name, today=today), paper.title)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SchoolRequest, semester_id: int, key: str) -> HttpResponse:
    """Writes one section; what somebody else wrote meanwhile is shown first."""
    semester = next((row for row in semesters(request.reference) if row.pk == semester_id), None)
    found = next((row for row in SECTIONS if row.key == key), None)
    if semester is None or found is None:
        raise Http404
    text = text_of(semester, key)
    form = SectionForm(request.POST or None, initial={"text": text, "seen": mark_of(text)})
    context: dict[str, Any] = {"semester": semester, "section": found, "label": semester_label(semester)}
    if form.is_bound and form.is_valid():
        changed = _kept(request, semester, key, form)
        if changed is None:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('summaries:summary')}?semester={semester.pk}#{key}")
        context["changed"] = changed
        form = SectionForm(initial={"text": form.cleaned_data["text"], "seen": mark_of(changed)})
    status = 422 if form.errors or "changed" in context else 200
    return render(request, "reports/summaries/section.html", {**context, "form": form}, status=status)


def _kept(request: SchoolRequest, semester: Semester, key: str, form: SectionForm) -> str | None:
    """None once it is kept; else what somebody else wrote meanwhile."""
    data = form.cleaned_data
    try:
        keep_section(
            semester_id=semester.pk, section=key, text=data["text"], seen=data["seen"],
            by=request.user, at=timezone.now(), address=address_of(request),
        )  # fmt: skip
    except TextChanged as change:
        return change.text
    return None
