"""Suggestions to buy as readers meet them: their own, what others want, and a new one; slips of paper."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.forms.suggestions import BookFields, SlipForm, SuggestForm
from activities.models import Suggestion
from activities.operations.suggestions import back, settle_arrived, suggest
from activities.queries.suggestions import known_book, own_suggestions, suggestions, wanted_by_others
from activities.views.people import own_reader, reader_of_slip, typed
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.codes import isbn13
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.people import FoundReader

PER_PAGE = 30
OTHERS = 12  # of what others want, beside one's own
SLIPS = 10  # entered last, to look back at


@require_safe
def own(request: SchoolRequest) -> HttpResponse:
    """What one suggested and what became of it, and what others want; what came in since is settled first."""
    settle_arrived(at=timezone.now())
    reader = Reader.objects.filter(account=request.user).first()
    context: dict[str, Any] = {"reader": reader}
    if reader:
        page = Paginator(own_suggestions(reader.pk), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "others": list(wanted_by_others(reader.pk)[:OTHERS])}
    return render(request, "activities/suggestions/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Suggests a book; one that the library holds only if more of it are needed."""
    reader = own_reader(request)
    asks_copies = reader.category == Reader.Category.TEACHER
    form = SuggestForm(request.POST or None, asks_copies=asks_copies, initial=_looked_for(request))
    if form.is_bound and form.is_valid() and (row := _suggested(request, form, reader)):
        messages.success(request, _told(row, reader))
        return redirect("suggestions:own")
    context = {"form": form, **_known(request.POST if form.is_bound else request.GET)}
    return render(request, "activities/suggestions/new.html", context, status=422 if form.errors else 200)


def _looked_for(request: SchoolRequest) -> dict[str, str]:
    """What somebody searched for in vain is an ISBN or words of a title."""
    words = typed(request.GET, "name", 200)
    return {"isbn": words} if isbn13(words) else {"name": words}


def _suggested(request: SchoolRequest, form: BookFields, reader: Reader | None) -> Suggestion | None:
    known = known_book(form.cleaned_data["isbn"], form.cleaned_data["name"])
    data = form.filled(known.record)
    try:
        return suggest(
            isbn=data["isbn"], name=data["name"], author=data["author"], publisher=data["publisher"],
            reason=data["reason"], copies=data["copies"], reader_id=reader.pk if reader else None, item_id=None,
            by=request.user, at=timezone.now(), overrides=["held"] if data["more"] else [],
        )  # fmt: skip
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _told(row: Suggestion, reader: Reader | None) -> str:
    if reader is not None and row.reader_id == reader.pk:
        return _("Thank you. The library will answer here.")
    return _("Others want this book, too: it counts as one more wish.")


def _known(data: QueryDict) -> dict[str, Any]:
    return {"known": known_book(typed(data, "isbn", 24), typed(data, "name", 200)), "more": "more" in data}


@require_safe
def check(request: SchoolRequest) -> HttpResponse:
    """A part of a page: what the library knows of the book that is being typed."""
    return render(request, "activities/suggestions/known.html", _known(request.GET))


@require_POST
def back_one(request: SchoolRequest, suggestion_id: int) -> HttpResponse:
    """One more wants a book that others suggested; only what the librarian has seen is shown and can be backed."""
    reader = own_reader(request)
    if not wanted_by_others(reader.pk).filter(pk=suggestion_id).exists():
        raise Http404
    row = back(suggestion_id=suggestion_id, reader_id=reader.pk, at=timezone.now())
    messages.success(request, _("Noted: you want 《%(name)s》, too.") % {"name": row.name})
    return redirect("suggestions:own")


@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: SchoolRequest) -> HttpResponse:
    """Enters slips of paper one after the other: the librarian anybody's, a class teacher those of the own class."""
    form = SlipForm(request.POST or None)
    found: list[FoundReader] = []
    if form.is_bound and form.is_valid():
        reader, found = reader_of_slip(request, form)
        if form.is_valid() and (row := _suggested(request, form, reader)):
            messages.success(request, _("Entered: 《%(name)s》.") % {"name": row.name})
            return redirect("suggestions:slips")
    mine = suggestions().filter(by=request.user).select_related("reader").order_by("-at", "-pk")
    context = {"form": form, "found": found, "entered": list(mine[:SLIPS]), **_known(request.POST)}
    return render(request, "activities/suggestions/slips.html", context, status=422 if form.errors else 200)
