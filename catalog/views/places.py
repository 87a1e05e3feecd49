"""Where books stand: places, and the shelves of each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.forms.places import PlaceForm, ShelfForm
from catalog.models import Location, Shelf
from catalog.operations.places import remove_place, remove_shelf, save_place, save_shelf
from catalog.queries.places import places_with_counts, shelf_rows
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """All places with what stands there."""
    return render(request, "catalog/places/overview.html", {"places": places_with_counts()})


@require_http_methods(["GET", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """A new place."""
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if made := _posted(request, form, lambda: save_place(location_id=None, **form.cleaned_data, **_who(request))):
        messages.success(request, _("Saved."))
        return redirect("places:place", made.pk)
    return render(request, "catalog/places/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def place(request: SchoolRequest, location_id: int) -> HttpResponse:
    """One place: its name and hint, and its shelves."""
    found = get_object_or_404(Location, pk=location_id)
    form = PlaceForm(request.POST if request.method == "POST" else None, place=found)
    if _posted(request, form, lambda: save_place(location_id=location_id, **form.cleaned_data, **_who(request))):
        messages.success(request, _("Saved."))
        return redirect("places:overview")
    return _place_page(request, found, form=form, shelf_form=ShelfForm())


@require_POST
def remove(request: SchoolRequest, location_id: int) -> HttpResponse:
    """Takes away a place where nothing stands."""
    get_object_or_404(Location, pk=location_id)
    try:
        remove_place(location_id=location_id, **_who(request))
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, f"{problem.message} {problem.way_out}")
        return redirect("places:place", location_id)
    messages.success(request, _("The place is removed."))
    return redirect("places:overview")


@require_POST
def add_shelf(request: SchoolRequest, location_id: int) -> HttpResponse:
    """A new shelf of a place."""
    found = get_object_or_404(Location, pk=location_id)
    form = ShelfForm(request.POST)
    if _posted(request, form, lambda: _save_shelf(request, None, location_id, form)):
        return redirect("places:place", location_id)
    return _place_page(request, found, form=PlaceForm(place=found), shelf_form=form)


@require_http_methods(["GET", "POST"])
def shelf(request: SchoolRequest, shelf_id: int) -> HttpResponse:
    """One shelf."""
    found = get_object_or_404(Shelf.objects.select_related("location"), pk=shelf_id)
    form = ShelfForm(request.POST if request.method == "POST" else None, shelf=found)
    if _posted(request, form, lambda: _save_shelf(request, shelf_id, found.location_id, form)):
        messages.success(request, _("Saved."))
        return redirect("places:place", found.location_id)
    context = {"form": form, "shelf": found}
    return render(request, "catalog/places/shelf.html", context, status=422 if form.errors else 200)


@require_POST
def shelf_away(request: SchoolRequest, shelf_id: int) -> HttpResponse:
    """Takes a shelf away."""
    found = get_object_or_404(Shelf, pk=shelf_id)
    remove_shelf(shelf_id=shelf_id, **_who(request))
    messages.success(request, _("The shelf is removed."))
    return redirect("places:place", found.location_id)


def _place_page(request: SchoolRequest, found: Location, *, form: PlaceForm, shelf_form: ShelfForm) -> HttpResponse:
    rows, before = shelf_rows(found.pk)
    context = {"place": found, "form": form, "shelf_form": shelf_form, "shelves": rows, "before": before}
    wrong = form.errors or shelf_form.errors
    return render(request, "catalog/places/place.html", context, status=422 if wrong else 200)


def _save_shelf(request: SchoolRequest, shelf_id: int | None, location_id: int, form: ShelfForm) -> Shelf:
    return save_shelf(shelf_id=shelf_id, location_id=location_id, **form.cleaned_data, **_who(request))


def _posted(request: SchoolRequest, form: Any, save: Callable[[], Any]) -> Any:
    """What was saved; None where nothing was sent, or with the reasons at the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return save()
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _who(request: SchoolRequest) -> dict[str, Any]:
    return {"by": request.user, "address": request.META.get("REMOTE_ADDR")}
