"""The amounts of reading that a school asks for, by grade."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.forms.quotas import QuotaForm, quota_initial
from activities.models import ReadingQuota
from activities.operations.quotas import remove_quota, save_quota
from activities.queries.audience import grades_text
from activities.queries.quotas import all_quotas
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.models.school import Stage
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.classes import grade_names, school_year_on, school_years
from readers.views.told import address_of


@require_safe
def quotas(request: SchoolRequest) -> HttpResponse:
    """All amounts."""
    ordered = sorted(all_quotas(request.reference), key=_place)
    rows = [(row, grades_text(row, request.reference), row.from_year + 1) for row in ordered]
    return render(request, "activities/quotas/quotas.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Sets an amount."""
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def quota(request: SchoolRequest, quota_id: int) -> HttpResponse:
    """Corrects an amount."""
    return _form_page(request, get_object_or_404(ReadingQuota, pk=quota_id))


@require_POST
def remove(request: SchoolRequest, quota_id: int) -> HttpResponse:
    """Takes an amount away."""
    remove_quota(quota_id=quota_id, by=request.user, address=address_of(request))
    messages.success(request, _("Removed."))
    return redirect("quotas:quotas")


def _place(row: ReadingQuota) -> tuple[Any, ...]:
    """Pupils first, by grade, the newest amount first."""
    order = [Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR]
    stage = order.index(Stage(row.stage)) if row.stage else -1
    return row.category != Reader.Category.STUDENT, stage, row.from_position or 0, -row.from_year, row.pk


def _form_page(request: SchoolRequest, row: ReadingQuota | None) -> HttpResponse:
    reference = request.reference
    year = school_year_on(reference, timezone.localdate())
    initial = quota_initial(row) if row else {"from_year": year.start_year if year else None}
    form = QuotaForm(
        request.POST or None, initial=initial, grades=grade_names(reference), years=school_years(reference)
    )
    if form.is_bound and form.is_valid():
        try:
            quota_id = row.pk if row else None
            save_quota(quota_id=quota_id, values=form.values(), by=request.user, address=address_of(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("quotas:quotas")
    return render(
        request, "activities/quotas/form.html", {"form": form, "row": row}, status=422 if form.errors else 200
    )
