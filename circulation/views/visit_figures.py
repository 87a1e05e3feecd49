"""Visits in figures, goals beside them, and the periods that were missed."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from circulation.exports.visits import class_table, day_table, missed_table, teacher_table
from circulation.queries.missed_periods import ClassPeriods, missed_periods
from circulation.queries.settings import options
from circulation.queries.visits import VisitFigures, visit_figures
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.charts import Chart, Series
from library_site.shared.spreadsheets import Table
from library_site.views.downloads import download
from readers.models import Semester
from readers.views.semester import chosen_semester, page_of

TABLES: dict[str, Callable[[VisitFigures], Table[Any]]] = {
    "days": day_table,
    "classes": class_table,
    "teachers": teacher_table,
}


@require_safe
def figures(request: SchoolRequest) -> HttpResponse:
    """The visits of a semester by week, class, teacher and day, against the school's goals."""
    today = timezone.localdate()
    semester = chosen_semester(request, today)
    context = page_of(request, semester)
    if semester is not None:
        found = visit_figures(semester, request.reference, today)
        context |= {"figures": found, "goals": options(request.reference), "chart": _chart(found)}
    return render(request, "circulation/visits/figures.html", context)


def _chart(found: VisitFigures) -> Chart:
    """People by week of the semester."""
    return Chart(
        ident="visits-chart",
        kind="bar",
        title=_("Visits by week of the semester"),
        heading=_("Week of the semester"),
        names=[str(number) for number, _people in found.by_week],
        series=[Series(_("visits"), [people for _number, people in found.by_week])],
    )


@require_safe
def export_figures(request: SchoolRequest, what: str) -> FileResponse:
    """One of the tables of the page as a file: by days, classes or teachers."""
    today = timezone.localdate()
    semester = chosen_semester(request, today)
    if semester is None or what not in TABLES:
        raise Http404
    return download(request, TABLES[what](visit_figures(semester, request.reference, today)))


@require_safe
def missed(request: SchoolRequest) -> HttpResponse:
    """For the leader in charge: which classes let their periods pass."""
    semester = chosen_semester(request, timezone.localdate())
    context = page_of(request, semester) | {"rows": _missed(request, semester)}
    context["may_enter"] = request.user.has_role(Role.LIBRARIAN)
    context["summary"] = _summary(context["rows"])
    return render(request, "circulation/timetable/missed.html", context)


def _summary(rows: list[ClassPeriods]) -> str:
    due, gone = sum(row.due for row in rows), sum(len(row.missed) for row in rows)
    text = ngettext(
        "%(due)d period was due so far, %(missed)d missed.", "%(due)d periods were due so far, %(missed)d missed.", due
    )
    return text % {"due": due, "missed": gone}


@require_safe
def export_missed(request: SchoolRequest) -> FileResponse:
    """The missed periods of a semester, one line each."""
    semester = chosen_semester(request, timezone.localdate())
    return download(request, missed_table(_missed(request, semester)))


def _missed(request: SchoolRequest, semester: Semester | None) -> list[ClassPeriods]:
    return missed_periods(request.reference, semester, timezone.now()) if semester else []
