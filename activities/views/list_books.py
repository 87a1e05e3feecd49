"""The books of a list while it is made: found, put on, explained, put in order."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.forms.booklists import BookForm, WordsForm
from activities.models import BookList, BookListItem
from activities.operations.list_books import change_book, move_book, put_title, put_words, take_off
from activities.queries.audience import grades_text
from activities.queries.booklists import books_of
from activities.queries.list_editing import FOUND
from activities.views.list_making import state_of
from activities.views.list_rights import made_list, may_change, runs_library
from activities.views.people import key_of, typed
from catalog.models import Copy, Title
from catalog.queries.search import Hit, search_titles
from circulation.queries.availability import title_availability
from library_site.http import SchoolRequest
from library_site.shared.codes import isbn13, normalise_code
from library_site.shared.problems import Problem, Refused
from readers.views.told import address_of, tell_errors


@require_safe
def books(request: SchoolRequest, list_id: int) -> HttpResponse:
    """The list as it is made: what it is, its books, and what happens to it next."""
    shown = made_list(request, list_id)
    kind, words = state_of(shown)
    context = _context(request, shown) | {
        "grades": grades_text(shown, request.reference),
        "state_kind": kind,
        "state_words": words,
        "runs_library": runs_library(request),
        "words_form": WordsForm(),
    }
    return render(request, "activities/booklists/books.html", context)


@require_safe
def find(request: SchoolRequest, list_id: int) -> HttpResponse:
    """What the words typed so far find, to be put on the list."""
    shown, asked = made_list(request, list_id), typed(request.GET, "q", 200)
    context = {"book_list": shown, "asked": asked, "hits": _hits(asked), "on_it": _on_it(shown)}
    return render(request, "activities/booklists/hits.html", context)


@require_POST
def put(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Puts a title on the list: the one chosen, or the one whose ISBN or barcode was scanned; else shows what is found.

    A title to come upon by words is never put on by itself: the first hit may be another book.
    """
    shown, asked = made_list(request, list_id), typed(request.POST, "q", 200)
    title_id = key_of(request.POST.get("title", "")) or _scanned(asked)
    if title_id is None or not Title.objects.filter(pk=title_id).exists():
        return _found(request, shown, asked)
    try:
        put_title(list_id=shown.pk, title_id=title_id, by=request.user, address=address_of(request))
    except Refused as refusal:
        return _answer(request, shown, problems=refusal.problems)
    return _answer(request, shown, done=True)


@require_POST
def put_lacking(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Puts a book on the list that the library does not hold."""
    shown, form = made_list(request, list_id), WordsForm(request.POST)
    if not form.is_valid():
        tell_errors(request, form)
        return redirect("booklists:books", shown.pk)
    try:
        put_words(list_id=shown.pk, values=form.cleaned_data, by=request.user, address=address_of(request))
    except Refused as refusal:
        return _answer(request, shown, problems=refusal.problems)
    return _answer(request, shown, done=True)


@require_POST
def change(request: SchoolRequest, item_id: int) -> HttpResponse:
    """Keeps the reason and the mark "required" of a book; from the page itself nothing is drawn anew."""
    item = _item(request, item_id)
    form = BookForm(request.POST)
    if not form.is_valid():
        return _answer(request, item.book_list, problems=[Problem("too_long", _("At most 600 signs."))])
    try:
        change_book(item_id=item.pk, by=request.user, address=address_of(request), **form.cleaned_data)
    except Refused as refusal:
        return _answer(request, item.book_list, problems=refusal.problems)
    if _asked_by_page(request):
        return HttpResponse(status=204)
    messages.success(request, _("Saved."))
    return redirect("booklists:books", item.book_list_id)


@require_POST
def move(request: SchoolRequest, item_id: int) -> HttpResponse:
    """Moves a book to another place of its list."""
    item, place = _item(request, item_id), request.POST.get("place", "")
    try:
        if place.isdecimal() and len(place) < 5:
            move_book(item_id=item.pk, place=int(place), by=request.user, address=address_of(request))
    except Refused as refusal:
        return _answer(request, item.book_list, problems=refusal.problems)
    return _answer(request, item.book_list)


@require_POST
def off(request: SchoolRequest, item_id: int) -> HttpResponse:
    """Takes a book off its list."""
    item = _item(request, item_id)
    try:
        take_off(item_id=item.pk, by=request.user, address=address_of(request))
    except Refused as refusal:
        return _answer(request, item.book_list, problems=refusal.problems)
    return _answer(request, item.book_list)


def _item(request: SchoolRequest, item_id: int) -> BookListItem:
    item = get_object_or_404(BookListItem.objects.select_related("book_list"), pk=item_id)
    made_list(request, item.book_list_id)
    return item


def _scanned(code: str) -> int | None:
    """The one title with this ISBN, or of the copy with this barcode; a set's ISBN means several, so none."""
    hits = search_titles(code, limit=2).hits if isbn13(code) else []
    if len(hits) == 1:
        return hits[0].title.pk
    return (
        Copy.objects.filter(barcode=normalise_code(code)).values_list("title_id", flat=True).first() if code else None
    )


def _hits(asked: str) -> list[Hit]:
    return search_titles(asked, availability=title_availability(), limit=FOUND).hits if asked.strip() else []


def _on_it(book_list: BookList) -> set[int]:
    rows = BookListItem.objects.filter(book_list=book_list, title__isnull=False)
    return set(rows.values_list("title_id", flat=True))


def _found(request: SchoolRequest, book_list: BookList, asked: str) -> HttpResponse:
    """What was typed means no single title: the hits to choose from, or a form for what the library lacks."""
    hits = _hits(asked)
    lacking = None if hits or not asked else WordsForm(initial=_words(asked))
    return _answer(request, book_list, asked=asked, hits=hits, lacking=lacking)


def _words(asked: str) -> dict[str, str]:
    code = isbn13(asked)
    return {"isbn": code} if code else {"name": asked}


def _answer(request: SchoolRequest, book_list: BookList, **context: Any) -> HttpResponse:
    """The part of the page below the box; to a browser without our script the whole page."""
    if not _asked_by_page(request):
        for problem in context.get("problems", []):
            messages.error(request, str(problem.message))
        if context.get("hits") or context.get("lacking"):
            whole = _context(request, book_list) | {"words_form": WordsForm(), "runs_library": runs_library(request)}
            return render(request, "activities/booklists/books.html", whole | context)
        return redirect("booklists:books", book_list.pk)
    answer = render(
        request, "activities/booklists/work.html", _context(request, book_list) | context | {"drawn_anew": True}
    )
    if context.get("done"):
        answer["HX-Trigger"] = "book-put"
    return answer


def _context(request: SchoolRequest, book_list: BookList) -> dict[str, Any]:
    shown = books_of(book_list.pk)
    on_it = {book.title.pk for book in shown if book.title}
    lacking = sum(1 for book in shown if not book.held)
    return {
        "book_list": book_list,
        "books": shown,
        "on_it": on_it,
        "lacks": lacking,
        "changeable": may_change(request, book_list),
    }


def _asked_by_page(request: SchoolRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]
