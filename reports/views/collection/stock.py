"""What the stock is like: audience, age, copies of a title, rooms."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library_site.http import SchoolRequest
from library_site.queries import school
from reports.exports.collection_book import stock_sheet
from reports.queries.collection.stock import Table, stock
from reports.queries.loans import first_loan_on
from reports.queries.periods import ChosenPeriod
from reports.views.collection.period import about
from reports.views.download import send_book


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """The stock divided in five ways."""
    context = about(request)
    if context["chosen"]:
        tables = _tables(request, context["chosen"])
        context |= {"tables": tables, "known": tables[0].rows[-1].loans is not None}
    return render(request, "reports/collection/stock.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """A sheet for each way."""
    chosen = about(request)["chosen"]
    if chosen is None:
        raise Http404
    options = school(request.reference)
    name = options.name if options else ""
    sheets = [stock_sheet(table, chosen=chosen, school=name) for table in _tables(request, chosen)]
    return send_book(request, _("Stock"), sheets)


def _tables(request: SchoolRequest, chosen: ChosenPeriod) -> list[Table]:
    known = first_loan_on(chosen.period.until) is not None
    return stock(chosen.period, reference=request.reference, loans_known=known)
