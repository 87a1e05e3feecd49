"""The class and grade tables as schools publish them, the contest between classes, and one class by month."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library_site.http import SchoolRequest
from library_site.queries import school
from library_site.shared.charts import Chart, Series
from readers.queries.classes import class_names_then
from readers.views.scope import require_class
from reports.exports.classes import class_sheets, contest_sheet, notes_of
from reports.queries.class_months import class_months
from reports.queries.class_report import ClassReport, class_report
from reports.queries.contest import MEASURES, contest_of
from reports.queries.periods import MONTH, SEMESTER, YEAR, ChosenPeriod, chosen
from reports.views.download import send_book

KINDS = (SEMESTER, MONTH, YEAR)


@require_safe
def table(request: SchoolRequest) -> HttpResponse:
    """The tables of the chosen period; `?recount=1` shows beside a closed semester what the system counts now."""
    found = _chosen(request)
    context: dict[str, Any] = {"chosen": found}
    if found:
        report = _report(request, found, recount="recount" in request.GET)
        context |= {"report": report, "chart": _chart(report)}
    return render(request, "reports/classes/table.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The tables as a workbook, with a chart."""
    found = _needed(request)
    report = _report(request, found)
    sheets = class_sheets(report, notes=notes_of(report, found, school=_school_name(request)))
    return send_book(request, _("Classes %(period)s") % {"period": found.label}, sheets)


@require_safe
def contest(request: SchoolRequest) -> HttpResponse:
    """The classes of each grade, or of the whole school, in the order of one figure; to print for the wall."""
    found = _chosen(request)
    context: dict[str, Any] = {"chosen": found, "measures": MEASURES.values()}
    if found:
        report = _report(request, found)
        context |= {"report": report, **_contest(request, report)}
    return render(request, "reports/classes/contest.html", context)


@require_safe
def export_contest(request: SchoolRequest) -> FileResponse:
    """The contest as a workbook, narrowed as the page is."""
    found = _needed(request)
    report = _report(request, found)
    asked = _contest(request, report)
    notes = notes_of(report, found, school=_school_name(request))
    sheet = contest_sheet(asked["groups"], asked["measure"], notes=notes)
    return send_book(request, _("Contest between classes %(period)s") % {"period": found.label}, [sheet])


def _contest(request: SchoolRequest, report: ClassReport) -> dict[str, Any]:
    measure = MEASURES.get(request.GET.get("by", "")) or MEASURES["per_student"]
    whole = request.GET.get("within") == "school"
    return {"measure": measure, "whole": whole, "groups": contest_of(report.classes, measure, whole=whole)}


@require_safe
def school_class(request: SchoolRequest, class_id: int) -> HttpResponse:
    """One class by month: what its figures are made of. A class teacher reaches the own class only."""
    require_class(request, class_id)
    found = _chosen(request)
    name = class_names_then(request.reference, found.period.starts_on).get(class_id) if found else None
    if found is None or name is None:
        raise Http404
    months = class_months(class_id, found.period, reference=request.reference, now=timezone.now())
    context = {"chosen": found, "name": name, "class_id": class_id, "months": months}
    return render(request, "reports/classes/school_class.html", context)


def _chosen(request: SchoolRequest) -> ChosenPeriod | None:
    return chosen(request.GET, request.reference, timezone.localdate(), kinds=KINDS)


def _needed(request: SchoolRequest) -> ChosenPeriod:
    found = _chosen(request)
    if found is None:
        raise Http404
    return found


def _school_name(request: SchoolRequest) -> str:
    options = school(request.reference)
    return options.name if options else ""


def _report(request: SchoolRequest, found: ChosenPeriod, *, recount: bool = False) -> ClassReport:
    return class_report(
        found.period, semester=found.semester, reference=request.reference, now=timezone.now(), recount=recount
    )


def _chart(report: ClassReport) -> Chart:
    rows = report.classes
    return Chart(
        ident="classes-chart",
        kind="bar",
        title=_("Books per student by class"),
        unit=_("books per student"),
        names=[row.name for row in rows],
        series=[Series(_("Books per student"), [row.per_student for row in rows])],
        table="class-table",
    )
