"""The classification: the tree with what the library has in it, one class, and what the class picker asks."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.queries.class_counts import class_counts
from catalog.queries.class_search import find_classes
from catalog.queries.class_tree import children, counts_below, divisions, names_to, titles_below
from library_site.http import SchoolRequest

TITLES = 50


@require_safe
def tree(request: SchoolRequest) -> HttpResponse:
    """The five divisions and their main classes; branches open on demand."""
    counts = class_counts()
    context = {"divisions": divisions(counts), "counts": counts, "only_used": _only_used(request)}
    return render(request, "catalog/clc/tree.html", context)


@require_safe
def branch(request: SchoolRequest, code: str) -> HttpResponse:
    """The classes below one, as a part of the tree."""
    branches = children(code, counts_below(code))
    return render(request, "catalog/clc/branches.html", {"branches": branches, "only_used": _only_used(request)})


@require_safe
def class_page(request: SchoolRequest, code: str) -> HttpResponse:
    """A class: where it stands, what is below it, and its titles as they stand on the shelf."""
    way = names_to([code]).get(code)
    if way is None:
        raise Http404
    counts = counts_below(code)
    titles = Paginator(titles_below(code).only("name", "author", "clc_number", "book_number"), TITLES)
    context = {
        "way": way[:-1],
        "here": way[-1],
        "count": counts.of(code),
        "branches": children(code, counts),
        "page": titles.get_page(request.GET.get("page")),
    }
    return render(request, "catalog/clc/class.html", context)


@require_safe
def find(request: SchoolRequest) -> HttpResponse:
    """The classes that the picker offers for what is typed."""
    text = request.GET.get("q", "")
    found = find_classes(text, user_id=request.user.pk)
    return render(request, "catalog/clc/found.html", {"found": found, "text": text.strip()})


def _only_used(request: SchoolRequest) -> bool:
    return request.GET.get("used") == "1"
