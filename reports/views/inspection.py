"""The inspection folder of a school year: which parts, and the folder itself on screen, on paper and for Word."""

from collections.abc import Sequence

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from library_site.http import SchoolRequest
from library_site.queries import school
from reports.exports.papers import folder_document
from reports.queries.inspection import Folder, folder_of
from reports.queries.periods import YEAR, ChosenPeriod, chosen
from reports.rules.inspection import KEYS, PARTS
from reports.views.documents import send_document


@require_safe
def choose(request: SchoolRequest) -> HttpResponse:
    """Which year and which parts; nothing is counted yet."""
    period = _period(request)
    return render(request, "reports/inspection/choose.html", {"chosen": period, "parts": PARTS})


@require_safe
def folder(request: SchoolRequest) -> HttpResponse:
    """The chosen parts in one print, with a contents page and lines to sign."""
    made = _folder(request)
    context = {"folder": made, "asked": request.GET.urlencode(), "today": timezone.localdate()}
    return render(request, "reports/inspection/folder.html", context)


@require_safe
def word(request: SchoolRequest) -> FileResponse:
    """The same as a Word document."""
    made, options = _folder(request), school(request.reference)
    name = options.name if options else ""
    return send_document(folder_document(made, school=name), f"{made.title} {made.label}")


def _period(request: SchoolRequest) -> ChosenPeriod | None:
    """The school year asked for; this one unless told."""
    today = timezone.localdate()
    found = chosen(request.GET, request.reference, today, kinds=(YEAR,))
    if found is None or found.kind == YEAR or found.year is None:
        return found
    return chosen({"year": str(found.year.start_year)}, request.reference, today, kinds=(YEAR,))


def _keys(request: SchoolRequest) -> Sequence[str]:
    """The parts asked for; all of them unless told."""
    asked = request.GET.getlist("part")
    return [key for key in KEYS if key in asked] or KEYS


def _folder(request: SchoolRequest) -> Folder:
    period = _period(request)
    if period is None or period.year is None:
        raise Http404
    return folder_of(period.year, _keys(request), reference=request.reference, today=timezone.localdate())
