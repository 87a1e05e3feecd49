"""Copies of a title, and one copy: entered, corrected, given another barcode, taken off the records."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.forms.copies import AddCopiesForm, BarcodeForm, CopyForm, StateForm
from catalog.models import Copy, Title
from catalog.operations.barcodes import change_barcode
from catalog.operations.copies import add_copies, change_copy, delete_copy
from catalog.queries.copies import copies_of_title, copies_with_places
from catalog.queries.fast_lane import volumes_held
from catalog.rules.barcodes import NO_DIGITS, number_range
from catalog.rules.sets import missing_volumes
from circulation.operations.copy_state import change_copy_state
from circulation.queries.availability import due_on
from library_site.audit_log.rows import Filters, page_of
from library_site.audit_log.values import Names
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.audit import lines


@require_safe
def of_title(request: SchoolRequest, title_id: int) -> HttpResponse:
    """All copies of a title, those gone included, with barcode, place and state."""
    title = get_object_or_404(Title, pk=title_id)
    copies = list(copies_of_title(title.pk, due_on=due_on()))
    held = [copy.volume for copy in copies if not copy.is_gone]
    missing = missing_volumes(held, title.volumes) if title.volumes and held else []
    context = {"title": title, "copies": copies, "missing": missing, "today": timezone.localdate()}
    return render(request, "catalog/copies/of_title.html", context)


def add(request: SchoolRequest, title_id: int) -> HttpResponse:
    """Enters copies of a title; the whole range of numbers is checked before anything is written."""
    title = get_object_or_404(Title, pk=title_id)
    missing = missing_volumes(volumes_held(title.pk), title.volumes) if title.volumes else []
    initial = {"price": title.price, "batch": request.GET.get("batch")}
    form = AddCopiesForm(request.POST or None, title=title, missing=missing, initial=initial)
    if form.is_valid() and (copies := _add(request, title, form)):
        text = ngettext("%(count)d copy entered: %(numbers)s", "%(count)d copies entered: %(numbers)s", len(copies))
        numbers = copies[0].barcode if len(copies) == 1 else f"{copies[0].barcode} – {copies[-1].barcode}"
        messages.success(request, text % {"count": len(copies), "numbers": numbers})
        return redirect("copies:of_title", title.pk)
    status = 422 if form.errors else 200
    return render(request, "catalog/copies/add.html", {"form": form, "title": title}, status=status)


def _add(request: SchoolRequest, title: Title, form: AddCopiesForm) -> list[Copy]:
    data = form.cleaned_data
    volumes = data.get("volumes") or []
    wanted = data["count"] * max(1, len(volumes))
    barcodes = number_range(data["barcode"], wanted) if data["barcode"] else None
    try:
        if barcodes == []:
            raise Refused([NO_DIGITS])
        return add_copies(
            title_id=title.pk,
            barcodes=barcodes,
            count=data["count"],
            location_id=data["location"].pk,
            price=data["price"],
            source=data["source"],
            batch_id=data["batch"].pk if data["batch"] else None,
            volumes=volumes,
            acquired_on=data["acquired_on"],
            labelled_at=timezone.now() if data["labelled"] else None,
            by=request.user,
            address=request.META.get("REMOTE_ADDR"),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return []


def copy(request: SchoolRequest, copy_id: int) -> HttpResponse:
    """One copy: what it is, and what may be corrected."""
    shown = _copy(copy_id)
    form = CopyForm(request.POST or None, initial=_initial(shown))
    if form.is_valid():
        try:
            changes = change_copy(copy_id=shown.pk, values=form.values, **_who(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved.") if changes else _("Nothing was changed."))
            return redirect("copies:copy", shown.pk)
    return _page(request, shown, form=form)


@require_POST
def barcode(request: SchoolRequest, copy_id: int) -> HttpResponse:
    """Gives the copy another barcode; the old one stays its own."""
    shown = _copy(copy_id)
    form = BarcodeForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, barcode_form=form)
    data = form.cleaned_data
    labelled_at = timezone.now() if data["labelled"] else None
    try:
        changed = change_barcode(
            copy_id=shown.pk, barcode=data["barcode"], reason=data["reason"], labelled_at=labelled_at, **_who(request)
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return _page(request, shown, barcode_form=form)
    text = _("The barcode is now %(new)s; %(old)s still leads to this copy.")
    messages.success(request, text % {"new": changed.barcode, "old": shown.barcode})
    return redirect("copies:copy", shown.pk)


@require_POST
def state(request: SchoolRequest, copy_id: int) -> HttpResponse:
    """Notes what has become of the copy."""
    shown = _copy(copy_id)
    form = StateForm(request.POST)
    if form.is_valid():
        try:
            state_now = form.cleaned_data["state"]
            changed = change_copy_state(copy_id=shown.pk, state=state_now, at=timezone.now(), **_who(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("State: %(state)s") % {"state": changed.get_state_display()})
            return redirect("copies:copy", shown.pk)
    return _page(request, shown, state_form=form)


@require_POST
def delete(request: SchoolRequest, copy_id: int) -> HttpResponse:
    """Takes a copy that was entered by mistake off the records; with a history it is refused, and why."""
    shown = _copy(copy_id)
    try:
        delete_copy(copy_id=shown.pk, **_who(request))
    except Refused as refusal:
        return _page(request, shown, problems=refusal.problems)
    messages.success(request, _("Copy %(barcode)s was deleted.") % {"barcode": shown.barcode})
    return redirect("copies:of_title", shown.title_id)


def _copy(copy_id: int) -> Copy:
    return get_object_or_404(copies_with_places(), pk=copy_id)


def _who(request: SchoolRequest) -> dict[str, Any]:
    return {"by": request.user, "address": request.META.get("REMOTE_ADDR")}


def _initial(shown: Copy) -> dict[str, Any]:
    names = ("volume", "accession_number", "price", "source", "acquired_on", "condition", "in_room_only", "note")
    return {**{name: getattr(shown, name) for name in names}, "location": shown.location_id, "batch": shown.batch_id}


def _page(request: SchoolRequest, shown: Copy, *, problems: Any = (), **forms: Any) -> HttpResponse:
    history, _following = page_of(Filters(kind="catalog.Copy", obj=shown.pk), after=None, names=Names({}))
    context = {
        "copy": shown,
        "history": lines(history),
        "former": shown.former_barcodes.order_by("-replaced_at"),
        "form": forms.get("form") or CopyForm(initial=_initial(shown)),
        "barcode_form": forms.get("barcode_form") or BarcodeForm(),
        "state_form": forms.get("state_form") or StateForm(initial={"state": shown.state}),
        "problems": problems,
    }
    refused = bool(problems) or any(form.errors for form in forms.values())
    return render(request, "catalog/copies/copy.html", context, status=422 if refused else 200)
