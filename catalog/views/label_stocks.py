"""Label paper: described in millimetres, tried with a frame, moved by what the printer is off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.forms.label_stock import LabelStockForm
from catalog.models import LabelStock
from catalog.operations.label_stock import add_usual_stocks, drop_stock, save_stock
from catalog.rules.labels.paper import boxes, drawing_size, page_rule
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.views.told import address_of


@require_safe
def stocks(request: SchoolRequest) -> HttpResponse:
    """All kinds of paper."""
    return render(request, "catalog/labels/stocks.html", {"rows": list(LabelStock.objects.order_by("pk"))})


@require_http_methods(["GET", "HEAD", "POST"])
def stock(request: SchoolRequest, stock_id: int | None = None) -> HttpResponse:
    """Adds or changes a kind of paper; a new one may begin as another (?like=)."""
    row = get_object_or_404(LabelStock, pk=stock_id) if stock_id else _like(request.GET.get("like", ""))
    form = LabelStockForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        try:
            kept = save_stock(stock=form.save(commit=False), by=request.user, address=address_of(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("labels:stock_test", kept.pk)
    context = {"form": form, "stock": row if stock_id else None}
    return render(request, "catalog/labels/stock.html", context, status=422 if form.is_bound else 200)


def _like(stock_id: str) -> LabelStock:
    known = stock_id.isascii() and stock_id.isdigit() and len(stock_id) < 16
    row = (LabelStock.objects.filter(pk=stock_id).first() if known else None) or LabelStock()
    row.pk, row.name = None, ""
    return row


@require_POST
def remove(request: SchoolRequest, stock_id: int) -> HttpResponse:
    """Removes a kind of paper."""
    row = get_object_or_404(LabelStock, pk=stock_id)
    drop_stock(stock=row, by=request.user, address=address_of(request))
    messages.success(request, _("%(name)s was removed.") % {"name": row.name})
    return redirect("labels:stocks")


@require_POST
def usual(request: SchoolRequest) -> HttpResponse:
    """The usual kinds of paper that are missing."""
    rows = add_usual_stocks(by=request.user, address=address_of(request))
    messages.success(request, _("%(count)d kinds of paper added.") % {"count": len(rows)})
    return redirect("labels:stocks")


@require_safe
def test_frame(request: SchoolRequest, stock_id: int) -> HttpResponse:
    """One page with the outline of every label and a ruler, to be held against the paper."""
    row = get_object_or_404(LabelStock, pk=stock_id)
    width, height = drawing_size(row)
    context = {"stock": row, "boxes": boxes(row), "width": width, "height": height}
    context |= {"across": range(0, int(width), 10), "down": range(0, int(height), 10)}
    return render(request, "catalog/labels/test_frame.html", context)


@require_safe
@never_cache
def page_css(request: SchoolRequest, stock_id: int) -> HttpResponse:
    """The page's size for the printer."""
    row = get_object_or_404(LabelStock, pk=stock_id)
    return HttpResponse(page_rule(row), content_type="text/css; charset=utf-8")
