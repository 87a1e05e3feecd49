"""The aims and items of a work plan: adding, changing, taking out, putting in order."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from library_site.http import SchoolRequest
from library_site.shared.reference import Reference
from readers.views.told import address_of
from reports.forms.plans import AimForm, ItemForm
from reports.models import PlanAim, PlanItem, WorkPlan
from reports.operations.plans import drop_line, move_up, save_line
from reports.queries.settings import report_options
from reports.rules.catalogue import CATALOGUE
from reports.rules.plans import months_of


@require_http_methods(["GET", "HEAD", "POST"])
def new_aim(request: SchoolRequest, semester_id: int) -> HttpResponse:
    """Adds an aim to a plan."""
    return _aim(request, PlanAim(plan=_plan(semester_id)))


@require_http_methods(["GET", "HEAD", "POST"])
def aim(request: SchoolRequest, aim_id: int) -> HttpResponse:
    """Changes an aim."""
    return _aim(request, get_object_or_404(PlanAim.objects.select_related("plan"), pk=aim_id))


@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: SchoolRequest, semester_id: int) -> HttpResponse:
    """Adds an item to a plan, in the month of the address (`?month=2026-03-01`) or in this one."""
    plan = _plan(semester_id)
    months = [month.isoformat() for month in months_of(plan.semester)]
    wanted = [request.GET.get("month", ""), timezone.localdate().replace(day=1).isoformat()]
    first = next((month for month in wanted if month in months), months[0])
    return _item(request, PlanItem(plan=plan), initial={"month": first})


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: SchoolRequest, item_id: int) -> HttpResponse:
    """Changes an item."""
    row = get_object_or_404(PlanItem.objects.select_related("plan__semester"), pk=item_id)
    return _item(request, row, initial={})


@require_POST
def up(request: SchoolRequest, kind: str, line_id: int) -> HttpResponse:
    """Puts an aim or an item before the one above it."""
    line = _line(kind, line_id)
    move_up(line=line, by=request.user, address=address_of(request))
    return redirect("plans:plan", line.plan.semester_id)


@require_POST
def remove(request: SchoolRequest, kind: str, line_id: int) -> HttpResponse:
    """Takes an aim or an item out of the plan."""
    line = _line(kind, line_id)
    drop_line(line=line, by=request.user, address=address_of(request))
    return redirect("plans:plan", line.plan.semester_id)


def _aim(request: SchoolRequest, row: PlanAim) -> HttpResponse:
    before = row.figure
    form = AimForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        changed = form.save(commit=False)
        if changed.figure != before:
            changed.variant = _variant(changed.figure, request.reference)
        return _saved(request, changed)
    return _form_page(request, form, row, "aim", _("Change an aim") if row.pk else _("New aim"))


def _item(request: SchoolRequest, row: PlanItem, *, initial: dict[str, Any]) -> HttpResponse:
    form = ItemForm(request.POST or None, instance=row, months=months_of(row.plan.semester), initial=initial)
    if form.is_bound and form.is_valid():
        return _saved(request, form.save(commit=False))
    return _form_page(request, form, row, "item", _("Change an item of work") if row.pk else _("New item of work"))


def _saved(request: SchoolRequest, row: PlanAim | PlanItem) -> HttpResponse:
    save_line(line=row, by=request.user, address=address_of(request))
    return redirect("plans:plan", row.plan.semester_id)


def _variant(figure: str, reference: Reference) -> str:
    """The formula that the school reckons by today: a target is tied to it."""
    spec = CATALOGUE.get(figure)
    return report_options(reference).circulation_rate if spec and spec.variants else ""


def _plan(semester_id: int) -> WorkPlan:
    return get_object_or_404(WorkPlan.objects.select_related("semester"), semester=semester_id)


def _line(kind: str, line_id: int) -> PlanAim | PlanItem:
    if kind == "aim":
        return get_object_or_404(PlanAim.objects.select_related("plan"), pk=line_id)
    if kind == "item":
        return get_object_or_404(PlanItem.objects.select_related("plan"), pk=line_id)
    raise Http404


def _form_page(request: SchoolRequest, form: Any, row: PlanAim | PlanItem, kind: str, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "semester_id": row.plan.semester_id, "kind": kind, "line": row}
    return render(request, "reports/plans/form.html", context, status=422 if form.errors else 200)
