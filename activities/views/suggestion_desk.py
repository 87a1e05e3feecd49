"""Suggestions to buy as the librarian works on them: the list, one of them, marking many, the order list."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.exports.suggestions import order_table
from activities.forms.suggestions import AnswerForm, FindForm
from activities.models import Suggestion
from activities.operations.suggestions import answer_suggestion, mark_all, settle_arrived
from activities.queries.people import classes_of_readers
from activities.queries.suggestions import Suggestions, counts_by_state, listed, titles_it_may_be
from activities.views.people import typed
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.downloads import download

PER_PAGE = 50
BACKERS = 60


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Suggestions, the open ones first asked for; what came in since is settled first."""
    settled = settle_arrived(at=timezone.now())
    if settled:
        text = ngettext("%(n)d suggested book came in.", "%(n)d suggested books came in.", settled)
        messages.info(request, text % {"n": settled})
    page = Paginator(_asked(request), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    classes = classes_of_readers((row.reader_id for row in rows), request.reference, timezone.localdate())
    context = {
        "page": page,
        "lines": [(row, classes.get(row.reader_id or 0, "")) for row in rows],
        "form": FindForm(initial={"state": _state(request), "words": typed(request.GET, "words", 100)}),
        "counts": counts_by_state(),
    }
    return render(request, "activities/suggestions/list.html", context)


def _state(request: SchoolRequest) -> str:
    wanted = request.GET.get("state", "")
    return wanted if wanted == "all" or wanted in Suggestion.State.values else "open"


def _asked(request: SchoolRequest) -> Suggestions:
    state = _state(request)
    return listed(state="" if state == "all" else state, words=typed(request.GET, "words", 100))


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The same list as a file for the bookseller: books and how many want them, nobody's name."""
    return download(request, order_table(_asked(request)))


@require_POST
def mark(request: SchoolRequest) -> HttpResponse:
    """Marks the ticked suggestions as seen or ordered."""
    ticked = [int(key) for key in request.POST.getlist("suggestion") if key.isdecimal() and len(key) < 10]
    try:
        moved = mark_all(suggestions=ticked, state=request.POST.get("state", ""), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.problems[0].message))
        return redirect("suggestions:list")
    text = ngettext("%(n)d suggestion marked.", "%(n)d suggestions marked.", moved) % {"n": moved}
    messages.success(request, text)
    return redirect("suggestions:list")


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: SchoolRequest, suggestion_id: int) -> HttpResponse:
    """A suggestion with everybody who wants it, and the answer to them."""
    row = get_object_or_404(listed(), pk=suggestion_id)
    form = _answer_form(request, row)
    if form.is_bound and form.is_valid() and _answered(request, form, row):
        messages.success(request, _("Answered: 《%(name)s》.") % {"name": row.name})
        return redirect("suggestions:list")
    backers = list(row.backers.select_related("reader").order_by("at", "pk")[:BACKERS])
    people = [row.reader_id, *(backer.reader_id for backer in backers)]
    classes = classes_of_readers(people, request.reference, timezone.localdate())
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "class_name": classes.get(row.reader_id or 0, ""),
        "backers": [(backer, classes.get(backer.reader_id or 0, "")) for backer in backers],
    }
    return render(request, "activities/suggestions/suggestion.html", context, status=422 if form.errors else 200)


def _answer_form(request: SchoolRequest, row: Suggestion) -> AnswerForm:
    titles = titles_it_may_be(row)
    first = row.title_id or (titles[0][0] if row.isbn and titles else None)
    initial = {"state": row.state, "answer": row.answer, "shown": row.state, "title": first}
    if row.state == Suggestion.State.NEW:
        initial["state"] = Suggestion.State.SEEN
    return AnswerForm(request.POST or None, titles=titles, initial=initial)


def _answered(request: SchoolRequest, form: AnswerForm, row: Suggestion) -> bool:
    data = form.cleaned_data
    shelved = data["state"] == Suggestion.State.ON_SHELF
    try:
        answer_suggestion(
            suggestion_id=row.pk, state=data["state"], shown=data["shown"], answer=data["answer"],
            title_id=data["title"] if shelved else None, by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True
