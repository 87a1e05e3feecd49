"""Self-service: what whoever is logged in has out, waits for and owes, and what they may do about it themselves.

Other people's objects are as if they did not exist, and nothing here overrides a rule.
"""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Title
from circulation.models import CirculationEvent, Loan, Reservation
from circulation.operations.desk import Scan
from circulation.operations.renewal import renew, renew_all
from circulation.operations.reservation import cancel, place
from circulation.queries.history import looks_at, past_loans
from circulation.queries.own import Own, own, own_charges
from library_site.http import SchoolRequest
from library_site.shared.problems import Problem, Refused
from readers.models import Reader

PER_PAGE = 50
DESK = "self"  # what events name in place of a desk


class _OnceForm(forms.Form):
    """A form that is sent twice acts once."""

    scan_id = forms.UUIDField(required=False)


def own_overview(request: SchoolRequest) -> Own | None:
    """What a reader's start page says of the own books; None for an account that is no reader's. Four statements."""
    reader = Reader.objects.filter(account=request.user).first()
    return own(reader.pk, timezone.localdate(), request.reference) if reader else None


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Books, reservations and what stands against borrowing; an account that is no reader's is told so."""
    reader = Reader.objects.filter(account=request.user).first()
    context: dict[str, Any] = {"reader": reader, "today": timezone.localdate(), "scan_id": uuid.uuid4()}
    if reader:
        context |= {"own": own(reader.pk, timezone.localdate(), request.reference), "looks": looks_at(reader.pk)}
    return render(request, "circulation/own/overview.html", context)


@require_safe
def history(request: SchoolRequest) -> HttpResponse:
    """What was borrowed before."""
    page = Paginator(past_loans(_reader(request).pk), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "circulation/own/history.html", {"page": page})


@require_safe
def charges(request: SchoolRequest) -> HttpResponse:
    """What was and is owed, with every entry."""
    page = Paginator(own_charges(_reader(request).pk), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "circulation/own/charges.html", {"page": page})


@require_POST
def renew_one(request: SchoolRequest, loan_id: int) -> HttpResponse:
    """Renews a book of one's own by the rules, or says why not."""
    reader = _reader(request)
    loan = get_object_or_404(Loan.objects.select_related("copy__title"), pk=loan_id, reader=reader)
    try:
        event = renew(
            loan_id=loan.pk, by=request.user, at=timezone.now(), reference=request.reference, scan=_scan(request)
        )
    except Refused as refusal:
        _tell(request, loan, refusal.problems)
    else:
        messages.success(request, _renewed(loan, event))
    return redirect("own:overview")


@require_POST
def renew_every(request: SchoolRequest) -> HttpResponse:
    """Renews what can be renewed, and says of every other book why not."""
    events, refused = renew_all(
        reader_id=_reader(request).pk,
        by=request.user,
        at=timezone.now(),
        reference=request.reference,
        scan=_scan(request),
    )
    if events:
        count = ngettext("%(count)d renewed", "%(count)d renewed", len(events)) % {"count": len(events)}
        messages.success(request, count)
    for loan, problems in refused:
        _tell(request, loan, problems)
    return redirect("own:overview")


@require_POST
def reserve(request: SchoolRequest, title_id: int) -> HttpResponse:
    """Waits for a title in its queue, or says why that is not possible."""
    reader, title = _reader(request), get_object_or_404(Title.objects.only("name"), pk=title_id)
    try:
        place(title_id=title.pk, reader_id=reader.pk, by=request.user, at=timezone.now(), reference=request.reference)
    except Refused as refusal:
        values = {"title": title.name, "why": _why(refusal.problems)}
        messages.error(request, _("Not reserved: %(title)s. %(why)s") % values)
        return redirect("catalog:title", title_id)
    messages.success(request, _("Reserved: %(title)s.") % {"title": title.name})
    return redirect("own:overview")


@require_POST
def cancel_turn(request: SchoolRequest, reservation_id: int) -> HttpResponse:
    """Gives up a turn of one's own; one that has ended stays as it is."""
    own_turns = Reservation.objects.filter(reader=_reader(request), class_set=None)
    turn = get_object_or_404(own_turns.select_related("title"), pk=reservation_id)
    cancel(reservation_id=turn.pk, by=request.user, at=timezone.now(), reference=request.reference)
    messages.success(request, _("No longer reserved: %(title)s.") % {"title": turn.title.name})
    return redirect("own:overview")


def _reader(request: SchoolRequest) -> Reader:
    return get_object_or_404(Reader, account=request.user)


def _scan(request: SchoolRequest) -> Scan | None:
    form = _OnceForm(request.POST)
    ident = form.cleaned_data["scan_id"] if form.is_valid() else None
    return Scan(id=ident, desk=DESK, scanned_at=timezone.now()) if ident else None


def _renewed(loan: Loan, event: CirculationEvent) -> str:
    day = date_format(event.loan.due_on, "SHORT_DATE_FORMAT")
    return _("Renewed: %(title)s, due %(day)s.") % {"title": loan.copy.title.name, "day": day}


def _tell(request: SchoolRequest, loan: Loan, problems: list[Problem]) -> None:
    values = {"title": loan.copy.title.name, "why": _why(problems)}
    messages.error(request, _("Not renewed: %(title)s. %(why)s") % values)


def _why(problems: list[Problem]) -> str:
    """The reasons as they may be told to the reader: the librarian's note of a block is not."""
    blocked = _("Please see the librarian before you borrow.")
    return " ".join(blocked if problem.code == "reader_blocked" else str(problem.message) for problem in problems)
