"""The semester report: all figures with goals and last semester, and what each is made of."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.queries import school
from reports.exports.semester import report_sheets
from reports.queries.behind import behind
from reports.queries.facts import facts_of
from reports.queries.figures import FIGURES
from reports.queries.periods import SEMESTER, ChosenPeriod, chosen
from reports.queries.semester_report import semester_report
from reports.queries.settings import report_options
from reports.queries.trends import by_month
from reports.rules.catalogue import CATALOGUE
from reports.rules.snapshots import period_of
from reports.views.download import send_book


@require_safe
def report(request: SchoolRequest) -> HttpResponse:
    """The figures of the chosen semester, the current one if none is chosen."""
    today = timezone.localdate()
    found = chosen(request.GET, request.reference, today, kinds=(SEMESTER,))
    context: dict[str, Any] = {"chosen": found, "today": today}
    if found and found.semester:
        shown = semester_report(found.semester, reference=request.reference, today=today)
        context |= {
            "report": shown,
            "semester": found.semester,
            "is_over": found.semester.ends_on < today,
            "after_days": report_options(request.reference).snapshot_after_days,
            "may_write": request.user.has_role(Role.LIBRARIAN),
        }
    return render(request, "reports/semester/report.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The report as a workbook: rates by formula, counts, and the months."""
    today = timezone.localdate()
    found = _needed(request)
    shown = semester_report(found.semester, reference=request.reference, today=today)  # type: ignore[arg-type]
    own = school(request.reference)
    sheets = report_sheets(shown, by_month(shown.period), own.name if own else "", today)
    return send_book(request, found.label, sheets)


@require_safe
def figure(request: SchoolRequest, code: str) -> HttpResponse:
    """One figure of a semester and the lists that it is made of, as counted today."""
    if code not in CATALOGUE:
        raise Http404
    today, found = timezone.localdate(), _needed(request)
    semester = found.semester
    facts = facts_of(found.period, reference=request.reference, today=today)
    shown = semester_report(semester, reference=request.reference, today=today, facts=facts)  # type: ignore[arg-type]
    is_known = FIGURES[code](facts) is not None or shown.cards[code].numerator is not None
    context = {
        "chosen": found,
        "report": shown,
        "card": shown.cards[code],
        "tables": behind(code, facts, reference=request.reference, today=today) if is_known else [],
        "closed_on": period_of(shown.snapshot).until if shown.snapshot else None,
    }
    return render(request, "reports/semester/figure.html", context)


def _needed(request: SchoolRequest) -> ChosenPeriod:
    found = chosen(request.GET, request.reference, timezone.localdate(), kinds=(SEMESTER,))
    if found is None:
        raise Http404
    return found
