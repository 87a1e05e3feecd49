"""One's own notes: pupils and teachers write here what they did not write on paper."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.forms.notes import NoteForm
from activities.models import ReadingNote
from activities.operations.notes import Written, add_pages, drop_draft, drop_page, hand_in, save_draft, writer_on
from activities.queries.note_books import books_at_hand, title_meant
from activities.queries.note_counts import own_count
from activities.queries.notes import notes as all_notes
from activities.queries.notes import own_notes, pages_of, sight_of
from activities.queries.viewer import viewer_of
from activities.rules.notes import may_change
from activities.views.people import key_of
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.classes import class_names_then, classes_on, semester_on
from readers.views.told import done_or_told

PER_PAGE = 20
BOOKS = 30
HAD_WITHIN = timedelta(days=400)


@require_safe
def mine(request: SchoolRequest) -> HttpResponse:
    """What one wrote, the newest first, and how much of what is asked for."""
    reader, today = Reader.objects.filter(account=request.user).first(), timezone.localdate()
    context: dict[str, Any] = {"reader": reader}
    semester = semester_on(request.reference, today)
    if reader:
        context["page"] = Paginator(own_notes(reader.pk), PER_PAGE).get_page(request.GET.get("page"))
    if reader and semester:
        writer = writer_on(reader, today)
        school_class = next((row for row in classes_on(request.reference, today) if row.pk == writer.class_id), None)
        context["count"] = own_count(reader, school_class, semester, request.reference)
    return render(request, "activities/notes/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """A new note; `?title=` says on which book."""
    reader, today = _reader(request), timezone.localdate()
    kind = ReadingNote.Kind.NOTE
    first = {"key": uuid.uuid4(), "written_on": today, "kind": kind, "title": request.GET.get("title")}
    return _page(request, reader, None, first)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, note_id: int) -> HttpResponse:
    """An own note that is not handed in yet, or was given back."""
    reader = _reader(request)
    note = get_object_or_404(own_notes(reader.pk), pk=note_id)
    if not may_change(note):
        return redirect("notes:note", note_id)
    names = ("key", "kind", "heading", "text", "written_on", "book")
    return _page(request, reader, note, {name: getattr(note, name) for name in names} | {"title": note.title_id})


@require_POST
def autosave(request: SchoolRequest) -> JsonResponse:
    """Keeps a draft while it is being written; answers with its number and the hour."""
    reader = _reader(request)
    form = NoteForm(request.POST, books=_books(reader.pk, request.POST.get("title")))
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    try:
        note = _save(request, reader, form, bases=request.POST.getlist("base") or None)
    except Refused as refusal:
        return JsonResponse({"errors": [str(problem.message) for problem in refusal.problems]}, status=400)
    saved = timezone.localtime(note.saved_at)
    return JsonResponse({"note": note.pk, "text": _("Saved at %(time)s.") % {"time": f"{saved:%H:%M:%S}"}})


@require_POST
def drop(request: SchoolRequest, note_id: int) -> HttpResponse:
    """Throws an own draft away."""
    reader = _reader(request)
    get_object_or_404(own_notes(reader.pk), pk=note_id)
    if done_or_told(request, lambda: drop_draft(note_id=note_id, reader_id=reader.pk)):
        messages.success(request, _("Thrown away."))
    return redirect("notes:mine")


@require_POST
def drop_picture(request: SchoolRequest, note_id: int, file_id: int) -> HttpResponse:
    """Takes a picture off an own draft."""
    reader = _reader(request)
    get_object_or_404(own_notes(reader.pk), pk=note_id)
    done_or_told(request, lambda: drop_page(note_id=note_id, reader_id=reader.pk, file_id=file_id))
    return redirect("notes:edit", note_id)


@require_safe
def note(request: SchoolRequest, note_id: int) -> HttpResponse:
    """One note, to whoever may read it; others than writer and teachers are sent to the wall."""
    found = get_object_or_404(all_notes(), pk=note_id)
    user = request.user if request.user.is_authenticated else None
    sight = sight_of(found, viewer_of(user, timezone.localdate()))
    if sight is None:
        raise Http404
    if sight.is_public:
        return redirect("wall:of_class", found.school_class_id) if _on_class_wall(found) else redirect("wall:school")
    context = {
        "note": found,
        "sight": sight,
        "files": [row.file for row in pages_of([found.pk]).get(found.pk, [])],
        "class_name": class_names_then(request.reference, found.written_on).get(found.school_class_id or 0, ""),
        "may_change": sight.is_own and may_change(found),
    }
    return render(request, "activities/notes/note.html", context)


def _on_class_wall(found: ReadingNote) -> bool:
    return found.shown == ReadingNote.Shown.WALL and found.school_class_id is not None


def _reader(request: SchoolRequest) -> Reader:
    """The reader of this account; one that is no reader's has no notes."""
    return get_object_or_404(Reader, account=request.user)


def _page(request: SchoolRequest, reader: Reader, note: ReadingNote | None, first: dict[str, Any]) -> HttpResponse:
    books = _books(reader.pk, request.POST.get("title") or first.get("title"))
    form = NoteForm(request.POST or None, request.FILES or None, initial=first, books=books)
    if form.is_bound and form.is_valid():
        try:
            return _kept(request, reader, form)
        except Refused as refusal:
            show_refusal(form, refusal)
            note = note or own_notes(reader.pk).filter(key=form.cleaned_data["key"]).first()
    pages = pages_of([note.pk]).get(note.pk, []) if note else []
    context = {"form": form, "note": note, "pages": pages, "has_books": len(books) > 0}
    return render(request, "activities/notes/edit.html", context, status=422 if form.errors else 200)


def _kept(request: SchoolRequest, reader: Reader, form: NoteForm) -> HttpResponse:
    """Saves what was sent, with its pictures; by the other button it is handed in."""
    saved = _save(request, reader, form)
    uploads = form.cleaned_data["pictures"]
    problems = add_pages(
        note_id=saved.pk, reader_id=reader.pk, uploads=uploads, by=request.user, at=timezone.now()
    )  # fmt: skip
    for problem in problems:
        messages.error(request, str(problem.message))
    if "hand_in" not in request.POST or problems:
        messages.success(request, _("Saved as a draft."))
        return redirect("notes:edit", saved.pk)
    hand_in(note_id=saved.pk, reader_id=reader.pk, at=timezone.now())
    messages.success(request, _("Handed in."))
    return redirect("notes:mine")


def _save(
    request: SchoolRequest, reader: Reader, form: NoteForm, *, bases: list[str] | None = None
) -> ReadingNote:  # fmt: skip
    data = form.cleaned_data
    meant = title_meant(data["book"]) if data["book"] and not data["title"] else None
    written = Written(
        kind=data["kind"],
        written_on=data["written_on"],
        title_id=data["title"] or (meant.pk if meant else None),
        book="" if data["title"] else (meant.name[:200] if meant else data["book"]),
        heading=data["heading"],
        text=data["text"],
    )
    writer = writer_on(reader, data["written_on"])
    return save_draft(
        key=data["key"], writer=writer, written=written, bases=bases, by=request.user, at=timezone.now()
    )  # fmt: skip


def _books(reader_id: int, chosen: Any) -> list[tuple[int, str]]:
    """What the reader has out and had lately; the title that the note is about stays among them."""
    since: date = timezone.localdate() - HAD_WITHIN
    found = books_at_hand([reader_id], since=since, most=BOOKS).get(reader_id, [])
    books = [(row.title_id, row.name) for row in found]
    wanted = key_of(str(chosen or ""))
    if wanted is not None and wanted not in {pk for pk, _name in books}:
        kept = all_notes().filter(reader=reader_id, title=wanted).first()
        books += [(kept.title.pk, kept.title.name)] if kept and kept.title else []
    return books
