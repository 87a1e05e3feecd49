"""How the school works with helpers: numbers, duty, criteria, periods, training items."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from library_site.http import SchoolRequest
from readers.forms.duty import DutyPeriodForm
from readers.forms.helpers import HelperOptionsForm
from readers.models import DutyPeriod, HelperOptions, TrainingItem
from readers.operations.helper_options import set_helper_options
from readers.operations.periods import drop_period, keep_period
from readers.operations.presets import add_duty_periods
from readers.queries.roster import periods
from readers.views.told import address_of, done_or_told


@require_http_methods(["GET", "HEAD", "POST"])
def options(request: SchoolRequest) -> HttpResponse:
    """The options; periods and training items below."""
    row = HelperOptions.objects.filter(pk=1).first() or HelperOptions(pk=1)
    form = HelperOptionsForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        set_helper_options(options=form.save(commit=False), by=request.user, address=address_of(request))
        messages.success(request, _("Saved."))
        return redirect("helpers:options")
    items = TrainingItem.objects.order_by("-is_taught", "position", "pk")
    context = {"form": form, "periods": periods(), "items": list(items), "may_write": True}
    return render(request, "readers/helpers/options.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def period(request: SchoolRequest, period_id: int | None = None) -> HttpResponse:
    """Adds or changes a duty period."""
    row = get_object_or_404(DutyPeriod, pk=period_id) if period_id else DutyPeriod()
    form = DutyPeriodForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        changed = form.save(commit=False)
        if done_or_told(request, lambda: keep_period(period=changed, by=request.user, address=address_of(request))):
            return redirect("helpers:options")
    context = {"form": form, "title": _("Duty period"), "back": "helpers:options"}
    return render(request, "readers/form_page.html", context, status=422 if form.is_bound else 200)


@require_POST
def period_away(request: SchoolRequest, period_id: int) -> HttpResponse:
    """Removes a period that nobody serves in."""
    row = get_object_or_404(DutyPeriod, pk=period_id)
    done_or_told(request, lambda: drop_period(period=row, by=request.user, address=address_of(request)))
    return redirect("helpers:options")


@require_POST
def preset_periods(request: SchoolRequest) -> HttpResponse:
    """The usual periods."""
    rows = add_duty_periods(by=request.user, address=address_of(request))
    messages.success(request, _("%(count)d duty periods added.") % {"count": len(rows)})
    return redirect("helpers:options")
