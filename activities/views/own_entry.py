"""The own work: written in the browser with its draft saved by itself, files added, handed in, taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activities.forms.entries import FilesForm, WorkForm
from activities.models import Activity, Entry
from activities.operations.entries import Work, add_files, hand_in, move_file, remove_file, save_draft, take_back
from activities.queries.entries import files_of, own_entry
from activities.rules.entries import last_day
from activities.views.people import own_reader
from activities.views.rights import require_seen
from activities.views.works import class_of, own_problems
from library_site.http import SchoolRequest
from library_site.shared.problems import Problem, Refused
from readers.models import Reader
from readers.views.told import done_or_told


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """The own work as a form while it is a draft, else as it was handed in."""
    activity, reader = _asked(request, activity_id)
    problems, entry = own_problems(request, activity, reader), own_entry(activity.pk, reader.pk)
    form = WorkForm(request.POST or None, initial=_initial(entry))
    files = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and files.is_valid():
        kept = [done_or_told(request, lambda: _save(request, activity, reader, form.cleaned_data, files.cleaned_data))]
        if all(kept):
            return redirect("entries:own", activity.pk)
    context = {
        "activity": activity, "entry": entry, "form": form, "files_form": files, "problems": problems,
        "files": files_of(entry) if entry else [], "until": last_day(activity),
        "writes": not problems and (entry is None or entry.state != Entry.State.HANDED_IN),
    }  # fmt: skip
    return render(request, "activities/entries/own.html", context, status=422 if form.errors or files.errors else 200)


@require_POST
def draft(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Keeps what is written, for the script of the page: answers with the time, or with why not."""
    activity, reader = _asked(request, activity_id)
    form = WorkForm(request.POST)
    try:
        _refuse(own_problems(request, activity, reader))
        if not form.is_valid():
            _refuse([Problem("form", error) for errors in form.errors.values() for error in errors])
        _keep(request, activity, reader, form.cleaned_data, bases=request.POST.getlist("base") or None)
    except Refused as refusal:
        return JsonResponse({"problems": [str(problem.message) for problem in refusal.problems]}, status=422)
    return JsonResponse({"saved": f"{timezone.localtime():%H:%M:%S}"})


@require_POST
def back(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Takes the handed-in work back to change it."""
    activity, reader = _asked(request, activity_id)
    entry = _own(activity, reader)

    def taken_back() -> None:
        _refuse(own_problems(request, activity, reader))
        take_back(entry_id=entry.pk, at=timezone.now())

    if done_or_told(request, taken_back):
        messages.success(request, _("You can change it now. Do not forget to hand it in again."))
    return redirect("entries:own", activity.pk)


@require_POST
def own_file(request: SchoolRequest, activity_id: int, file_id: int) -> HttpResponse:
    """Takes a file out of the draft, or puts it one place forward (`move`)."""
    activity, reader = _asked(request, activity_id)
    entry = _own(activity, reader)
    if entry.state != Entry.State.DRAFT:
        raise Http404
    act = move_file if "move" in request.POST else remove_file
    done_or_told(request, lambda: act(entry_id=entry.pk, file_id=file_id))
    return redirect("entries:own", activity.pk)


def _asked(request: SchoolRequest, activity_id: int) -> tuple[Activity, Reader]:
    activity = require_seen(request, activity_id)
    if not activity.takes_entries:
        raise Http404
    return activity, own_reader(request)


def _own(activity: Activity, reader: Reader) -> Entry:
    entry = own_entry(activity.pk, reader.pk)
    if entry is None:
        raise Http404
    return entry


def _initial(entry: Entry | None) -> dict[str, str]:
    return {"name": entry.name, "text": entry.text, "teacher": entry.teacher} if entry else {}


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(problems)


def _keep(
    request: SchoolRequest, activity: Activity, reader: Reader, data: dict[str, Any], *, bases: list[str] | None = None
) -> Entry:  # fmt: skip
    work = Work(data["name"], data["text"], data["teacher"])
    return save_draft(
        activity_id=activity.pk, reader_id=reader.pk, class_id=class_of(reader), work=work, bases=bases,
        by=request.user, at=timezone.now(),
    )  # fmt: skip


def _save(
    request: SchoolRequest, activity: Activity, reader: Reader, data: dict[str, Any], files: dict[str, Any]
) -> None:  # fmt: skip
    _refuse(own_problems(request, activity, reader))
    entry, now = _keep(request, activity, reader, data), timezone.now()
    problems = (
        add_files(entry_id=entry.pk, uploads=files["uploads"], by=request.user, at=now) if files["uploads"] else []
    )
    for problem in problems:
        messages.error(request, str(problem.message))
    if "hand_in" in request.POST and not problems:
        hand_in(entry_id=entry.pk, at=now)
        messages.success(request, _("Handed in. Thank you!"))
    else:
        messages.success(request, _("The draft is saved."))
