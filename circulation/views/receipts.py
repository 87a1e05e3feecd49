"""Receipts, and the count of the cash box."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circulation.exports.charges import receipts_table
from circulation.forms.charges import CashUpForm, FinanceNumberForm, ReasonForm
from circulation.models import CashUp, Receipt
from circulation.operations.cash_up import count_cash
from circulation.operations.payments import note_finance_number, take_back_receipt
from circulation.queries.accounts import receipt_sheet, receipt_sheets
from circulation.queries.cash import cash_box, counts, listed_entries
from circulation.rules.capitals import in_capitals
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.queries.classes import class_names_on

PER_PAGE, COUNTS = 50, 30
PAPERS = ("a5", "80")


@require_safe
def receipts(request: SchoolRequest) -> HttpResponse:
    """All receipts, the newest first; `?without=1` those that the finance office has given no number yet."""
    page = Paginator(_receipts(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "sheets": receipt_sheets(list(page.object_list)), "without": "without" in request.GET}
    return render(request, "circulation/charges/receipts.html", context)


@require_safe
def export_receipts(request: SchoolRequest) -> FileResponse:
    """The receipts of the page, for the finance office."""
    return download(request, receipts_table(receipt_sheets(list(_receipts(request)))))


def _receipts(request: SchoolRequest) -> QuerySet[Receipt]:
    rows = Receipt.objects.select_related("reader", "by").order_by("-pk")
    return rows.filter(finance_number="") if "without" in request.GET else rows


@require_safe
def receipt(request: SchoolRequest, receipt_id: int) -> HttpResponse:
    """One receipt, as it is printed."""
    return _receipt_page(request, receipt_id)


def _receipt_page(request: SchoolRequest, receipt_id: int, **forms: object) -> HttpResponse:
    sheet = receipt_sheet(receipt_id)
    if sheet is None:
        raise Http404
    paper = request.GET.get("paper", PAPERS[0])
    names = class_names_on(request.reference, timezone.localdate(sheet.receipt.at))
    classes = {entry.charge.school_class_id for entry in sheet.entries}
    context = {
        "sheet": sheet,
        "paper": paper if paper in PAPERS else PAPERS[0],
        "class_name": next((names[pk] for pk in classes if pk in names), ""),
        "rows": [(entry, abs(entry.amount)) for entry in sheet.entries],
        "total": abs(sheet.cash),
        "capitals": in_capitals(sheet.cash),
        "number_form": FinanceNumberForm(initial={"finance_number": sheet.receipt.finance_number}),
        "back_form": ReasonForm(),
        **forms,
    }
    return render(request, "circulation/charges/receipt.html", context, status=422 if forms else 200)


@require_POST
def finance_number(request: SchoolRequest, receipt_id: int) -> HttpResponse:
    """Notes the number of the finance office's own receipt."""
    get_object_or_404(Receipt, pk=receipt_id)
    form = FinanceNumberForm(request.POST)
    if form.is_valid():
        try:
            note_finance_number(receipt_id=receipt_id, number=form.cleaned_data["finance_number"], by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("charges:receipt", receipt_id)
    return _receipt_page(request, receipt_id, number_form=form)


@require_POST
def take_back(request: SchoolRequest, receipt_id: int) -> HttpResponse:
    """Takes a payment or a refund back, all that the receipt says."""
    get_object_or_404(Receipt, pk=receipt_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            take_back_receipt(receipt_id=receipt_id, reason=reason, by=request.user, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Taken back."))
            return redirect("charges:receipt", receipt_id)
    return _receipt_page(request, receipt_id, back_form=form)


@require_http_methods(["GET", "POST"])
def cash(request: SchoolRequest) -> HttpResponse:
    """What should be in the box since it was last counted, and the count."""
    box = cash_box()
    form = CashUpForm(request.POST or None, initial={"after": box.last.pk if box.last else None})
    if form.is_valid():
        try:
            data = form.cleaned_data
            done = count_cash(
                counted=data["counted"], note=data["note"], after=data["after"], by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Counted. What comes from now on falls on the next count."))
            return redirect("charges:count", done.pk)
    entries = listed_entries(box.last.until_entry if box.last else 0)
    context = {"box": box, "form": form, "entries": entries, "counts": counts(COUNTS)}
    return render(request, "circulation/charges/cash.html", context, status=422 if form.errors else 200)


@require_safe
def count(request: SchoolRequest, count_id: int) -> HttpResponse:
    """One count with the entries that it covers, to be printed and signed."""
    done = get_object_or_404(CashUp.objects.select_related("by"), pk=count_id)
    before = CashUp.objects.filter(pk__lt=done.pk).order_by("-pk").first()
    entries = listed_entries(before.until_entry if before else 0, done.until_entry)
    context = {"count": done, "before": before, "entries": list(reversed(entries))}
    return render(request, "circulation/charges/count.html", context)
