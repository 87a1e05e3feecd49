"""The rules as texts, their print for the wall, and which class studied them when."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from library_site.http import SchoolRequest
from library_site.models import Role
from readers.forms.governance import RegulationForm, StudyForm
from readers.models import Regulation, RegulationStudy
from readers.operations.presets import add_regulations
from readers.operations.regulations import drop_study, keep_regulation, record_study
from readers.queries.classes import classes_on, school_year_on
from readers.queries.governance import rules as all_rules
from readers.queries.governance import study_matrix, versions_of
from readers.views.told import address_of, tell_errors

PAPERS = {"a4": False, "a3": True}


@require_safe
def rules(request: SchoolRequest) -> HttpResponse:
    """The rules, whether each is confirmed, and where to read, print and change it."""
    context = {"rules": all_rules(), "may_write": request.user.has_role(Role.LIBRARIAN)}
    return render(request, "readers/people/rules.html", context)


@require_safe
def rule(request: SchoolRequest, regulation_id: int) -> HttpResponse:
    """One rule for the wall, A4 or with `?paper=a3` A3; `?version=` shows an earlier text."""
    row = get_object_or_404(Regulation, pk=regulation_id)
    versions = versions_of(row)
    wanted = request.GET.get("version", "")
    shown = next((version for version in versions if str(version.version) == wanted), None) if wanted else versions[0]
    if shown is None:
        raise Http404
    context = {
        "regulation": row,
        "version": shown,
        "versions": versions,
        "paragraphs": [line.strip("\n") for line in shown.text.split("\n") if line.strip()],
        "is_a3": PAPERS.get(request.GET.get("paper", "a4"), False),
        "may_write": request.user.has_role(Role.LIBRARIAN),
    }
    return render(request, "readers/people/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_rule(request: SchoolRequest, regulation_id: int | None = None) -> HttpResponse:
    """Writes a rule; a confirmed text that changes becomes a new version."""
    today = timezone.localdate()
    row = get_object_or_404(Regulation, pk=regulation_id) if regulation_id else Regulation(position=_next_position())
    newest = versions_of(row)[0] if row.pk else None
    first: dict[str, Any] = {"valid_from": today}
    if newest is not None:
        first = {"text": newest.text, "valid_from": newest.valid_from, "is_confirmed": newest.confirmed_on is not None}
    form = RegulationForm(request.POST or None, instance=row, initial=first)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        keep_regulation(
            regulation=form.save(commit=False), text=data["text"], valid_from=data["valid_from"],
            is_confirmed=data["is_confirmed"], by=request.user, on=today, address=address_of(request),
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("people:rules")
    context = {"form": form, "title": row.title or _("New rule"), "back": "people:rules"}
    return render(request, "readers/form_page.html", context, status=422 if form.errors else 200)


@require_POST
def preset_rules(request: SchoolRequest) -> HttpResponse:
    """The drafts of the usual rules."""
    rows = add_regulations(by=request.user, on=timezone.localdate(), address=address_of(request))
    messages.success(request, _("%(count)d drafts added: read them, change them, confirm them.") % {"count": len(rows)})
    return redirect("people:rules")


@require_safe
def study(request: SchoolRequest) -> HttpResponse:
    """Class × rule: when each class studied each rule this school year."""
    today = timezone.localdate()
    year = school_year_on(request.reference, today)
    regulations = [row.regulation for row in all_rules()]
    classes = classes_on(request.reference, today)
    since, until = (year.starts_on, year.ends_on) if year else (date(today.year, 1, 1), today)
    may_write = request.user.has_role(Role.LIBRARIAN)
    context: dict[str, Any] = {
        "year": year,
        "regulations": regulations,
        "rows": study_matrix(classes, regulations, since, until) if regulations else [],
        "may_write": may_write,
    }
    if may_write and regulations:
        context["form"] = StudyForm(regulations=regulations, classes=classes, initial={"on": today})
    return render(request, "readers/people/study.html", context)


@require_POST
def study_add(request: SchoolRequest) -> HttpResponse:
    """Notes that classes studied a rule."""
    classes = classes_on(request.reference, timezone.localdate())
    form = StudyForm(request.POST, regulations=[row.regulation for row in all_rules()], classes=classes)
    if not form.is_valid():
        tell_errors(request, form)
        return redirect("people:study")
    data = form.cleaned_data
    count = record_study(
        regulation_id=data["regulation"], classes=data["classes"], on=data["on"], led_by=data["led_by"],
        by=request.user, address=address_of(request),
    )  # fmt: skip
    messages.success(request, _("Noted for %(count)d classes.") % {"count": count})
    return redirect("people:study")


@require_POST
def study_away(request: SchoolRequest, study_id: int) -> HttpResponse:
    """Takes back a study date."""
    row = get_object_or_404(RegulationStudy, pk=study_id)
    drop_study(study=row, by=request.user, address=address_of(request))
    return redirect("people:study")


def _next_position() -> int:
    return Regulation.objects.count() + 1
