"""Covers: shown, brought in, taken from the record, removed."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.forms.covers import CoverForm
from catalog.models import Title
from catalog.operations.covers import cover_from_record, remove_cover, upload_cover
from catalog.queries.covers import cover_addresses, cover_of, with_covers
from catalog.rules.outside import OutsideProblem
from library_site.http import SchoolRequest

FOR_EVER = "private, max-age=31536000, immutable"


@require_safe
def image(request: HttpRequest, title_id: int, version: str) -> HttpResponse:
    """The picture. Its address changes with it, so browsers keep it; an outdated address gets the present one."""
    cover = cover_of(title_id)
    if cover is None:
        raise Http404
    current = version == cover.version
    headers = {"ETag": f'"{cover.version}"', "Cache-Control": FOR_EVER if current else "private, no-cache"}
    if current and request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(bytes(cover.image), content_type=cover.media_type, headers=headers)


@require_http_methods(["GET", "POST"])
def edit(request: SchoolRequest, title_id: int) -> HttpResponse:
    """A title's cover, and what can be done about it; takes a picture."""
    title = get_object_or_404(_titles(), pk=title_id)
    form = CoverForm(request.POST, request.FILES) if request.method == "POST" else CoverForm()
    if request.method == "POST" and form.is_valid() and _upload(request, title_id, form):
        messages.success(request, _("The cover was saved."))
        return redirect("covers:edit", title_id)
    context = {"title": title, "form": form, "in_record": bool(cover_addresses(title_id))}
    return render(request, "catalog/covers/edit.html", context, status=422 if form.errors else 200)


@require_POST
def from_record(request: SchoolRequest, title_id: int) -> HttpResponse:
    """Fetches the picture that the title's record links to."""
    get_object_or_404(Title, pk=title_id)
    try:
        cover_from_record(title_id=title_id, by=request.user, address=request.META.get("REMOTE_ADDR"))
        messages.success(request, _("The cover was saved."))
    except OutsideProblem as problem:
        messages.error(request, _("No cover from the record: %(reason)s") % {"reason": problem.text})
    return redirect("covers:edit", title_id)


@require_POST
def remove(request: SchoolRequest, title_id: int) -> HttpResponse:
    """Takes the picture away."""
    get_object_or_404(Title, pk=title_id)
    remove_cover(title_id=title_id, by=request.user, address=request.META.get("REMOTE_ADDR"))
    messages.success(request, _("The cover was removed; a drawn one takes its place."))
    return redirect("covers:edit", title_id)


def _upload(request: SchoolRequest, title_id: int, form: CoverForm) -> bool:
    file: Any = form.cleaned_data["file"]
    try:
        upload_cover(title_id=title_id, file=file, by=request.user, address=request.META.get("REMOTE_ADDR"))
    except OutsideProblem as problem:
        form.add_error("file", problem.text)
        return False
    return True


def _titles() -> "QuerySet[Title, Any]":
    return with_covers(Title.objects.only("name", "author", "main_class"))
