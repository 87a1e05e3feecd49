"""Looking a book up at other libraries: a page, a part of the title's form, and JSON for the fast lane."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.forms.servers import LookupForm
from catalog.queries.copy_cataloguing import Lookup, look_up
from library_site.http import SchoolRequest


@require_safe
@never_cache
def lookup(request: SchoolRequest) -> HttpResponse:
    """What other libraries know of `isbn`, else of the title `name`. Answers in any case, within fifteen seconds.

    JSON where that is wanted: `values` and `record` of a single hit (else null), all `hits`, and `failures`.
    """
    form = LookupForm(request.GET if request.GET else None, begins=True)
    asked = form.cleaned_data if form.asks else {}
    found = look_up(isbn=asked["isbn"], title=asked["name"]) if asked else None
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(_as_json(found))
    template = "catalog/sru/hits.html" if request.htmx else "catalog/sru/lookup.html"  # type: ignore[attr-defined]
    return render(request, template, {"form": form, "found": found})


def _as_json(found: Lookup | None) -> dict[str, Any]:
    hits = found.hits if found else []
    single = hits[0] if len(hits) == 1 else None
    return {
        "values": single.values if single else None,
        "record": single.token if single else None,
        "hits": [{"server": hit.server, "values": hit.values, "record": hit.token} for hit in hits],
        "failures": [{"server": failure.server, "text": failure.text} for failure in (found.failures if found else [])],
        "asked": found.asked if found else 0,
    }
