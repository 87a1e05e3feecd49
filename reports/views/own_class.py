"""What a class teacher sees of the own class: its figures beside grade and school, and who has borrowed nothing."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from library_site.http import SchoolRequest
from readers.queries.classes import NamedClass, classes_on, semester_on
from readers.views.scope import classes_reached
from reports.queries.class_report import ClassReport, class_report
from reports.queries.class_table import GRADE, ClassRow
from reports.queries.idle import pupils_without_loans
from reports.queries.periods import SEMESTER, YEAR, ChosenPeriod, chosen
from reports.views.download import note_people


@dataclass(frozen=True)
class OwnClass:
    """A class that the teacher leads: its row beside that of the grade and of the school."""

    school_class: NamedClass
    row: ClassRow | None
    grade: ClassRow | None
    total: ClassRow


@require_safe
def own(request: SchoolRequest) -> HttpResponse:
    """The figures of the classes that this person leads."""
    found = chosen(request.GET, request.reference, timezone.localdate(), kinds=(SEMESTER, YEAR))
    context: dict[str, Any] = {"chosen": found}
    if found:
        classes = _led(request)
        report = _report(request, found) if classes else None
        context |= {"classes": [_beside(row, report) for row in classes] if report else [], "report": report}
    return render(request, "reports/classes/own.html", context)


@require_safe
def nothing(request: SchoolRequest) -> HttpResponse:
    """Who of the own classes has borrowed nothing since the semester began. That it was looked at is recorded."""
    today = timezone.localdate()
    semester = semester_on(request.reference, today)
    classes = _led(request)
    found = pupils_without_loans([row.pk for row in classes], since=semester.starts_on, today=today) if semester else {}
    if found:
        note_people(request, "look.without_loans", sum(len(pupils) for pupils in found.values()))
    context = {
        "semester": semester,
        "classes": [(row, found[row.pk]) for row in classes] if found else [],
        "today": today,
    }
    return render(request, "reports/classes/nothing.html", context)


def _led(request: SchoolRequest) -> list[NamedClass]:
    reached = classes_reached(request) or frozenset()
    return [row for row in classes_on(request.reference, timezone.localdate()) if row.pk in reached]


def _report(request: SchoolRequest, found: ChosenPeriod) -> ClassReport:
    return class_report(found.period, semester=found.semester, reference=request.reference, now=timezone.now())


def _beside(row: NamedClass, report: ClassReport) -> OwnClass:
    own_row = next((one for one in report.classes if one.pk == row.pk), None)
    grades = (one for one in report.rows if own_row and one.kind == GRADE and one.grade == own_row.grade)
    return OwnClass(row, own_row, next(grades, None), report.total)
