"""One work as the class teacher and whoever answers for the activity see it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activities.forms.entries import FilesForm, RefuseForm, WorkForm
from activities.models import Activity, Entry, StoredFile
from activities.operations.entries import Work, accept_work, add_files, move_file, refuse_work, remove_file
from activities.operations.files import turn_picture
from activities.operations.paper_entries import change_work
from activities.queries.entries import files_of, works
from activities.views.people import key_of
from activities.views.rights import may_edit, require_seen
from library_site.http import SchoolRequest
from readers.queries.classes import class_names_then
from readers.views.scope import classes_reached
from readers.views.told import address_of, done_or_told, tell_errors


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: SchoolRequest, activity_id: int, number: int) -> HttpResponse:
    """A work with its files; corrects its title, text and teacher, and for editors refuses it."""
    activity, entry = _asked(request, activity_id, number)
    form = WorkForm(request.POST or None, initial=vars(entry))
    if "refuse" in request.POST:
        _refuse(request, activity, entry)
        return redirect("entries:work", activity.pk, number)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        change_work(entry_id=entry.pk, work=Work(data["name"], data["text"], data["teacher"]), at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("entries:work", activity.pk, number)
    context = {
        "activity": activity, "entry": entry, "form": form, "files": files_of(entry), "files_form": FilesForm(),
        "refuse_form": RefuseForm(), "may_edit": may_edit(request, activity),
        "class_name": class_names_then(request.reference, activity.starts_on).get(entry.school_class_id or 0, ""),
    }  # fmt: skip
    return render(request, "activities/entries/work.html", context, status=422 if form.errors else 200)


@require_POST
def files(request: SchoolRequest, activity_id: int, number: int) -> HttpResponse:
    """Adds files, or turns, moves or removes the one named."""
    activity, entry = _asked(request, activity_id, number)
    form = FilesForm(request.POST, request.FILES)
    named = key_of(request.POST.get("file", ""))
    if named is not None:
        done_or_told(request, lambda: _mend(entry, named, request.POST.get("act", "")))
    elif form.is_valid():
        uploads = form.cleaned_data["uploads"]
        for problem in add_files(entry_id=entry.pk, uploads=uploads, by=request.user, at=timezone.now()):
            messages.error(request, str(problem.message))
    else:
        tell_errors(request, form)
    return redirect("entries:work", activity.pk, number)


@require_POST
def accept(request: SchoolRequest, activity_id: int, number: int) -> HttpResponse:
    """A work that was not accepted takes part again."""
    activity, entry = _asked(request, activity_id, number)
    if not may_edit(request, activity):
        raise Http404
    done_or_told(
        request,
        lambda: accept_work(entry_id=entry.pk, by=request.user, at=timezone.now(), address=address_of(request)),
    )
    return redirect("entries:work", activity.pk, number)


def _asked(request: SchoolRequest, activity_id: int, number: int) -> tuple[Activity, Entry]:
    activity = require_seen(request, activity_id)
    entry = get_object_or_404(works(activity.pk), number=number)
    if not may_edit(request, activity):
        classes = classes_reached(request)
        if classes is not None and entry.school_class_id not in classes:
            raise Http404
    return activity, entry


def _refuse(request: SchoolRequest, activity: Activity, entry: Entry) -> None:
    form = RefuseForm(request.POST)
    if not may_edit(request, activity):
        raise Http404
    if not form.is_valid():
        tell_errors(request, form)
        return
    done_or_told(
        request,
        lambda: refuse_work(
            entry_id=entry.pk, reason=form.cleaned_data["reason"], by=request.user, address=address_of(request)
        ),
    )


def _mend(entry: Entry, file_id: int, act: str) -> None:
    kind = entry.files.filter(file=file_id).values_list("file__kind", flat=True).first()
    if kind is None or (act == "turn" and kind != StoredFile.Kind.PICTURE):
        raise Http404
    if act == "turn":
        turn_picture(file_id=file_id)
    elif act == "move":
        move_file(entry_id=entry.pk, file_id=file_id)
    elif act == "remove":
        remove_file(entry_id=entry.pk, file_id=file_id)
