"""Certificates: one a page, a whole class in one file."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.models import Honour
from activities.queries.honours import MOST_CERTIFICATES, certified
from activities.queries.settings import activity_options
from activities.rules.certificates import certificate_of
from library_site.http import SchoolRequest
from readers.queries.classes import NamedClass, classes_on
from readers.views.scope import classes_reached

FRAME = "frame"  # paper that bears frame and heading already


@require_safe
def print_certificates(request: SchoolRequest) -> HttpResponse:
    """`?honours=1,2,3`, `?activity=` or `?run=`; `?class=` for one class of them; `?paper=frame` for printed frames."""
    reached = classes_reached(request)
    rows = certified(
        honours=[_number(part) for part in request.GET.get("honours", "").split(",") if part][:MOST_CERTIFICATES],
        activity_id=_number(request.GET.get("activity", "")) or None,
        run_id=_number(request.GET.get("run", "")) or None,
        classes=reached,
    )
    chosen = _number(request.GET.get("class", ""))
    shown = [row for row in rows if not chosen or row.school_class_id == chosen]
    context = {
        "certificates": [certificate_of(row) for row in shown],
        "classes": _classes_of(rows, request),
        "chosen": chosen,
        "signer": activity_options(request.reference).certificate_signer,
        "on_frame": request.GET.get("paper") == FRAME,
    }
    return render(request, "activities/honours/certificates.html", context)


def _classes_of(rows: Iterable[Honour], request: SchoolRequest) -> list[NamedClass]:
    """The classes that have certificates among these, in the order of the school."""
    found = {row.school_class_id for row in rows}
    return [row for row in classes_on(request.reference, timezone.localdate()) if row.pk in found]


def _number(text: str) -> int:
    """0 for an empty text, which is nobody's; anything but a number has no page."""
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Http404
    return int(text)
