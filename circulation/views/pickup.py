"""The pick-up shelf: what stands there, what is to be fetched or put back, and its papers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Copy
from circulation.forms.desk import LendForm
from circulation.models import Reservation
from circulation.operations.desk import Scan
from circulation.operations.pickup_shelf import set_aside, settle, tidy
from circulation.operations.scan import Answer, Desk, Tone, not_on_loan
from circulation.queries.pickup import TurnLine, came_free, on_the_shelf, to_fetch, to_tell
from circulation.views.desk import desk_act
from library_site.http import SchoolRequest
from library_site.shared.codes import normalise_code
from readers.queries.classes import classes_on
from readers.views.scope import classes_reached

PER_PAGE = 50
PAPERS = ("80", "58", "a4")


@require_safe
def shelf(request: SchoolRequest) -> HttpResponse:
    """What is ready, to fetch, to put back and to tell. What is over is ended first, so that nothing old is shown."""
    now = timezone.now()
    today = timezone.localdate(now)
    tidy(at=now, reference=request.reference)
    lines = on_the_shelf(request.reference, today)
    context = {
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "fetch": to_fetch(),
        "back": list(came_free()),
        "tell": to_tell(request.reference, today),
        "today": today,
    }
    return render(request, "circulation/reservations/shelf.html", context)


@require_POST
def set_aside_copy(request: SchoolRequest) -> HttpResponse:
    """A copy fetched from the shelf, by its barcode: set aside for the first who waits for its title."""
    code = normalise_code(request.POST.get("barcode", "")[:64])
    copy = Copy.objects.filter(barcode=code).only("pk").first()
    turn = set_aside(copy_id=copy.pk, at=timezone.now(), reference=request.reference) if copy else None
    if turn is None:
        messages.error(request, _("%(barcode)s: nobody waits for this book, or it is not in.") % {"barcode": code})
    else:
        assert turn.reader is not None
        text = _("%(barcode)s is set aside for %(name)s.")
        messages.success(request, text % {"barcode": code, "name": turn.reader.name})
    return redirect("reservations:shelf")


@desk_act(LendForm)
def fetched(data: Any, desk: Desk, scan: Scan) -> Answer:
    """As `set_aside_copy`, at the desk."""
    turn = set_aside(copy_id=data["copy"], at=desk.kept_from, reference=desk.reference)
    copy = Copy.objects.select_related("title", "location").get(pk=data["copy"])
    if turn is None:
        return not_on_loan(copy, desk)
    return Answer(Tone.RESERVED, _("Reserved: to the pick-up shelf"), desk.reader_id, copy=copy, turn=turn)


@require_POST
def done(request: SchoolRequest, reservation_id: int) -> HttpResponse:
    """The book is back on its shelf, or the reader is told."""
    turn = get_object_or_404(Reservation, pk=reservation_id)
    settle(reservation_id=turn.pk, at=timezone.now())
    return redirect("reservations:shelf")


@require_safe
def slip(request: SchoolRequest, reservation_id: int) -> HttpResponse:
    """The slip that goes into one book."""
    lines = on_the_shelf(request.reference, timezone.localdate(), only=reservation_id)
    if not lines:
        raise Http404
    return _slips(request, lines)


@require_safe
def slips(request: SchoolRequest) -> HttpResponse:
    """The slips of all books on the pick-up shelf; with `?today`, of those set aside today."""
    today = timezone.localdate()
    lines = on_the_shelf(request.reference, today)
    if "today" in request.GET:
        lines = [line for line in lines if line.turn.ready_at and timezone.localdate(line.turn.ready_at) == today]
    return _slips(request, lines)


def _slips(request: SchoolRequest, lines: list[TurnLine]) -> HttpResponse:
    """`?paper=`: a roll of 80 or 58 mm, or A4 with lines to cut; kept for the next time."""
    asked = request.GET.get("paper") or request.session.get("slip_paper", PAPERS[0])
    paper = asked if asked in PAPERS else PAPERS[0]
    if request.session.get("slip_paper") != paper:
        request.session["slip_paper"] = paper
    context = {"lines": lines, "paper": paper, "style": f"css/slip_{paper}.css"}
    return render(request, "circulation/reservations/slips.html", context)


@require_safe
def by_class(request: SchoolRequest) -> HttpResponse:
    """Whose book is ready, class by class, to read out; a class teacher sees the own class. No titles stand there."""
    today = timezone.localdate()
    reached = classes_reached(request)
    names = [row.name for row in classes_on(request.reference, today) if reached is None or row.pk in reached]
    groups: dict[str, list[TurnLine]] = {name: [] for name in names}
    for line in on_the_shelf(request.reference, today):
        if line.class_name in groups:
            groups[line.class_name].append(line)
        elif reached is None:
            groups.setdefault("", []).append(line)
    context: dict[str, Any] = {"groups": [(name, rows) for name, rows in groups.items() if rows], "today": today}
    return render(request, "circulation/reservations/by_class.html", context)
