"""Lists of books to print and to keep: indexes, the shelf list, the accession list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.exports.lists import accession_table, hits_table, index_table, price_of, shelf_table
from catalog.forms.book_lists import AccessionForm, IndexForm, ListForm, ShelfListForm
from catalog.forms.search import SearchForm
from catalog.models import Copy
from catalog.queries.book_lists import Grouping, courses, lines_of, outline, titles_of
from catalog.queries.browse import main_classes, places
from catalog.queries.places import shelves_in_order
from catalog.queries.search import MOST_HITS, search_titles
from catalog.queries.shelf_list import accessioned, in_shelf_order, shelf_at, totals
from catalog.views.search import is_librarian
from circulation.queries.availability import title_availability
from library_site.access import scope_of
from library_site.http import SchoolRequest
from library_site.views.downloads import download

# Lines of one part: some thirty sheets of A4, which a browser prints in seconds.
PART = 1000


@require_safe
def index(request: SchoolRequest) -> HttpResponse:
    """An index as it prints, under its headings; long ones in parts."""
    form = _index_form(request)
    found = outline(form.asked)
    page = Paginator(range(found.lines), PART).get_page(request.GET.get("page"))
    groups = found.part(page.start_index() - 1 if found.lines else 0, page.end_index())
    titles = titles_of([key for group in groups for key in group.keys])
    context = {
        "form": form,
        "page": page,
        "outline": found,
        "groups": [(group, [titles[key] for key in group.keys if key in titles]) for group in groups],
        "apart": form.given("apart"),
        "title": _index_name(form),
        "today": timezone.localdate(),
        "works_here": scope_of("lists:shelf_list", frozenset(request.user.roles)) is not None,
    }
    return render(request, "catalog/lists/index.html", context)


@require_safe
def export_index(request: SchoolRequest) -> FileResponse:
    """The whole index."""
    form = _index_form(request)
    by = Grouping(form.asked.by)
    heading = "" if by is Grouping.NONE else str(by.label)
    lines = lines_of(outline(form.asked).groups)
    return download(request, index_table(lines, name=_index_name(form), heading=heading))


@require_safe
def shelf_list(request: SchoolRequest) -> HttpResponse:
    """Copies as they stand, with a box to tick; under the shelves of the place, where it has some."""
    form = _shelf_form(request)
    page = _part(request, in_shelf_order(form.stretch), asked=bool(form.data))
    shelves = shelves_in_order(form.stretch.location_id) if form.stretch.location_id else []
    keys = [shelf.begin_key for shelf in shelves]
    lines = [(copy, shelf_at(keys, copy.title.shelf_key)) for copy in page.object_list]
    names = dict(enumerate(shelf.name for shelf in shelves))
    rows = [(copy, names.get(place, "")) for copy, place in lines]
    return render(request, "catalog/lists/shelf_list.html", _context(form, page) | {"rows": rows})


@require_safe
def export_shelf_list(request: SchoolRequest) -> FileResponse:
    """The stretch of the shelves, all parts of it."""
    return download(request, shelf_table(in_shelf_order(_shelf_form(request).stretch).iterator()))


@require_safe
def accession_list(request: SchoolRequest) -> HttpResponse:
    """Copies by accession number, with what they cost together."""
    form = AccessionForm(request.GET)
    copies = accessioned(*form.ends)
    page = _part(request, copies, asked=bool(form.data))
    rows = [(copy, price_of(copy)) for copy in page.object_list]
    context = {"rows": rows, "totals": totals(copies) if rows else {}}
    return render(request, "catalog/lists/accession_list.html", _context(form, page) | context)


@require_safe
def export_accession_list(request: SchoolRequest) -> FileResponse:
    """The range of accession numbers, all parts of it."""
    return download(request, accession_table(accessioned(*AccessionForm(request.GET).ends).iterator()))


@require_safe
def export_hits(request: SchoolRequest) -> FileResponse:
    """The hits of a search as the search page finds them, at most 2,000."""
    reference = request.reference
    form = SearchForm(request.GET, main_classes=main_classes(reference), places=places(reference))
    found = search_titles(
        form.text,
        availability=title_availability(),
        filters=form.filters,
        order=form.order,
        limit=MOST_HITS,
        gone_too=is_librarian(request),
    )
    return download(request, hits_table(found.hits))


def _index_form(request: SchoolRequest) -> IndexForm:
    return IndexForm(request.GET, courses=courses(), places=places(request.reference))


def _index_name(form: IndexForm) -> str:
    by = Grouping(form.asked.by)
    if by is Grouping.NONE:
        return _("Book list")
    return _("Index by %(heading)s") % {"heading": by.label}


def _shelf_form(request: SchoolRequest) -> ShelfListForm:
    return ShelfListForm(request.GET, places=places(request.reference))


def _part(request: SchoolRequest, copies: "QuerySet[Copy, Any]", *, asked: bool) -> "Page[Copy]":
    """One part of a list; nothing before somebody has said of what."""
    return Paginator(copies if asked else copies.none(), PART).get_page(request.GET.get("page"))


def _context(form: ListForm, page: "Page[Copy]") -> dict[str, Any]:
    return {"form": form, "page": page, "asked": bool(form.data), "today": timezone.localdate()}
