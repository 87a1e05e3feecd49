"""The page "Cataloguing": tiles to what the catalogue is made with, in the order of the work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from library_site.menu import Entry, drawn

ENTRIES: list[Entry] = [
    Entry("fast_lane:page", _("Fast lane"), "lightning-charge", _("Scan the ISBN, scan the label, next.")),
    Entry("clc:queue", _("To be classified"), "signpost-split", _("Titles without a class, with suggestions.")),
    Entry("clc:tree", _("CLC classes"), "diagram-2", _("The tree, and how much is in each class.")),
    Entry("records:new", _("New title"), "journal-plus", _("One book by hand, ISBN first.")),
    Entry("batches:batches", _("Batches"), "box-seam", _("What came in or was entered together.")),
    Entry("copies:move", _("Move books"), "arrow-left-right", _("To another place or batch, by scanning.")),
    Entry("copies:sets", _("Sets"), "collection", _("Sets of which volumes are missing.")),
    Entry("imports:overview", _("Imports"), "file-earmark-arrow-down", _("Sheets and MARC records.")),
    Entry("marc:export", _("MARC export"), "file-earmark-arrow-up", _("Records for other systems and libraries.")),
    Entry("sru:lookup", _("Copy cataloguing"), "cloud-download", _("What other libraries know of a book.")),
    Entry("labels:labels", _("Labels"), "upc", _("Spines, barcodes and shelf signs.")),
    Entry(
        "lists:index",
        _("Lists and indexes"),
        "list-columns",
        _("By class, subject, course, place; shelf list."),
    ),
]


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """Links to what this person may open of cataloguing."""
    return render(request, "catalog/records/hub.html", {"items": drawn(ENTRIES, request)})
