"""The collection by division and class, and what stands below a class."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.queries.class_tree import names_to
from library_site.http import SchoolRequest
from library_site.shared.charts import Chart, Series
from library_site.shared.spreadsheets.report_book import ReportSheet
from reports.exports.collection_book import class_sheet
from reports.queries.collection.classes import ClassTable, classes_below, collection_by_class
from reports.queries.collection.closed import closed_table, differing
from reports.queries.loans import first_loan_on
from reports.rules.collection import Part
from reports.rules.figures import Period
from reports.views.collection.period import about, closed_on, what_of
from reports.views.download import send_book

MOST_BARS = 30


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Five divisions and 22 classes; of a closed semester as they were kept, with `?recount=1` as counted today."""
    context = about(request)
    if context["chosen"]:
        context |= _kept_or_counted(request, context)
    return render(request, "reports/collection/overview.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The table of divisions and classes as a book with a chart."""
    context = _needed(about(request))
    context |= _kept_or_counted(request, context)
    sheet = _sheet(request, context, context["table"], title=_("Collection by class"))
    return send_book(request, _("Collection by class"), [sheet])


@require_safe
def class_page(request: SchoolRequest, code: str) -> HttpResponse:
    """The classes directly below one."""
    way = names_to([code]).get(code)
    if way is None:
        raise Http404
    context = about(request) | {"way": way[:-1], "here": way[-1]}
    if context["chosen"]:
        context |= _shown(_below(code, context)) | closed_on(context)
    return render(request, "reports/collection/class.html", context)


@require_safe
def export_class(request: SchoolRequest) -> FileResponse:
    """What stands below the class `?code=`, as a book with a chart."""
    context, code = _needed(about(request)), request.GET.get("code", "")
    way = names_to([code]).get(code)
    if way is None:
        raise Http404
    title = _("Collection in class %(name)s") % {"name": way[-1].label}
    return send_book(request, title, [_sheet(request, context, _below(code, context), title=title)])


def _sheet(request: SchoolRequest, context: dict[str, Any], table: ClassTable, *, title: str) -> ReportSheet[Part]:
    return class_sheet(table, what_of(request, context), title=title)


def _needed(context: dict[str, Any]) -> dict[str, Any]:
    if context["chosen"] is None:
        raise Http404
    return context


def _kept_or_counted(request: SchoolRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The table to show with its period; of a closed semester also its closing and what a recount says otherwise."""
    closed = closed_table(context["chosen"].semester)
    if closed is None:
        return _shown(_counted(request, context["period"], context))
    if request.GET.get("recount") != "1":
        return {**_shown(closed.table), "period": closed.period, "closed": closed}
    now = _counted(request, closed.period, context)
    found = {"closed": closed, "recount": True, "differing": differing(closed.table, now)}
    return {**_shown(now), "period": closed.period, **found}


def _counted(request: SchoolRequest, period: Period, context: dict[str, Any]) -> ClassTable:
    return collection_by_class(period, reference=request.reference, today=context["today"])


def _below(code: str, context: dict[str, Any]) -> ClassTable:
    period = context["period"]
    return classes_below(code, period, today=context["today"], loans_known=first_loan_on(period.until) is not None)


def _shown(table: ClassTable) -> dict[str, Any]:
    return {"table": table, "known": table.whole.loans is not None, "chart": _chart(table)}


def _chart(table: ClassTable) -> Chart:
    """What is held and what is lent of each class, side by side; the largest where there are many."""
    rows = sorted(table.classes, key=lambda row: -row.copies)[:MOST_BARS]
    shown = [row for row in table.classes if row in rows]
    return Chart(
        ident="collection-chart",
        kind="pair",
        title=_("Share of the collection and share of the loans"),
        unit="%",
        names=[f"{row.code} {row.name}" if row.code else _("Unclassified") for row in shown],
        series=[
            Series(_("Share of copies"), [row.share_of_copies for row in shown]),
            *(
                []
                if table.whole.loans is None
                else [Series(_("Share of loans"), [row.share_of_loans for row in shown])]
            ),
        ],
        table="collection-table",
    )
