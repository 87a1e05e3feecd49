"""Two titles that are one book: the other is found, both are shown side by side, then merged; or one is taken away."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.forms.merging import FindForm, MergeForm
from catalog.models import FormerTitle, Title
from catalog.operations.merging import (
    delete_problems,
    delete_title,
    merge_titles,
    offered_values,
    problems_of_merge,
    seen_together,
)
from catalog.queries.merging import differences, hanging_on, likely_same
from catalog.queries.search import search_titles
from catalog.rules.merging import CHANGED_MEANWHILE
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused


@require_http_methods(["GET", "POST"])
def merge(request: SchoolRequest, title_id: int) -> HttpResponse:
    """`title_id` stays; `?with=` names the one that goes. Without it, the other is looked for."""
    if not Title.objects.filter(pk=title_id).exists() and (former := FormerTitle.objects.filter(pk=title_id).first()):
        return redirect("catalog:title", former.title_id)
    stays = get_object_or_404(Title, pk=title_id)
    other = request.GET.get("with", "")
    goes = Title.objects.filter(pk=int(other)).first() if other.isdecimal() and len(other) < 19 else None
    if goes is None or goes.pk == stays.pk:
        return _find(request, stays)
    return _side_by_side(request, stays, goes)


def _find(request: SchoolRequest, stays: Title) -> HttpResponse:
    form = FindForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    hits = [hit.title for hit in search_titles(text).hits if hit.title.pk != stays.pk]
    context = {"title": stays, "form": form, "text": text, "found": hits if text else likely_same(stays)}
    return render(request, "catalog/records/merge_find.html", context)


def _side_by_side(request: SchoolRequest, stays: Title, goes: Title) -> HttpResponse:
    found = differences(stays, goes)
    sides = request.POST.dict() if request.method == "POST" else None
    problems = problems_of_merge(stays, goes, offered_values(stays, goes, sides))
    losses = [problem for problem in problems if problem.overridable]
    form = MergeForm(
        request.POST if request.method == "POST" else None,
        differences=found,
        losses=losses,
    )
    if request.method == "POST" and form.is_valid() and _merged(request, stays, goes, form):
        messages.success(request, _("“%(gone)s” was merged into this title.") % {"gone": goes.name})
        return redirect("catalog:title", stays.pk)
    # Whoever was told that a title changed meanwhile has the change before the eyes now.
    told = form.has_error(NON_FIELD_ERRORS, CHANGED_MEANWHILE.code)
    context = {
        "title": stays,
        "goes": goes,
        "seen": seen_together(stays, goes) if told or not form.is_bound else request.POST.get("seen", ""),
        "form": form,
        "hanging": hanging_on(goes.pk),
        "staying": hanging_on(stays.pk),
        "problems": [problem for problem in problems if not problem.overridable],
    }
    return render(request, "catalog/records/merge.html", context, status=422 if form.errors else 200)


def _merged(request: SchoolRequest, stays: Title, goes: Title, form: MergeForm) -> bool:
    try:
        merge_titles(
            stays_id=stays.pk,
            goes_id=goes.pk,
            sides=form.sides,
            accepted=form.accepted,
            seen=form.cleaned_data["seen"],
            by=request.user,
            address=request.META.get("REMOTE_ADDR"),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


@require_http_methods(["GET", "POST"])
def delete(request: SchoolRequest, title_id: int) -> HttpResponse:
    """Asks once, then takes the title away; says what keeps it and what to do instead."""
    title = get_object_or_404(Title, pk=title_id)
    problems = delete_problems(title_id)
    if request.method == "POST":
        try:
            delete_title(title_id=title_id, by=request.user, address=request.META.get("REMOTE_ADDR"))
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("“%(name)s” was taken away.") % {"name": title.name})
            return redirect(reverse("records:hub"))
    context = {"title": title, "problems": problems}
    return render(request, "catalog/records/delete.html", context, status=422 if request.method == "POST" else 200)
