"""Certificates: one a page, a whole class in one file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.queries.honours import MOST_CERTIFICATES, certified
from activities.queries.settings import activity_options
from activities.rules.certificates import certificate_of
from library_site.http import SchoolRequest
from readers.views.scope import classes_reached

FRAME = "frame"  # paper that bears frame and heading already


@require_safe
def print_certificates(request: SchoolRequest) -> HttpResponse:
    """`?honours=1,2,3`, `?activity=` or `?run=`; `?class=` for one class of them; `?paper=frame` for printed frames."""
    rows = certified(
        honours=[_number(part) for part in request.GET.get("honours", "").split(",") if part][:MOST_CERTIFICATES],
        activity_id=_number(request.GET.get("activity", "")) or None,
        run_id=_number(request.GET.get("run", "")) or None,
        classes=_classes(request),
    )
    context = {
        "certificates": [certificate_of(row) for row in rows],
        "signer": activity_options(request.reference).certificate_signer,
        "on_frame": request.GET.get("paper") == FRAME,
    }
    return render(request, "activities/honours/certificates.html", context)


def _classes(request: SchoolRequest) -> frozenset[int] | None:
    reached, wanted = classes_reached(request), request.GET.get("class", "")
    if not wanted:
        return reached
    chosen = frozenset({_number(wanted)})
    return chosen if reached is None else chosen & reached


def _number(text: str) -> int:
    """0 for an empty text, which is nobody's; anything but a number has no page."""
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Http404
    return int(text)
