"""Backups by button: make, prove, download, bring in, restore."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django.models import ProcrastinateJob

from library_site import jobs
from library_site.backup import archive, notes, shelf
from library_site.backup.problems import BackupProblem
from library_site.backup.restoring import check_restorable, is_served
from library_site.backup.server import Server
from library_site.backup.shelf import Backup
from library_site.forms.backups import RestoreForm, UploadForm
from library_site.http import SchoolRequest
from library_site.queries import school
from library_site.views.confirm import confirms_password

TASKS = [jobs.back_up.name, jobs.check_backup.name, jobs.back_up_daily.name]


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """What is kept, what is under way, what was done."""
    return _overview(request, UploadForm())


def _overview(request: SchoolRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    database = Server.current().database
    kept = shelf.backups(database)
    context = {
        "backups": kept,
        "latest": next((each for each in kept if each.manifest), None),
        "form": form,
        "working": _working(),
        "problem": _last_problem(),
        "journal": [{**line, "at": datetime.fromisoformat(line["at"])} for line in notes.journal(database=database)],
        "folder": notes.folder(),
    }
    return render(request, "backups/overview.html", context, status=status)


@require_POST
def make(request: SchoolRequest) -> HttpResponse:
    """Has a backup made. A second click while one waits or runs adds none."""
    if _working() is None:
        jobs.back_up.defer(by=request.user.name)
    return redirect("backups:overview")


@require_safe
@never_cache
def progress(request: SchoolRequest) -> HttpResponse:
    """How far it is; when it is done, the page is loaded anew."""
    working = _working()
    if working is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "backups/progress.html", {"working": working})


@require_POST
def upload(request: SchoolRequest) -> HttpResponse:
    """Puts a file beside the other backups, if it is a whole one. It restores nothing yet."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            name = _bring_in(form.cleaned_data["file"], request)
        except BackupProblem as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("backups:backup", name=name)
    return _overview(request, form, status=422)


def _bring_in(file: UploadedFile, request: SchoolRequest) -> str:
    archive.need_space(notes.folder(), file.size or 0)
    database, draft = Server.current().database, shelf.free_part()
    path = notes.folder() / shelf.new_name(database, shelf.UPLOADED, timezone.now())
    try:
        draft.touch(mode=0o600)
        with draft.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        archive.check(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    notes.record("upload", database=database, file=path.name, **_who(request))
    return path.name


@require_safe
def backup(request: SchoolRequest, name: str) -> HttpResponse:
    """One backup: what is in it, and what can be done with it."""
    return _backup(request, _found(name), RestoreForm(school=_school(request)))


def _backup(request: SchoolRequest, found: Backup, form: RestoreForm, status: int = 200) -> HttpResponse:
    context = {"backup": found, "form": form, "served": is_served(), "working": _working()}
    return render(request, "backups/backup.html", context, status=status)


@require_POST
def check(request: SchoolRequest, name: str) -> HttpResponse:
    """Has the backup restored on trial. Only our own: others' could hold commands for the database."""
    found = _found(name)
    if found.may_be_restored and _working() is None:
        jobs.check_backup.defer(name=found.name)
    return redirect("backups:overview")


@require_POST
@confirms_password
def download(request: SchoolRequest, name: str) -> HttpResponse | FileResponse:
    """The file itself. It holds every reader, so who took it is written down."""
    found = _found(name)
    notes.record("download", database=Server.current().database, file=found.name, **_who(request))
    return FileResponse(found.path.open("rb"), as_attachment=True, filename=found.name)


@require_POST
@confirms_password
def restore(request: SchoolRequest, name: str) -> HttpResponse:
    """Asks the parent of the pages to put the backup in the place of the data; the pages stop for that long."""
    found = _found(name)
    form = RestoreForm(request.POST, school=_school(request))
    if form.is_valid():
        try:
            _ask(found, request)
            return redirect("backups:restoring")
        except BackupProblem as problem:
            form.add_error(None, str(problem))
    return _backup(request, found, form, status=422)


def _ask(found: Backup, request: SchoolRequest) -> None:
    if not found.may_be_restored:
        raise BackupProblem("foreign")
    if not is_served():
        raise BackupProblem("not_served")
    if _working() is not None:
        raise BackupProblem("busy")
    check_restorable(found.path, server=Server.current())
    who = _who(request)
    notes.record("ask", database=Server.current().database, file=found.name, **who)
    notes.ask_restore(found.path, **who)


@require_safe
@never_cache
def restoring(request: SchoolRequest) -> HttpResponse:
    """Waits in the browser until the pages are there again."""
    return render(request, "backups/restoring.html", {"over": not _restore_is_waiting()})


@require_safe
@never_cache
def restoring_state(request: SchoolRequest) -> HttpResponse:
    """`{"over": …, "url": …}`; after a successful restore nobody is logged in, which is an answer as well."""
    return JsonResponse({"over": not _restore_is_waiting(), "url": reverse("backups:overview")})


def _restore_is_waiting() -> bool:
    return notes.asked_restore() is not None


def _found(name: str) -> Backup:
    found = shelf.find(Server.current().database, name)
    if found is None:
        raise Http404
    return found


def _school(request: SchoolRequest) -> str:
    options = school(request.reference)
    assert options is not None  # before the first start no page opens
    return options.name


def _who(request: SchoolRequest) -> dict[str, str]:
    return {"by": request.user.name, "address": request.META.get("REMOTE_ADDR", "")}


def _working() -> dict[str, Any] | None:
    """What is under way; `step` 0 while it waits for the worker. A killed worker's job does not count."""
    jobs_there = ProcrastinateJob.objects.filter(task_name__in=TASKS)
    under_way = set(jobs_there.order_by().values_list("status", flat=True).distinct())
    if "doing" in under_way and shelf.is_at_work():
        return notes.read("working.json") or {"what": "backup", "step": 0, "steps": 0}
    return {"what": "wait", "step": 0, "steps": 0} if "todo" in under_way else None


def _last_problem() -> str:
    noted = notes.read("problem.json")
    return str(BackupProblem(noted["code"], **noted["params"])) if noted else ""
