"""Reading a class's notes one after the other, and deciding what others may read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.forms.notes import MarkForm, ShowForm
from activities.models import Consent, ReadingNote
from activities.operations.marking import Verdict, mark_note, show_note
from activities.queries.consents import consents_of
from activities.queries.notes import HANDED_IN, PUPILS, WAITING, class_notes, notes, pages_of, proposed_notes
from activities.queries.settings import activity_options
from activities.rules.notes import marks_of
from circulation.views.corners import class_reached
from library_site.http import SchoolRequest
from readers.queries.classes import class_names_then
from readers.views.scope import classes_reached
from readers.views.told import done_or_told

PER_PAGE = 30
COMMENTS = 6
Shown = ReadingNote.Shown


@require_safe
def stack(request: SchoolRequest, class_id: int) -> HttpResponse:
    """Leads to the first note of the class that waits to be marked, or says that none does."""
    school_class = class_reached(request, class_id)
    waiting = class_notes(class_id).filter(WAITING).first()
    if waiting is None:
        return render(request, "activities/notes/all_marked.html", {"school_class": school_class})
    return redirect("notes:mark", waiting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: SchoolRequest, note_id: int) -> HttpResponse:
    """One note of a pupil, large, with the keys of its mark; saving leads to the next one that waits."""
    note = _note(request, note_id)
    first = {"mark": note.mark, "comment": note.comment, "is_best": note.is_best, "proposed": note.shown != "private"}
    form = MarkForm(request.POST or None, initial=first)
    if form.is_bound and form.is_valid():
        _marked(request, note, form)
        following = _next(note)
        return redirect("notes:mark", following.pk) if following else redirect("notes:stack", note.school_class_id)
    waiting = class_notes(note.school_class_id or 0).filter(WAITING)
    context = {
        "note": note,
        "form": form,
        "files": [row.file for row in pages_of([note.pk]).get(note.pk, [])],
        "class_name": class_names_then(request.reference, note.written_on).get(note.school_class_id or 0, ""),
        "marks": list(enumerate(marks_of(activity_options(request.reference).note_marks), start=1)),
        "waiting": waiting.exclude(pk=note.pk).count(),
        "next": _next(note),
        "comments": _usual_comments(request),
        "consent": bool(consents_of([note.reader_id or 0], Consent.What.WORKS, timezone.localdate())),
    }
    return render(request, "activities/notes/mark.html", context, status=422 if form.errors else 200)


@require_safe
def moderation(request: SchoolRequest) -> HttpResponse:
    """What was proposed for the wall, and what is shown now, within reach; each with its consent."""
    reached = classes_reached(request)
    state = "shown" if request.GET.get("state") == "shown" else "proposed"
    rows = proposed_notes() if state == "proposed" else _out()
    if reached is not None:
        rows = rows.filter(PUPILS, school_class__in=reached)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = list(page)
    agreed = consents_of([row.reader_id or 0 for row in found], Consent.What.WORKS, timezone.localdate())
    pages = pages_of([row.pk for row in found])
    names = class_names_then(request.reference, timezone.localdate())
    lines = [
        (row, names.get(row.school_class_id or 0, ""), len(pages.get(row.pk, [])), _may_show(row, agreed))
        for row in found
    ]
    context = {"page": page, "lines": lines, "state": state, "all_classes": reached is None}
    return render(request, "activities/notes/moderation.html", context)


@require_POST
def show(request: SchoolRequest, note_id: int) -> HttpResponse:
    """Releases a note for the class's wall or the school's page, or takes it off."""
    note = _note(request, note_id, pupils_only=False)
    form = ShowForm(request.POST)
    if form.is_valid():
        where = form.cleaned_data["where"]
        if where == Shown.SCHOOL and classes_reached(request) is not None:
            where = Shown.WALL  # the school's page is the librarian's
        if done_or_told(
            request, lambda: show_note(note_id=note.pk, where=where, today=timezone.localdate(), by=request.user)
        ):
            messages.success(request, f"{note.reader}: {Shown(where).label}")
    back = request.POST.get("back", "")
    return redirect("notes:note", note.pk) if back == "note" else redirect("notes:moderation")


def _note(request: SchoolRequest, note_id: int, *, pupils_only: bool = True) -> ReadingNote:
    """A note that was handed in, of a class within reach; teachers' own are the librarian's to release."""
    rows = notes().filter(HANDED_IN, reader__isnull=False)
    reached = classes_reached(request)
    if pupils_only or reached is not None:
        rows = rows.filter(PUPILS)
    if reached is not None:
        rows = rows.filter(school_class__in=reached)
    note: ReadingNote = get_object_or_404(rows, pk=note_id)
    return note


def _marked(request: SchoolRequest, note: ReadingNote, form: MarkForm) -> None:
    data = form.cleaned_data
    verdict = Verdict(
        mark=data["mark"],
        comment=data["comment"],
        is_best=data["is_best"],
        proposed=data["proposed"],
        gives_back=data["then"] == MarkForm.RETURN,
    )
    mark_note(note_id=note.pk, verdict=verdict, by=request.user, at=timezone.now())
    said = _("given back") if verdict.gives_back else verdict.mark or _("read")
    messages.success(request, f"{note.reader}: {said}")


def _next(note: ReadingNote) -> ReadingNote | None:
    """The next one of the class that waits, in the order of the stack; from its end to its beginning."""
    waiting = class_notes(note.school_class_id or 0).filter(WAITING).exclude(pk=note.pk)
    later = Q(written_on__gt=note.written_on) | Q(written_on=note.written_on, pk__gt=note.pk)
    return waiting.filter(later).first() or waiting.first()


def _out() -> QuerySet[ReadingNote]:
    rows = notes().filter(HANDED_IN, reader__isnull=False)
    return rows.filter(Q(shown=Shown.WALL) | Q(shown=Shown.SCHOOL)).order_by("-written_on", "-pk")


def _may_show(note: ReadingNote, agreed: set[int]) -> bool:
    return note.category != "student" or note.reader_id in agreed


def _usual_comments(request: SchoolRequest) -> list[str]:
    """What this person wrote last, each once."""
    rows = ReadingNote.objects.filter(marked_by=request.user).exclude(comment="").order_by("-marked_at")
    return list(dict.fromkeys(rows.values_list("comment", flat=True)[:40]))[:COMMENTS]
