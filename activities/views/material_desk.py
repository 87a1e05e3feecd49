"""Requests for material as the librarian works on them: the list, one of them, books found, set aside, answered."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.exports.material import counted_table
from activities.forms.material import AsideForm, ItemForm, MaterialAnswerForm, SetForm
from activities.models import MaterialItem, MaterialRequest
from activities.operations import material as acts
from activities.queries.material import counted, lines_of, listed, lists_to_offer, requests_for_material
from activities.queries.people import classes_of_readers
from activities.views.people import typed
from catalog.models import Title
from catalog.queries.search import search_titles
from circulation.queries.availability import title_availability
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Problem, Refused
from library_site.views.downloads import download
from readers.models import Reader
from readers.queries.classes import classes_on
from readers.views.semester import chosen_semester, needed_semester, page_of

PER_PAGE = 30
HITS = 8
STATES = ["open", MaterialRequest.State.CLOSED, MaterialRequest.State.DECLINED]


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Open requests, what is needed first before; and how many a semester had, by purpose."""
    today, wanted = timezone.localdate(), request.GET.get("state", "")
    state = wanted if wanted in STATES else "open"
    page = Paginator(listed(state=state), PER_PAGE).get_page(request.GET.get("page"))
    rows, semester = list(page), chosen_semester(request, today)
    classes = classes_of_readers((row.reader_id for row in rows), request.reference, today)
    context: dict[str, Any] = {
        **page_of(request, semester),
        "page": page,
        "lines": [(row, classes.get(row.reader_id or 0, "")) for row in rows],
        "state": state,
        "today": today,
        "counted": counted(semester.starts_on, semester.ends_on) if semester else [],
    }
    return render(request, "activities/material/list.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """A semester's requests by purpose as a file; nobody's name."""
    semester = needed_semester(request, timezone.localdate())
    return download(request, counted_table(counted(semester.starts_on, semester.ends_on)))


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: SchoolRequest, request_id: int) -> HttpResponse:
    """A request, the list that answers it, titles to put on it (`?q=`), and the answer."""
    row = get_object_or_404(requests_for_material(), pk=request_id)
    initial = {"state": row.state, "answer": row.answer, "book_list": row.book_list_id, "shown": row.state}
    if row.state == MaterialRequest.State.NEW:
        initial["state"] = MaterialRequest.State.ANSWERED
    form = MaterialAnswerForm(request.POST or None, lists=lists_to_offer(), initial=initial)
    if form.is_bound and form.is_valid() and _answered(request, form, row):
        messages.success(request, _("Saved."))
        return redirect("material:list")
    return _page(request, row, form, status=422 if form.errors else 200)


def _answered(request: SchoolRequest, form: MaterialAnswerForm, row: MaterialRequest) -> bool:
    data = form.cleaned_data
    try:
        acts.answer_request(
            request_id=row.pk, state=data["state"], answer=data["answer"], book_list_id=data["book_list"],
            shown=data["shown"], by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


def _page(
    request: SchoolRequest, row: MaterialRequest, form: Any, *, status: int = 200, refused: tuple[int, Any] = (0, ())
) -> HttpResponse:
    """`refused` is the line of the list that something was refused for, and why."""
    today, words = timezone.localdate(), typed(request.GET, "q", 100)
    hits = search_titles(words, availability=title_availability(), limit=HITS, gone_too=False).hits if words else []
    is_teacher = row.category == Reader.Category.TEACHER
    context = {
        "row": row,
        "who": _who(request, row),
        "lines": lines_of(row),
        "words": words,
        "hits": hits,
        "form": form,
        "set_form": SetForm(auto_id=False, classes=classes_on(request.reference, today)) if is_teacher else None,
        "refused_item": refused[0],
        "problems": refused[1],
        "today": today,
    }
    return render(request, "activities/material/request.html", context, status=status)


def _who(request: SchoolRequest, row: MaterialRequest) -> str:
    classes = classes_of_readers([row.reader_id], request.reference, timezone.localdate())
    name = row.reader.name if row.reader else ""
    return " ".join(filter(None, (classes.get(row.reader_id or 0, ""), name)))


@require_POST
def add(request: SchoolRequest, request_id: int) -> HttpResponse:
    """Puts a title or a source on the list."""
    row, form = get_object_or_404(MaterialRequest, pk=request_id), ItemForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was saved: too many characters."))
        return redirect("material:request", row.pk)
    data = form.cleaned_data
    title = get_object_or_404(Title.objects.only("pk"), pk=data["title"]) if data["title"] else None
    try:
        acts.add_item(request_id=row.pk, title_id=title.pk if title else None, words=data["words"], note=data["note"])
    except Refused as refusal:
        messages.error(request, " ".join(str(problem.message) for problem in refusal.problems))
    return redirect("material:request", row.pk)


@require_POST
def drop(request: SchoolRequest, item_id: int) -> HttpResponse:
    """Takes a line off the list."""
    item = get_object_or_404(MaterialItem, pk=item_id)
    try:
        acts.drop_item(request_id=item.request_id, item_id=item.pk)
    except Refused as refusal:
        messages.error(request, str(refusal.problems[0].message))
    return redirect("material:request", item.request_id)


@require_POST
def note(request: SchoolRequest, item_id: int) -> HttpResponse:
    """Says what a line is good for: a chapter, a picture."""
    item, form = get_object_or_404(MaterialItem, pk=item_id), ItemForm(request.POST)
    if form.is_valid():
        try:
            acts.note_item(request_id=item.request_id, item_id=item.pk, note=form.cleaned_data["note"])
        except Refused as refusal:
            messages.error(request, str(refusal.problems[0].message))
    return redirect("material:request", item.request_id)


@require_POST
def aside(request: SchoolRequest, item_id: int) -> HttpResponse:
    """Reserves the title of a line for who asked; a copy at hand is set aside at once."""
    item, form = get_object_or_404(MaterialItem, pk=item_id), AsideForm(request.POST)
    fetched = form.cleaned_data["fetched"] if form.is_valid() else ""
    try:
        turn = acts.set_aside(
            item_id=item.pk, fetched=fetched, by=request.user, at=timezone.now(), reference=request.reference
        )
    except Refused as refusal:
        return _refused(request, item, refusal.problems)
    ready = turn.state == turn.State.READY
    messages.success(request, _("Set aside.") if ready else _("Reserved: it is set aside when a copy comes back."))
    return redirect("material:request", item.request_id)


@require_POST
def class_set(request: SchoolRequest, item_id: int) -> HttpResponse:
    """Asks for a class set of the title of a line, for the teacher who asked."""
    item = get_object_or_404(MaterialItem, pk=item_id)
    form = SetForm(request.POST, classes=classes_on(request.reference, timezone.localdate()))
    if not form.is_valid():
        problem = Problem("incomplete", _("A class set needs a number of copies and a day."))
        return _refused(request, item, [problem])
    try:
        acts.ask_set(
            item_id=item.pk, by=request.user, at=timezone.now(), reference=request.reference, **form.cleaned_data
        )
    except Refused as refusal:
        return _refused(request, item, refusal.problems)
    messages.success(request, _("The class set was asked for."))
    return redirect("material:request", item.request_id)


def _refused(request: SchoolRequest, item: MaterialItem, problems: Any) -> HttpResponse:
    row = get_object_or_404(requests_for_material(), pk=item.request_id)
    initial = {"state": row.state, "answer": row.answer, "book_list": row.book_list_id, "shown": row.state}
    form = MaterialAnswerForm(lists=lists_to_offer(), initial=initial)
    return _page(request, row, form, status=409, refused=(item.pk, problems))
