"""What helpers are taught, and who has learnt it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from library_site.http import SchoolRequest
from readers.forms.helpers import TrainingItemForm
from readers.models import Semester, TrainingItem
from readers.operations.presets import add_training_items
from readers.operations.training import keep_training_item, tick_training
from readers.queries.helpers import HelperRow, helper_rows, training_items, training_ticks
from readers.views.semester import needed_semester, page_of
from readers.views.told import address_of


@require_safe
def training(request: SchoolRequest) -> HttpResponse:
    """Helpers × items, with the date of each tick and who made it."""
    today = timezone.localdate()
    semester = needed_semester(request, today)
    helpers = _helpers(request, semester)
    items = training_items()
    ticks = training_ticks(list(helpers))
    rows = [(row, [(item, ticks.get((pk, item.pk))) for item in items]) for pk, row in helpers.items()]
    context = {**page_of(request, semester), "items": items, "rows": rows, "today": today}
    return render(request, "readers/helpers/training.html", context)


@require_POST
def tick(request: SchoolRequest) -> HttpResponse:
    """Ticks and takes back, as the page was sent; a new tick carries the chosen date, never one to come."""
    today = timezone.localdate()
    semester = needed_semester(request, today)
    readers, items = list(_helpers(request, semester)), [row.pk for row in training_items()]
    sent = set(request.POST.getlist("tick"))
    on = parse_date(request.POST.get("on", "")) or today
    added, gone = tick_training(
        readers=readers,
        items=items,
        ticked={(reader, item) for reader in readers for item in items if f"{reader}-{item}" in sent},
        on=min(on, today),
        by=request.user,
        address=address_of(request),
    )
    messages.success(request, _("%(added)d ticked, %(gone)d taken back.") % {"added": added, "gone": gone})
    return redirect(reverse("helpers:training", query={"semester": semester.pk}))


def _helpers(request: SchoolRequest, semester: Semester) -> dict[int, HelperRow]:
    return {row.reader.pk: row for row in helper_rows(semester, request.reference)}


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: SchoolRequest, item_id: int | None = None) -> HttpResponse:
    """Adds or changes a training item."""
    row = get_object_or_404(TrainingItem, pk=item_id) if item_id else TrainingItem(position=_next_position())
    form = TrainingItemForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        keep_training_item(item=form.save(commit=False), by=request.user, address=address_of(request))
        return redirect("helpers:options")
    context = {"form": form, "title": _("Training item"), "back": "helpers:options"}
    return render(request, "readers/form_page.html", context, status=422 if form.errors else 200)


@require_POST
def preset(request: SchoolRequest) -> HttpResponse:
    """The usual items."""
    rows = add_training_items(by=request.user, address=address_of(request))
    messages.success(request, _("%(count)d training items added.") % {"count": len(rows)})
    return redirect("helpers:options")


def _next_position() -> int:
    return TrainingItem.objects.count() + 1
