"""The public catalogue: search and a title's page. Nobody's name stands on either."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from activities.queries.booklists import recommended_in
from activities.views.booklists import categories
from catalog.forms.search import SearchForm
from catalog.models import FormerTitle, Title
from catalog.queries.browse import main_classes, places
from catalog.queries.reclassing import former_call_numbers
from catalog.queries.search import Order, SearchPage, search_titles
from catalog.queries.similar import Kind, Similar, similar_titles
from catalog.queries.title_page import standings, title_for_page
from catalog.views.opac_home import CoverRow, home_context
from circulation.queries.availability import due_on, is_set_aside, title_availability
from library_site.models import Role

HITS = 20


def search(request: HttpRequest) -> HttpResponse:
    """The search page; asked by htmx, only its hits. Without a question it is the catalogue's home."""
    reference: Any = request.reference  # type: ignore[attr-defined]
    classes = main_classes(reference)
    form = SearchForm(request.GET, main_classes=classes, places=places(reference))
    found = search_titles(
        form.text,
        availability=title_availability(),
        filters=form.filters,
        order=form.order,
        limit=HITS,
        page=_page_number(request),
        with_facets=True,
        gone_too=is_librarian(request),
    )
    asked = bool(form.text.strip() or form.filters or form.order != Order.BEST)
    context = {"form": form, "found": found, "page": _paged(found), "asked": asked}
    context["catalogues"] = is_librarian(request)
    context |= _narrowing(form, found) if asked else home_context()
    context["librarian"] = is_librarian(request)
    template = "catalog/search_hits.html" if request.htmx else "catalog/search.html"  # type: ignore[attr-defined]
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def is_librarian(request: HttpRequest) -> bool:
    """Whether titles whose copies are all gone are shown: to the public they would only be a disappointment."""
    return request.user.is_authenticated and Role.LIBRARIAN in request.user.roles


def _narrowing(form: SearchForm, found: SearchPage) -> dict[str, Any]:
    """What is narrowed to already, and what could be."""
    facets = found.facets
    return {
        "chosen": form.chosen(),
        "facets": form.offered(facets) if facets else [],
        "offers_inside": bool(facets and facets.inside and not form.filters.only_inside),
    }


def title(request: HttpRequest, title_id: int) -> HttpResponse:
    """A title: what it is, where its copies stand, when those on loan are due; a merged one leads to what it became."""
    shown = title_for_page(title_id)
    if shown is None:
        return redirect("catalog:title", get_object_or_404(FormerTitle, pk=title_id).title_id)
    copies = standings(shown, due_on=due_on(), set_aside=is_set_aside())
    inside = sum(copy.number for copy in copies if copy.inside)
    held = sum(copy.number for copy in copies)
    context = {"title": shown, "copies": copies, "inside": inside, "held": held, "today": localdate()}
    lendable = [copy for copy in copies if copy.circulates]
    context["all_lent"] = bool(lendable) and not any(copy.inside for copy in lendable)
    context["catalogues"] = is_librarian(request)
    if context["catalogues"]:
        context["former_numbers"] = former_call_numbers(title_id)
    context["recommended"] = recommended_in(title_id, categories(request), localdate())
    context["similar"] = [_row(group, shown) for group in similar_titles(shown)]
    return render(request, "catalog/title.html", context)


def _row(group: Similar, shown: Title) -> CoverRow:
    """A group as a row of covers, with the way to all that are alike."""
    its_class = {"clc": shown.clc_class_id} if shown.clc_class_id else {"main_class": shown.main_class}
    headings = {
        Kind.SERIES: (_("From the same series"), {"q": shown.series}),
        Kind.AUTHOR: (_("By the same author"), {"q": shown.author}),
        Kind.SHELF: (_("Beside it on the shelf"), its_class | {"sort": "shelf"}),
    }
    heading, asked = headings[group.kind]
    return CoverRow(heading, "", group.titles, reverse("catalog:search", query=asked))


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _paged(found: SearchPage) -> "Page[int]":
    """The page in the shape that the pagination part draws."""
    return Paginator(range(found.total), HITS).get_page(found.page)
