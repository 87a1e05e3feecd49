"""Everything that is counted, in one value: what forgetting must leave as it was."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from catalog.models import Title
from circulation.models import CirculationEvent, Loan
from library_site.shared.reference import current_reference
from readers.models import Card, ClassMembership, Semester
from readers.queries.classes import classes_on
from reports.queries.class_table import class_table
from reports.queries.facts import facts_of
from reports.rules.figures import Period

COUNTED_BY = (
    "copy__title",
    "copy",
    "category",
    "school_class",
    "borrower_key",
    "copy__title__main_class",
    "loan_days",
    "renewals",
    "lent_by",
)


def everything_counted(today: date) -> dict[str, Any]:
    """Figures and class tables of every semester, and loans, events, popularity by whatever they are counted by."""
    return {
        "semesters": [_semester(row, today) for row in Semester.objects.order_by("starts_on")],
        "months": _grouped(Loan.objects.annotate(month=TruncMonth("lent_at")), "month"),
        **{field: _grouped(Loan.objects.filter(voided_at=None), field) for field in COUNTED_BY},
        "events": _grouped(CirculationEvent.objects.all(), "kind", "school_class", "by", "on_duty", "desk"),
        "popularity": list(Title.objects.order_by("pk").values_list("pk", "popularity")),
        "memberships": list(ClassMembership.objects.order_by("pk").values_list("reader", "school_class", "since")),
        "cards": _grouped(Card.objects.all(), "reader"),
    }


def _semester(semester: Semester, today: date) -> Any:
    period = Period.of(semester.starts_on, semester.ends_on, today=today)
    facts = facts_of(period, reference=current_reference(), today=today)
    return facts, class_table(facts, classes_on(current_reference(), period.starts_on))


def _grouped(rows: Any, *fields: str) -> list[Any]:
    return list(rows.order_by(*fields).values_list(*fields).annotate(number=Count("*")))
