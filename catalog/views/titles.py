"""The record of a title: entered, corrected, taken away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.forms.title import TitleForm
from catalog.models import FormerTitle, Title
from catalog.operations.titles import add_title, change_title
from catalog.queries.copy_cataloguing import copied_values, servers_in_use
from catalog.queries.held import other_with_call_number, titles_with_isbn
from catalog.rules.titles import isbn_problem, version_of
from library_site.audit_log.rows import Filters, page_of
from library_site.audit_log.values import Names
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.codes import isbn13
from library_site.shared.problems import Refused
from library_site.views.audit import lines

GIVEN = ("isbn", "name", "author", "publisher", "published", "price", "clc_number")  # may come in the address


@require_http_methods(["GET", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """A new title; one whose ISBN is held already is shown, so that it becomes a copy."""
    record = request.POST.get("record", request.GET.get("record", ""))
    given = {name: request.GET[name] for name in GIVEN if name in request.GET} | copied_values(record)
    form = TitleForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid() and (title := _add(request, form)):
        messages.success(request, _entered(title))
        _tell_double(request, title)
        return redirect(_next(request.POST.get("then", ""), title))
    context = {"form": form, "copying": bool(record or servers_in_use()), "record": record}
    return render(request, "catalog/records/title.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: SchoolRequest, title_id: int) -> HttpResponse:
    """Corrects a title's record; its history stands below."""
    title = Title.objects.filter(pk=title_id).first()
    if title is None:
        former = get_object_or_404(FormerTitle, pk=title_id)
        messages.info(request, _("The title was merged into this one."))
        return redirect("records:edit", former.title_id)
    form = TitleForm(request.POST if request.method == "POST" else None, title=title)
    if request.method == "POST" and form.is_valid() and (changed := _change(request, title_id, form)):
        messages.success(request, _saved(title, changed))
        if title.call_number != changed.call_number:
            _tell_double(request, changed)
        return redirect("catalog:title", title_id)
    history, _following = page_of(Filters(kind="catalog.Title", obj=title_id), after=None, names=Names({}))
    # Whoever was told that others changed the title has their changes before the eyes now.
    told = form.has_error(NON_FIELD_ERRORS, "title_changed")
    context = {
        "form": form,
        "title": title,
        "seen": version_of(title) if told or not form.is_bound else request.POST.get("seen", ""),
        "history": lines(history),
        "former": FormerTitle.objects.filter(title=title).order_by("-merged_at"),
    }
    return render(request, "catalog/records/title.html", context, status=422 if form.errors else 200)


@require_safe
def isbn(request: SchoolRequest) -> HttpResponse:
    """What the library has of an ISBN, as a part of the form; answers while it is filled in."""
    typed = request.GET.get("isbn", "").strip()
    code, shown = isbn13(typed), request.GET.get("title", "")
    but = int(shown) if shown.isdecimal() and len(shown) < 19 else None
    known = titles_with_isbn(code, but=but) if code else []
    wrong = isbn_problem() if typed and not code else None
    fresh = bool(code) and not known and but is None
    context = {"known": known, "wrong": wrong, "fresh": fresh, "isbn": code}
    answer = render(request, "catalog/records/isbn.html", context)
    if fresh:
        answer["HX-Trigger"] = "isbn-fresh"  # on which the form asks other libraries
    return answer


def _add(request: SchoolRequest, form: TitleForm) -> Title | None:
    try:
        return add_title(
            values=form.values,
            by=request.user,
            address=request.META.get("REMOTE_ADDR"),
            record=request.POST.get("record", ""),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _change(request: SchoolRequest, title_id: int, form: TitleForm) -> Title | None:
    try:
        return change_title(
            title_id=title_id,
            values=form.values,
            by=request.user,
            address=request.META.get("REMOTE_ADDR"),
            seen=request.POST.get("seen", ""),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _next(then: str, title: Title) -> str:
    if then == "next":
        return reverse("records:new")
    return reverse("copies:add" if then == "copies" else "catalog:title", args=[title.pk])


def _tell_double(request: SchoolRequest, title: Title) -> None:
    """A number typed by hand may be another's: parts of a work share theirs, so it is said and not refused."""
    if other := other_with_call_number(title):
        told = {"number": title.call_number, "name": other.name}
        messages.warning(request, _("%(number)s is also the call number of “%(name)s”.") % told)


def _entered(title: Title) -> str:
    if title.call_number:
        text = _("“%(name)s” was entered; its call number is %(number)s.")
        return text % {"name": title.name, "number": title.call_number}
    return _("“%(name)s” was entered; it waits to be classified.") % {"name": title.name}


def _saved(before: Title, after: Title) -> str:
    if before.call_number == after.call_number:
        return _("Saved.")
    told: dict[str, Any] = {"number": after.call_number or "—"}
    return _("Saved. The call number is now %(number)s; the spine labels of its copies are due.") % told
