"""Photographs of cards: brought in one go, then tied to names one after the other."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from activities.forms.notes import PhotoForm, PhotosForm
from activities.models import ReadingNote
from activities.operations.card_photos import add_photos, drop_photo, join_photo, name_photo
from activities.operations.files import turn_picture
from activities.queries.notes import notes, pages_of, unnamed_photos
from activities.queries.pupils import class_pupils
from activities.queries.settings import activity_options
from activities.rules.notes import marks_of
from circulation.views.corners import class_reached
from library_site.http import SchoolRequest
from readers.views.told import done_or_told

NAMED_SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: SchoolRequest, class_id: int) -> HttpResponse:
    """Takes photographs; below, the next one without a name and the class. `?photo=` puts one right."""
    today = timezone.localdate()
    school_class = class_reached(request, class_id)
    form = PhotosForm(request.POST or None, request.FILES or None, initial={"written_on": today})
    if form.is_bound and form.is_valid():
        _add(request, class_id, form)
        return redirect("notes:photos", class_id)
    unnamed, named = list(unnamed_photos(class_id)), list(_named(class_id))
    current = _asked(request, class_id) or next(iter(unnamed), None)
    pages = pages_of([row.pk for row in [*unnamed, *named]])
    context = {
        "school_class": school_class,
        "form": form,
        "current": current,
        "current_files": [row.file for row in pages_of([current.pk]).get(current.pk, [])] if current else [],
        "unnamed": [(row, pages.get(row.pk, [])) for row in unnamed],
        "named": [(row, pages.get(row.pk, [])) for row in named],
        "before": named[0] if named else None,
        "pupils": list(enumerate(class_pupils(class_id, today), start=1)),
        "marks": list(enumerate(marks_of(activity_options(request.reference).note_marks), start=1)),
    }
    return render(request, "activities/notes/photos.html", context, status=422 if form.errors else 200)


@require_POST
def tie(request: SchoolRequest, class_id: int, note_id: int) -> HttpResponse:
    """Says whose card it is, or that it is the next page of another one."""
    class_reached(request, class_id)
    get_object_or_404(ReadingNote, pk=note_id, school_class=class_id, source=ReadingNote.Source.PAPER)
    form = PhotoForm(request.POST)
    if not form.is_valid() or not (form.cleaned_data["pupil"] or form.cleaned_data["joins"]):
        messages.error(request, _("Choose a pupil of the list."))
        return redirect("notes:photos", class_id)
    data = form.cleaned_data
    if data["joins"]:
        get_object_or_404(ReadingNote, pk=data["joins"], school_class=class_id, source=ReadingNote.Source.PAPER)
        done_or_told(request, lambda: join_photo(note_id=note_id, to_id=data["joins"], class_id=class_id))
        return redirect("notes:photos", class_id)
    done_or_told(
        request,
        lambda: name_photo(
            note_id=note_id, class_id=class_id, reader_id=data["pupil"], today=timezone.localdate(),
            mark=data["mark"], by=request.user, at=timezone.now(),
        ),
    )  # fmt: skip
    return redirect("notes:photos", class_id)


@require_POST
def turn(request: SchoolRequest, class_id: int, note_id: int) -> HttpResponse:
    """Turns the pages of a photographed card a quarter to the right."""
    class_reached(request, class_id)
    note = get_object_or_404(ReadingNote, pk=note_id, school_class=class_id, source=ReadingNote.Source.PAPER)
    for page in pages_of([note.pk]).get(note.pk, []):
        turn_picture(file_id=page.file_id)
    return redirect("notes:photos", class_id)


@require_POST
def drop(request: SchoolRequest, class_id: int, note_id: int) -> HttpResponse:
    """Deletes a photograph without a name."""
    class_reached(request, class_id)
    get_object_or_404(unnamed_photos(class_id), pk=note_id)
    if done_or_told(request, lambda: drop_photo(note_id=note_id, class_id=class_id)):
        messages.success(request, _("Thrown away."))
    return redirect("notes:photos", class_id)


def _add(request: SchoolRequest, class_id: int, form: PhotosForm) -> None:
    data = form.cleaned_data
    kept, problems = add_photos(
        class_id=class_id, uploads=data["pictures"], kind=data["kind"], written_on=data["written_on"],
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    if kept:
        text = ngettext("%(count)d photograph kept.", "%(count)d photographs kept.", len(kept))
        messages.success(request, text % {"count": len(kept)})
    for problem in problems:
        messages.error(request, str(problem.message))


def _named(class_id: int) -> list[ReadingNote]:
    """The photographed cards that were named last."""
    rows = notes().filter(school_class=class_id, source=ReadingNote.Source.PAPER, reader__isnull=False)
    return list(rows.filter(files__isnull=False).distinct().order_by("-saved_at", "-pk")[:NAMED_SHOWN])


def _asked(request: SchoolRequest, class_id: int) -> ReadingNote | None:
    """The photograph in the address; 404 for one of another class."""
    wanted = request.GET.get("photo", "")
    if not wanted:
        return None
    if not wanted.isdecimal():
        raise Http404
    rows = notes().filter(school_class=class_id, source=ReadingNote.Source.PAPER, files__isnull=False)
    return get_object_or_404(rows.distinct(), pk=int(wanted))
