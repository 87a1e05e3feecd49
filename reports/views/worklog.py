"""The work log: a month by day, a semester or a school year by month."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library_site.http import SchoolRequest
from library_site.queries import school
from library_site.shared.charts import Chart, Series
from reports.exports.worklog import worklog_sheet
from reports.queries.periods import MONTH, SEMESTER, YEAR, ChosenPeriod, chosen
from reports.queries.worklog import work_of
from reports.rules.worklog import WorkRow, by_month, total_of, worth_a_line
from reports.views.download import send_book

TABLE = "worklog-table"


@require_safe
def log(request: SchoolRequest) -> HttpResponse:
    """What was done in this month, or in the period of the address."""
    found = _chosen(request)
    context: dict[str, Any] = {"chosen": found}
    if found is not None:
        rows = _rows(request, found)
        context |= {
            "rows": rows,
            "by_day": found.kind == MONTH,
            "total": total_of(row.work for row in rows),
            "chart": _chart(rows, by_day=found.kind == MONTH),
            "table": TABLE,
        }
    return render(request, "reports/worklog/log.html", context)


@require_safe
def export(request: SchoolRequest) -> HttpResponse | FileResponse:
    """The log as a workbook."""
    found = _chosen(request)
    if found is None:
        return log(request)
    options = school(request.reference)
    notes = [options.name if options else "", found.label]
    sheet = worklog_sheet(_rows(request, found), by_day=found.kind == MONTH, notes=notes)
    return send_book(request, f"{_('Work log')} {found.label}", [sheet])


def _chosen(request: SchoolRequest) -> ChosenPeriod | None:
    """This month, unless the address names a month, a semester or a school year."""
    today, asked = timezone.localdate(), request.GET.dict()
    named = {name: value for name, value in asked.items() if name in ("period", MONTH, SEMESTER, YEAR)}
    kinds = (MONTH, SEMESTER, YEAR)
    return chosen(named or {MONTH: f"{today:%Y-%m}"}, request.reference, today, kinds=kinds)


def _rows(request: SchoolRequest, found: ChosenPeriod) -> list[WorkRow]:
    days = work_of(found.period, reference=request.reference)
    if found.kind == MONTH:
        return [row for row in days if worth_a_line(row)]
    return by_month(days, found.period.months())


def _chart(rows: list[WorkRow], *, by_day: bool) -> Chart:
    return Chart(
        "worklog-chart",
        "bar",
        _("Lent and returned"),
        [str(row.first.day) if by_day else date_format(row.first, "YEAR_MONTH_FORMAT") for row in rows],
        [
            Series(_("Lent"), [row.work.lent for row in rows]),
            Series(_("Returned"), [row.work.returned for row in rows]),
        ],
        table=TABLE,
    )
