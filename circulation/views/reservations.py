"""The queues: which titles are waited for, who waits for one, and reserving for a reader."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Copy, Title
from circulation.forms.reservations import ReserveForm
from circulation.models import Reservation
from circulation.operations.reservation import cancel, place, problems_of
from circulation.queries.identify import identify
from circulation.queries.pickup import ended_lately, queue_of, waited_for
from library_site.http import SchoolRequest
from library_site.shared.codes import normalise_code
from library_site.shared.problems import Problem, Refused
from readers.models import Reader
from readers.queries.people import FoundReader, find_readers

PER_PAGE = 50


@require_safe
def waiting(request: SchoolRequest) -> HttpResponse:
    """Titles that somebody waits for, the longest wait first."""
    page = Paginator(waited_for(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "circulation/reservations/waiting.html", {"page": page})


@require_safe
def queue(request: SchoolRequest, title_id: int) -> HttpResponse:
    """Who waits for a title; with `?who=` a card, school number or name, whether that reader can reserve it."""
    title = get_object_or_404(Title, pk=title_id)
    return _queue_page(request, title, meant(request, request.GET.get("who", "")))


@dataclass(frozen=True)
class Meant:
    """Whom a text means: the one reader, or those it could be; `problems` are what speaks against reserving."""

    text: str = ""
    reader: Reader | None = None
    choices: tuple[FoundReader, ...] = ()
    problems: tuple[Problem, ...] = ()


def meant(request: SchoolRequest, text: str) -> Meant:
    """The reader of a card or school number, else of a name or its pinyin; `?reader=` names the one chosen."""
    text = text.strip()[:64]
    chosen = request.GET.get("reader", "")
    if chosen.isdecimal() and len(chosen) < 10:
        return Meant(text, Reader.objects.filter(pk=int(chosen)).first())
    if not text:
        return Meant()
    found = identify(text)
    reader_id = found.card.reader_id if found.card else found.reader_by_number
    if reader_id is not None:
        return Meant(text, Reader.objects.get(pk=reader_id))
    choices = find_readers(text, request.reference, timezone.localdate())
    if len(choices) == 1:
        return Meant(text, Reader.objects.get(pk=choices[0].reader_id))
    return Meant(text, choices=tuple(choices))


def _queue_page(request: SchoolRequest, title: Title, who: Meant, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    problems = who.problems
    if who.reader is not None and not problems:
        problems = tuple(
            problems_of(title_id=title.pk, reader_id=who.reader.pk, at=timezone.now(), reference=request.reference)
        )
    codes = {problem.code for problem in problems}
    context: dict[str, Any] = {
        "title": title,
        "lines": queue_of(title.pk, request.reference, today),
        "ended": ended_lately(title.pk, request.reference, today),
        "who": who,
        "problems": problems,
        "copy_is_in": codes == {"copy_is_in"},
        "overridable": bool(problems) and all(problem.overridable for problem in problems),
        "today": today,
    }
    return render(request, "circulation/reservations/queue.html", context, status=status)


@require_POST
def reserve(request: SchoolRequest, title_id: int) -> HttpResponse:
    """Reserves the title for a reader; with `fetched`, the barcode of a copy at hand, it is set aside at once."""
    title = get_object_or_404(Title, pk=title_id)
    form = ReserveForm(request.POST)
    reader = Reader.objects.filter(pk=form.cleaned_data["reader"]).first() if form.is_valid() else None
    if reader is None:
        messages.error(request, _("No such reader."))
        return redirect("reservations:queue", title.pk)
    now, data = timezone.now(), form.cleaned_data
    problems = problems_of(title_id=title.pk, reader_id=reader.pk, at=now, reference=request.reference)
    try:
        turn = place(
            title_id=title.pk,
            reader_id=reader.pk,
            by=request.user,
            at=now,
            reference=request.reference,
            overrides=[problem.code for problem in problems] if data["reason"] else (),
            reason=data["reason"],
            fetched=_copy_at_hand(title, data["fetched"]),
        )
    except Refused as refusal:
        return _queue_page(request, title, Meant(reader=reader, problems=tuple(refusal.problems)), status=409)
    ready = turn.state == Reservation.State.READY
    text = _("Set aside for %(name)s.") if ready else _("Reserved for %(name)s.")
    messages.success(request, text % {"name": reader.name})
    return redirect("reservations:queue", title.pk)


def _copy_at_hand(title: Title, barcode: str) -> int | None:
    if not barcode.strip():
        return None
    copy = Copy.objects.filter(title=title, barcode=normalise_code(barcode)).only("pk").first()
    return copy.pk if copy else None


@require_POST
def cancel_turn(request: SchoolRequest, reservation_id: int) -> HttpResponse:
    """Gives a turn up for its reader."""
    turn = get_object_or_404(Reservation, pk=reservation_id)
    reason = request.POST.get("reason", "")
    cancel(reservation_id=turn.pk, by=request.user, at=timezone.now(), reference=request.reference, reason=reason)
    messages.success(request, _("The reservation was cancelled."))
    return redirect("reservations:queue", turn.title_id)
