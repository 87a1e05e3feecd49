"""Judging at the semester's end: the best notes of all classes side by side, and honours for those chosen."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from activities.forms.notes import BestForm
from activities.models import Honour, ReadingNote
from activities.operations.note_honours import honour_notes, work_of
from activities.queries.notes import best_notes
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Semester
from readers.queries.classes import class_names_then
from readers.views.semester import chosen_semester, page_of, semester_title
from readers.views.told import address_of


@require_http_methods(["GET", "HEAD", "POST"])
def best(request: SchoolRequest) -> HttpResponse:
    """The notes that teachers called among the best; ticked ones get an honour and a certificate."""
    semester = chosen_semester(request, timezone.localdate())
    context: dict[str, Any] = page_of(request, semester)
    if semester is None:
        return render(request, "activities/notes/best.html", context)
    notes = list(best_notes(semester.starts_on, semester.ends_on))
    first = {"award": _("Excellent reading note"), "awarded_on": timezone.localdate()}
    form = BestForm(request.POST or None, initial=first, notes=[note.pk for note in notes])
    if form.is_bound and form.is_valid():
        try:
            return _honoured(request, form, semester)
        except Refused as refusal:
            show_refusal(form, refusal)
    rows = _rows(request, notes, semester, form)
    granted = [str(honour.pk) for row in rows for honour in row[2]]
    context |= {"form": form, "rows": rows, "certificates": ",".join(granted)}
    return render(request, "activities/notes/best.html", context, status=422 if form.errors else 200)


def _occasion(semester: Semester) -> str:
    return _("Reading notes of %(semester)s") % {"semester": semester_title(semester)}


def _honoured(request: SchoolRequest, form: BestForm, semester: Semester) -> HttpResponse:
    granted = honour_notes(
        note_ids=[int(value) for value in form.cleaned_data["notes"]],
        occasion=_occasion(semester),
        award=form.cleaned_data["award"],
        awarded_on=form.cleaned_data["awarded_on"],
        by=request.user,
        at=timezone.now(),
        reference=request.reference,
        address=address_of(request),
    )
    text = ngettext("%(count)d honour entered.", "%(count)d honours entered.", len(granted)) % {"count": len(granted)}
    messages.success(request, text)
    return redirect(f"{reverse('notes:best')}?semester={semester.pk}")


def _rows(
    request: SchoolRequest, notes: list[ReadingNote], semester: Semester, form: BestForm
) -> list[tuple[ReadingNote, str, list[Honour], bool]]:
    """Each note with its class, the honours it has, and whether it is ticked."""
    had: dict[tuple[int | None, str], list[Honour]] = {}
    for honour in Honour.objects.filter(occasion=_occasion(semester), revoked_on=None).order_by("pk"):
        had.setdefault((honour.reader_id, honour.work), []).append(honour)
    ticked = set(form.data.getlist("notes")) if form.is_bound else set()  # type: ignore[attr-defined]
    return [
        (
            note,
            class_names_then(request.reference, note.written_on).get(note.school_class_id or 0, ""),
            had.get((note.reader_id, work_of(note)), []),
            str(note.pk) in ticked,
        )
        for note in notes
    ]
