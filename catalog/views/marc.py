"""Titles as a file of MARC records for another system, another library, or safe keeping."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.exports.marc import MarcFile, Shape, too_long
from catalog.forms.marc import MarcExportForm
from catalog.forms.search import SearchForm
from catalog.queries.browse import main_classes, places
from catalog.queries.chosen_titles import all_titles, titles_of_batch, titles_of_import, titles_of_numbers
from catalog.queries.search import Filters, Order, titles_found
from circulation.queries.availability import title_availability

GIVEN = ("what", "clc", "batch", "run", "numbers", "search", "format", "container", "encoding")


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Says what to export; posted, the file itself, record by record."""
    initial = {name: request.GET[name] for name in GIVEN if name in request.GET}
    form = MarcExportForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        titles = _chosen(request, form)
        if titles and not form.errors:
            return _file(titles, form.cleaned_data)
    context = {"form": form, "searched": bool(form["search"].value())}
    return render(request, "catalog/marc/export.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, form: MarcExportForm) -> list[int]:
    """The titles; what stands in the way is shown at the form."""
    asked = form.cleaned_data
    titles, unknown = _titles(request, asked)
    if unknown:
        shown = ", ".join(unknown[:10])
        form.add_error("numbers", _("Nothing bears these numbers: %(numbers)s") % {"numbers": shown})
    elif not titles:
        form.add_error(None, _("No title is meant by this."))
    elif asked["container"] == "iso" and (long := too_long(titles)):
        names = "; ".join(name[:40] for name in long[:5])
        form.add_error("container", _("Too long for ISO 2709, choose MARCXML: %(titles)s") % {"titles": names})
    return titles


def _titles(request: HttpRequest, asked: dict[str, Any]) -> tuple[list[int], list[str]]:
    match asked["what"]:
        case "list":
            return titles_of_numbers(asked["numbers"])
        case "batch":
            found = titles_of_batch(asked["batch"])
        case "run":
            found = titles_of_import(asked["run"])
        case "clc":
            found = titles_found("", filters=Filters(clc=asked["clc"]), order=Order.SHELF)
        case "search":
            found = _searched(request, asked["search"])
        case _:
            found = all_titles()
    return list(found.values_list("pk", flat=True)), []


def _searched(request: HttpRequest, asked: Any) -> Any:
    reference: Any = request.reference  # type: ignore[attr-defined]
    form = SearchForm(asked, main_classes=main_classes(reference), places=places(reference))
    return titles_found(form.text, availability=title_availability(), filters=form.filters, order=form.order)


def _file(titles: list[int], asked: dict[str, Any]) -> StreamingHttpResponse:
    shape = Shape(asked["format"], asked["container"], asked["encoding"])
    name = f"{_('Titles')} {localdate():%Y-%m-%d} {asked['format']}.{asked['container']}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return StreamingHttpResponse(MarcFile(titles, shape).chunks(), content_type=shape.media_type, headers=headers)
