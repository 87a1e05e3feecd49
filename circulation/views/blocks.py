"""Who may not borrow: suspensions for late books, and blocks by the librarian's word."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circulation.forms.blocks import ReasonForm
from circulation.operations.blocks import block, lift, unblock
from circulation.queries.blocks import blocked, blocks_of, suspended, suspensions_of
from circulation.queries.standing import reader_standing
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.people import find_readers


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Who is suspended and who is blocked; `?q=` finds a reader by class and name, number or pinyin."""
    today, text = timezone.localdate(), request.GET.get("q", "").strip()[:60]
    context = {
        "suspended": suspended(request.reference, today),
        "blocked": blocked(request.reference, today),
        "q": text,
        "found": find_readers(text, request.reference, today) if text else [],
    }
    return render(request, "circulation/blocks/overview.html", context)


@require_safe
def reader(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """One reader: what stops lending now, what did before."""
    today = timezone.localdate()
    context = {
        "reader": get_object_or_404(Reader, pk=reader_id),
        "standing": reader_standing(reader_id, today),
        "suspensions": suspensions_of(reader_id),
        "blocks": blocks_of(reader_id),
        "form": ReasonForm(),
        "today": today,
    }
    return render(request, "circulation/blocks/reader.html", context)


@require_POST
def stop(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """Blocks a reader, with a reason."""
    return _done(request, reader_id, lambda reason: block(reason=reason, **_who(request, reader_id)), _("Blocked."))


@require_POST
def go_on(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """Ends a block."""
    return _act(request, reader_id, lambda: unblock(**_who(request, reader_id)), _("The block has ended."))


@require_POST
def forgive(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """Lifts a suspension, with a reason."""
    done = _("The suspension was lifted.")
    return _done(request, reader_id, lambda reason: lift(reason=reason, **_who(request, reader_id)), done)


def _who(request: SchoolRequest, reader_id: int) -> dict[str, Any]:
    address = request.META.get("REMOTE_ADDR")
    return {"reader_id": reader_id, "by": request.user, "at": timezone.now(), "address": address}


def _done(request: SchoolRequest, reader_id: int, act: Callable[[str], Any], text: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why."))
        return redirect("blocks:reader", reader_id)
    return _act(request, reader_id, lambda: act(form.cleaned_data["reason"]), text)


def _act(request: SchoolRequest, reader_id: int, act: Callable[[], Any], text: str) -> HttpResponse:
    get_object_or_404(Reader, pk=reader_id)
    try:
        act()
        messages.success(request, text)
    except Refused as refusal:
        messages.error(request, " ".join(f"{problem.message} {problem.way_out}" for problem in refusal.problems))
    return redirect("blocks:reader", reader_id)
