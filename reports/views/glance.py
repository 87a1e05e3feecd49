"""The semester at a glance, for the principal: three figures, and the classes below."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from readers.models import Semester
from readers.queries.classes import classes_on, semester_on, semesters
from reports.queries.class_table import ClassRow, class_table
from reports.queries.facts import Facts, facts_of
from reports.queries.figures import books_per_student, borrowing_rate, circulation_rate
from reports.rules.figures import Period

UNKNOWN = {"value": None, "numerator": "—", "denominator": "—"}


def glance(request: HttpRequest) -> HttpResponse:
    """The figures of the chosen semester, the current one if none is chosen."""
    reference: Any = request.reference  # type: ignore[attr-defined]
    today = timezone.localdate()
    begun = [semester for semester in semesters(reference) if semester.starts_on <= today]
    chosen = _chosen(request, begun) or semester_on(reference, today)
    context: dict[str, Any] = {"semesters": begun[::-1], "semester": chosen, "today": today}
    if chosen is not None:
        period = Period.of(chosen.starts_on, chosen.ends_on, today=today)
        facts = facts_of(period, reference=reference, today=today)
        context |= _page(facts, class_table(facts, classes_on(reference, period.starts_on)))
    return render(request, "reports/glance.html", context)


def _chosen(request: HttpRequest, begun: list[Semester]) -> Semester | None:
    wanted = request.GET.get("semester", "")
    return next((semester for semester in begun if str(semester.pk) == wanted), None)


def _page(facts: Facts, rows: list[ClassRow]) -> dict[str, Any]:
    return {
        "period": facts.period,
        "facts": facts,
        "books_per_student": books_per_student(facts) or UNKNOWN,
        "circulation_rate": circulation_rate(facts) or UNKNOWN,
        "borrowing_rate": borrowing_rate(facts) or UNKNOWN,
        "rows": rows,
        "chart": _chart([row for row in rows if row.kind == "class"]),
    }


def _chart(rows: list[ClassRow]) -> dict[str, Any]:
    """What the bar chart draws; a class without students has no bar."""
    return {
        "title": _("Books per student by class"),
        "unit": _("books per student"),
        "names": [row.name for row in rows],
        "values": [_number(row.per_student) for row in rows],
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
