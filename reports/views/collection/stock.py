"""What the stock is like: audience, age, copies of a title, rooms."""

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library_site.http import SchoolRequest
from reports.exports.collection_book import stock_sheet
from reports.queries.collection.stock import Table, stock
from reports.queries.loans import first_loan_on
from reports.views.collection.period import about, closed_on, what_of
from reports.views.download import send_book


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """The stock divided in five ways."""
    context = about(request)
    if context["chosen"]:
        tables = _tables(request, context)
        context |= {"tables": tables, "known": tables[0].rows[-1].loans is not None, **closed_on(context)}
    return render(request, "reports/collection/stock.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """A sheet for each way."""
    context = about(request)
    if context["chosen"] is None:
        raise Http404
    above = what_of(request, context)
    return send_book(request, _("Stock"), [stock_sheet(table, above) for table in _tables(request, context)])


def _tables(request: SchoolRequest, context: dict[str, Any]) -> Sequence[Table]:
    period = context["period"]
    known = first_loan_on(period.until) is not None
    return stock(period, reference=request.reference, today=context["today"], loans_known=known)
