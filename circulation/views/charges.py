"""Money that readers owe: who owes, the account of one, and how each charge is settled."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circulation.exports.charges import owing_table
from circulation.forms.charges import (
    MendedForm,
    OnceForm,
    PayForm,
    ReasonForm,
    RefundForm,
    ReplacementForm,
    WaiverForm,
)
from circulation.models import Charge, ChargeEntry
from circulation.operations.losses import mend
from circulation.operations.payments import pay, refund, settle, take_back_entry
from circulation.operations.replacements import replace_with_same
from circulation.queries.accounts import ChargeLine, Owing, account_of, charge_line, owing, receipts_of, to_pay_back
from circulation.queries.board import open_lines
from circulation.queries.prices import worth_of
from circulation.rules.charges import NOUGHT
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.models import Reader
from readers.queries.classes import class_names_on, classes_on

PER_PAGE = 100


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Who owes, class by class, and whose money waits to be paid back."""
    chosen, rows = _owing(request)
    today = timezone.localdate()
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "total": sum((row.owed for row in rows), NOUGHT),
        "classes": classes_on(request.reference, today),
        "chosen": chosen,
        "to_pay_back": to_pay_back(),
    }
    return render(request, "circulation/charges/overview.html", context)


@require_safe
def export_owing(request: SchoolRequest) -> FileResponse:
    """The list of the page."""
    return download(request, owing_table(_owing(request)[1]))


def _owing(request: SchoolRequest) -> tuple[int | None, list[Owing]]:
    asked = request.GET.get("class", "")
    chosen = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    return chosen, owing(request.reference, timezone.localdate(), class_id=chosen)


@require_http_methods(["GET", "POST"])
def account(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """What one reader owes and owed; a POST takes a payment and shows its receipt."""
    reader = get_object_or_404(Reader, pk=reader_id)
    found = account_of(reader_id)
    form = PayForm(request.POST or None, lines=found.open_lines)
    if form.is_valid():
        try:
            data = form.cleaned_data
            receipt = pay(
                reader_id=reader_id,
                charge_ids=data["charges"],
                amount=data["amount"],
                by=request.user,
                at=timezone.now(),
                scan_id=data["scan_id"],
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Taken: %(amount)s yuan.") % {"amount": data["amount"]})
            return redirect("charges:receipt", receipt.pk)
    chosen = {str(pk) for pk in form["charges"].value() or ()}
    context = {
        "reader": reader,
        "class_name": _class_name(request, reader),
        "account": found,
        "form": form,
        "rows": [(line, str(line.charge.pk) in chosen) for line in found.open_lines],
        "loans": open_lines(reader_id, timezone.localdate(), request.reference),
        "receipts": receipts_of(reader_id),
    }
    return render(request, "circulation/charges/account.html", context, status=422 if form.errors else 200)


def _class_name(request: SchoolRequest, reader: Reader) -> str:
    stay = reader.memberships.filter(until=None).first()
    names = class_names_on(request.reference, timezone.localdate())
    return names.get(stay.school_class_id, "") if stay else ""


@require_safe
def charge(request: SchoolRequest, charge_id: int) -> HttpResponse:
    """How a charge came about, its entries, and the ways to settle it."""
    return _charge_page(request, _line(charge_id))


def _line(charge_id: int) -> ChargeLine:
    line = charge_line(charge_id)
    if line is None:
        raise Http404
    return line


def _charge_page(request: SchoolRequest, line: ChargeLine, bound: OnceForm | None = None) -> HttpResponse:
    forms = {form.prefix: form for form in _forms(request, line)}
    if bound is not None:
        forms[bound.prefix] = bound
    context = {"line": line, "reader": line.charge.reader, "forms": forms, "bound": bound.prefix if bound else ""}
    return render(request, "circulation/charges/charge.html", context, status=422 if bound is not None else 200)


def _forms(request: SchoolRequest, line: ChargeLine) -> list[OnceForm]:
    """The ways that are open: those of what is left, and paying back what was paid."""
    forms: list[OnceForm] = []
    left = {"amount": line.now.balance}
    if line.is_open:
        forms.append(WaiverForm(prefix="waive", initial=left))
        if line.charge.copy is not None:
            forms += [ReplacementForm(prefix="replace", initial=_as_before(request, line.charge))]
            forms += [MendedForm(prefix="mend")]
    if line.now.paid > 0:
        reason = _("The book was found again.") if line.found else ""
        forms.append(RefundForm(prefix="refund", initial={"amount": line.now.paid, "reason": reason}))
    if line.standing_entries:
        forms.append(ReasonForm(prefix="take_back"))
    return forms


def _as_before(request: SchoolRequest, charge: Charge) -> dict[str, Any]:
    """A new copy stands where the lost one stood, at its price."""
    assert charge.copy is not None
    price = worth_of(charge.loan, request.reference).price if charge.loan else charge.copy.price
    return {"location": charge.copy.location_id, "price": price}


Act = Callable[[SchoolRequest, ChargeLine, dict[str, Any]], str]


def _settling(prefix: str, form_class: type[OnceForm], act: Act) -> Callable[[SchoolRequest, int], HttpResponse]:
    """The view of a way to settle: what was refused is told at its own form on the page of the charge."""

    @require_POST
    def view(request: SchoolRequest, charge_id: int) -> HttpResponse:
        line = _line(charge_id)
        form = form_class(request.POST, prefix=prefix)
        if form.is_valid():
            try:
                messages.success(request, act(request, line, form.cleaned_data))
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                return redirect("charges:charge", charge_id)
        return _charge_page(request, _line(charge_id), form)

    return view


def _common(request: SchoolRequest, data: dict[str, Any]) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now(), "scan_id": data["scan_id"]}


def _waive(request: SchoolRequest, line: ChargeLine, data: dict[str, Any]) -> str:
    common = _common(request, data)
    kind = ChargeEntry.Kind.WAIVER
    settle(charge_id=line.charge.pk, kind=kind, amount=data["amount"], reason=data["reason"], **common)
    return _("Waived: %(amount)s yuan.") % {"amount": data["amount"]}


def _mend(request: SchoolRequest, line: ChargeLine, data: dict[str, Any]) -> str:
    mend(charge_id=line.charge.pk, reason=data["reason"], **_common(request, data))
    return _("Settled: the book was mended.")


def _replace(request: SchoolRequest, line: ChargeLine, data: dict[str, Any]) -> str:
    copy = replace_with_same(
        charge_id=line.charge.pk,
        barcode=data["barcode"],
        location_id=data["location"].pk,
        price=data["price"],
        on=timezone.localdate(),
        **_common(request, data),
    )
    return _("Settled: the same book was entered as %(number)s.") % {"number": copy.accession_number}


def _refund(request: SchoolRequest, line: ChargeLine, data: dict[str, Any]) -> str:
    receipt = refund(charge_id=line.charge.pk, amount=data["amount"], reason=data["reason"], **_common(request, data))
    return _("Paid back: %(amount)s yuan, receipt %(number)s.") % {"amount": data["amount"], "number": receipt.number}


def _take_back(request: SchoolRequest, line: ChargeLine, data: dict[str, Any]) -> str:
    """The last of what was settled without cash."""
    if line.standing_entries:
        entry = line.standing_entries[-1]
        take_back_entry(entry_id=entry.pk, reason=data["reason"], by=request.user, at=timezone.now())
    return _("Taken back.")


waive = _settling("waive", WaiverForm, _waive)
replace = _settling("replace", ReplacementForm, _replace)
mended = _settling("mend", MendedForm, _mend)
pay_back = _settling("refund", RefundForm, _refund)
take_back = _settling("take_back", ReasonForm, _take_back)
