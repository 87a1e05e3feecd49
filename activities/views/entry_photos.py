"""The photographs of a class's pile: brought all at once, then named one by one by keys."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.forms.entries import MendForm, NameForm, PhotosForm
from activities.models import Activity
from activities.operations.files import turn_picture
from activities.operations.paper_entries import (
    Brought,
    bring_pictures,
    drop_picture,
    name_picture,
    unname_picture,
)
from activities.queries.entries import Page, Pile, pile
from activities.rules.entries import taking_in
from activities.views.people import key_of
from activities.views.works import require_entered
from library_site.http import SchoolRequest
from library_site.shared.problems import Problem, Refused
from readers.queries.classes import NamedClass


@require_safe
def photos(request: SchoolRequest, activity_id: int, class_id: int) -> HttpResponse:
    """The pile, with the first photograph that waits for a name, or the one asked for by `?file=`."""
    activity, school_class = require_entered(request, activity_id, class_id)
    context = _context(activity, school_class, current=key_of(request.GET.get("file", "")))
    whole = not request.headers.get("HX-Request")
    context |= {"form": PhotosForm(), "closed": taking_in(activity)}
    return render(request, f"activities/entries/{'photos' if whole else 'naming'}.html", context)


@require_POST
def bring(request: SchoolRequest, activity_id: int, class_id: int) -> HttpResponse:
    """Takes photographs: one at a time from the script, which asks for JSON, or all of a form at once."""
    activity, _school_class = require_entered(request, activity_id, class_id)
    form = PhotosForm(request.POST, request.FILES)
    brought = Brought(problems=[Problem("form", error) for errors in form.errors.values() for error in errors])
    if form.is_valid():
        try:
            brought = bring_pictures(
                activity_id=activity.pk, class_id=class_id, uploads=form.cleaned_data["uploads"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            brought.problems = refusal.problems
    problems = [str(problem.message) for problem in brought.problems]
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"kept": brought.kept, "same": brought.same, "problems": problems})
    for text in problems:
        messages.error(request, text)
    return redirect("entries:photos", activity.pk, class_id)


@require_POST
def name(request: SchoolRequest, activity_id: int, class_id: int) -> HttpResponse:
    """Says whose work a photograph shows, and goes on to the next one that waits."""
    activity, school_class = require_entered(request, activity_id, class_id)
    form, before = NameForm(request.POST), pile(activity.pk, class_id, timezone.localdate())
    problems: list[Problem] = []
    named: dict[str, Any] = {}
    if form.is_valid() and _belongs(before, form.cleaned_data):
        named = form.cleaned_data
        try:
            name_picture(
                file_id=named["file"], reader_id=named["reader"], class_id=class_id, name=named["name"].strip(),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            problems = refusal.problems
    else:
        problems = [Problem("nobody", _("Say whose work it is."))]
    return _answer(request, activity, school_class, form.data.get("file", ""), problems)


@require_POST
def mend(request: SchoolRequest, activity_id: int, class_id: int) -> HttpResponse:
    """Turns a photograph, lays it back on the pile, or deletes it."""
    activity, school_class = require_entered(request, activity_id, class_id)
    form, before = MendForm(request.POST), pile(activity.pk, class_id, timezone.localdate())
    problems: list[Problem] = []
    stays = False
    if form.is_valid() and any(page.file.pk == form.cleaned_data["file"] for page in before.pages):
        act, file_id = form.cleaned_data["act"], form.cleaned_data["file"]
        stays = act != "drop"
        try:
            _mend(request, act, file_id)
        except Refused as refusal:
            problems = refusal.problems
    return _answer(request, activity, school_class, form.data.get("file", ""), problems, stays=stays)


def _mend(request: SchoolRequest, act: str, file_id: int) -> None:
    if act == "turn":
        turn_picture(file_id=file_id)
    elif act == "back":
        unname_picture(file_id=file_id, by=request.user, at=timezone.now())
    else:
        drop_picture(file_id=file_id)


def _belongs(before: Pile, named: dict[str, Any]) -> bool:
    files = {page.file.pk for page in before.pages}
    return named["file"] in files and named["reader"] in {row.reader.pk for row in before.pupils}


def _answer(
    request: SchoolRequest, activity: Activity, school_class: NamedClass, file: str, problems: list[Problem],
    *, stays: bool = False,
) -> HttpResponse:  # fmt: skip
    """The naming part after an act: at the same photograph where it was refused or `stays`, else at the next."""
    done = key_of(file)
    current = done if problems or stays else None
    if not request.headers.get("HX-Request"):
        for problem in problems:
            messages.error(request, str(problem.message))
        return redirect("entries:photos", activity.pk, school_class.pk)
    context = _context(activity, school_class, current=current, after=None if current else done)
    return render(request, "activities/entries/naming.html", context | {"problems": problems})


def _context(
    activity: Activity, school_class: NamedClass, *, current: int | None, after: int | None = None
) -> dict[str, Any]:  # fmt: skip
    """`after` is the photograph that was named just now: the next one that waits follows it in the pile."""
    found = pile(activity.pk, school_class.pk, timezone.localdate())
    at = next((page for page in found.pages if page.file.pk == current), None) or _next_waiting(found, after)
    last = next((page for page in found.pages if page.file.pk == after), None)
    following = _next_waiting(found, at.file.pk) if at else None
    return {
        "activity": activity,
        "school_class": school_class,
        "pile": found,
        "current": at,
        "last": last if last and not last.is_waiting else None,
        "following": following if following != at else None,
    }


def _next_waiting(found: Pile, after: int | None) -> Page | None:
    """The next one that waits behind this photograph, beginning anew at the end."""
    order = [page.file.pk for page in found.pages]
    start = order.index(after) + 1 if after in order else 0
    turned = found.pages[start:] + found.pages[:start]
    return next((page for page in turned if page.is_waiting), None)
