"""Prices where none is known, and degrees of damage."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circulation.forms.charges import DefaultPricesForm, DegreeForm
from circulation.models import DamageDegree
from circulation.operations.charge_rates import delete_degree, save_default_prices, save_degree
from circulation.queries.prices import damage_degrees
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused


@require_http_methods(["GET", "POST"])
def rates(request: SchoolRequest) -> HttpResponse:
    """Both on one page; a POST saves the prices."""
    form = DefaultPricesForm(request.POST or None)
    if form.is_valid():
        save_default_prices(prices=form.cleaned_data, by=request.user, address=request.META.get("REMOTE_ADDR"))
        messages.success(request, _("Saved."))
        return redirect("charges:rates")
    context = {"form": form, "degrees": damage_degrees(request.reference)}
    return render(request, "circulation/charges/rates.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new_degree(request: SchoolRequest) -> HttpResponse:
    """A new degree of damage."""
    return _degree(request, DegreeForm(request.POST or None), None)


@require_http_methods(["GET", "POST"])
def degree(request: SchoolRequest, degree_id: int) -> HttpResponse:
    """Changes a degree of damage."""
    row = get_object_or_404(DamageDegree, pk=degree_id)
    initial = {"name": row.name, "percent": row.percent}
    return _degree(request, DegreeForm(request.POST or None, initial=initial), row.pk)


def _degree(request: SchoolRequest, form: DegreeForm, degree_id: int | None) -> HttpResponse:
    if form.is_valid():
        try:
            address = request.META.get("REMOTE_ADDR")
            save_degree(degree_id=degree_id, by=request.user, address=address, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("charges:rates")
    context = {"form": form, "degree_id": degree_id}
    return render(request, "circulation/charges/degree.html", context, status=422 if form.errors else 200)


@require_POST
def degree_away(request: SchoolRequest, degree_id: int) -> HttpResponse:
    """Takes a degree away."""
    get_object_or_404(DamageDegree, pk=degree_id)
    delete_degree(degree_id=degree_id, by=request.user, address=request.META.get("REMOTE_ADDR"))
    messages.success(request, _("Removed."))
    return redirect("charges:rates")
