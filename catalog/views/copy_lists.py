"""Many copies at once: moved by scanning or by selection; and sets with volumes missing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalog.exports.copies import sets_table
from catalog.forms.copies import MOST_SCANNED, MoveForm
from catalog.models import Copy
from catalog.operations.copies import move_copies
from catalog.queries.copies import Scanned, copies_scanned, incomplete_sets
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.downloads import download

ROWS = 50


def move(request: SchoolRequest) -> HttpResponse:
    """The books by their numbers: first what they are, then to where. Nothing moves before that was seen."""
    if request.method != "POST":
        return _move_page(request, MoveForm(initial={"barcodes": _chosen(request)}), None)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _move_page(request, form, None)
    scanned = copies_scanned(form.cleaned_data["barcodes"])
    if "move" in request.POST and _move(request, form, scanned):
        return redirect("copies:move")
    return _move_page(request, form, scanned)


def _chosen(request: SchoolRequest) -> str:
    """The barcodes of what another page has chosen: copies by their keys, or a whole batch."""
    rows = Copy.objects.none()
    if keys := [key for key in request.GET.getlist("copy") if key.isdecimal() and len(key) < 18]:
        rows = Copy.objects.filter(pk__in=keys)
    elif request.GET.get("batch", "").isdecimal():
        rows = Copy.objects.filter(batch=int(request.GET["batch"]))
    return "\n".join(rows.order_by("barcode").values_list("barcode", flat=True)[:MOST_SCANNED])


def _move(request: SchoolRequest, form: MoveForm, scanned: Scanned) -> bool:
    data = form.cleaned_data
    try:
        moved = move_copies(
            copy_ids=[copy.pk for copy in scanned.copies],
            location_id=data["location"].pk if data["location"] else None,
            batch_id=data["batch"].pk if data["batch"] else None,
            by=request.user,
            address=request.META.get("REMOTE_ADDR"),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    text = ngettext("%(count)d copy was moved.", "%(count)d copies were moved.", moved)
    messages.success(request, text % {"count": moved})
    return True


def _move_page(request: SchoolRequest, form: MoveForm, scanned: Scanned | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "catalog/copies/move.html", {"form": form, "scanned": scanned}, status=status)


@require_safe
def sets(request: SchoolRequest) -> HttpResponse:
    """Sets of which volumes are missing."""
    page = Paginator(incomplete_sets(), ROWS).get_page(request.GET.get("page"))
    return render(request, "catalog/copies/sets.html", {"page": page})


@require_safe
def export_sets(request: SchoolRequest) -> FileResponse:
    """The same as a file."""
    return download(request, sets_table(incomplete_sets()))
