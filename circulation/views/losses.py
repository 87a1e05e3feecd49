"""Books reported lost or damaged by those who had them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circulation.forms.charges import DamageForm, LossForm, OnceForm
from circulation.models import Loan
from circulation.operations.desk import Scan
from circulation.operations.losses import report_damage, report_lost
from circulation.queries.prices import Worth, damage_degrees, worth_of
from circulation.views.desk import desk_name
from circulation.views.duty import on_duty_id
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused


@require_http_methods(["GET", "POST"])
def lost(request: SchoolRequest, loan_id: int) -> HttpResponse:
    """A book that is out is lost; what is asked for it is offered by its price and the rule of the loan."""
    loan = _loan(loan_id)
    worth = worth_of(loan, request.reference)
    form = LossForm(request.POST or None, worth=worth)
    if form.is_valid():
        try:
            report_lost(
                loan_id=loan.pk,
                amount=form.cleaned_data["amount"],
                details=worth.details(),
                by=request.user,
                at=timezone.now(),
                scan=_scan(request, form),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Reported lost: %(title)s") % {"title": loan.copy.title.name})
            return _back(loan)
    return _page(request, loan, worth, form, "circulation/charges/lost.html")


@require_http_methods(["GET", "POST"])
def damaged(request: SchoolRequest, loan_id: int) -> HttpResponse:
    """A book came back damaged, or is found so later; what is asked for follows the degree."""
    loan = _loan(loan_id)
    worth = worth_of(loan, request.reference)
    form = DamageForm(request.POST or None, worth=worth, degrees=damage_degrees(request.reference))
    if form.is_valid():
        try:
            data = form.cleaned_data
            report_damage(
                loan_id=loan.pk,
                amount=data["amount"],
                details={**worth.details(), "degree": data["degree"].name, "percent": str(data["degree"].percent)},
                to_repair=data["to_repair"],
                by=request.user,
                at=timezone.now(),
                scan=_scan(request, form),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Damage noted: %(title)s") % {"title": loan.copy.title.name})
            return _back(loan)
    return _page(request, loan, worth, form, "circulation/charges/damaged.html")


def _loan(loan_id: int) -> Loan:
    loan = Loan.objects.select_related("copy__title", "reader").filter(pk=loan_id, voided_at=None).first()
    if loan is None:
        raise Http404
    return loan


def _scan(request: SchoolRequest, form: OnceForm) -> Scan:
    """The report as an act of this desk, so that it can be undone there."""
    now = timezone.now()
    return Scan(form.cleaned_data["scan_id"], desk_name(request), scanned_at=now, on_duty=on_duty_id(request, now))


def _back(loan: Loan) -> HttpResponse:
    if loan.reader_id is None:
        return redirect("charges:overview")
    return redirect("charges:account", loan.reader_id)


def _page(request: SchoolRequest, loan: Loan, worth: Worth, form: Any, template: str) -> HttpResponse:
    context = {"loan": loan, "worth": worth, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)
