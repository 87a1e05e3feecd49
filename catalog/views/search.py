"""The public catalogue: search and a title's page. Nobody's name stands on either."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate

from catalog.forms.search import SearchForm
from catalog.queries.browse import main_classes, places
from catalog.queries.search import SearchPage, search_titles
from catalog.queries.title_page import standings, title_for_page
from circulation.queries.availability import due_on, title_availability

HITS = 20


def search(request: HttpRequest) -> HttpResponse:
    """The search page; asked by htmx, only its hits."""
    reference: Any = request.reference  # type: ignore[attr-defined]
    classes = main_classes(reference)
    form = SearchForm(request.GET, main_classes=classes, places=places(reference))
    found = search_titles(
        form.text,
        availability=title_availability(),
        filters=form.filters,
        newest=form.newest,
        limit=HITS,
        page=_page_number(request),
    )
    asked = bool(form.text.strip() or form.filters)
    page = _paged(found)
    context = {"form": form, "found": found, "page": page, "asked": asked, "main_classes": classes}
    template = "catalog/search_hits.html" if request.htmx else "catalog/search.html"  # type: ignore[attr-defined]
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def title(request: HttpRequest, title_id: int) -> HttpResponse:
    """A title: what it is, where its copies stand, when those on loan are due."""
    shown = title_for_page(title_id)
    if shown is None:
        raise Http404
    copies = standings(shown, due_on=due_on())
    inside = sum(copy.number for copy in copies if copy.inside)
    held = sum(copy.number for copy in copies)
    context = {"title": shown, "copies": copies, "inside": inside, "held": held, "today": localdate()}
    return render(request, "catalog/title.html", context)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _paged(found: SearchPage) -> "Page[int]":
    """The page in the shape that the pagination part draws."""
    return Paginator(range(found.total), HITS).get_page(found.page)
