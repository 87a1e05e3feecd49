"""Service that was done: who is on duty, and how many minutes count."""

from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, QuerySet, Sum

from library_site.shared.codes import normalise_code
from readers.models import Card, DutyShift, Reader, Semester

RECENT = timedelta(days=14)


def minutes_of(semester: Semester) -> dict[int, int]:
    """Minutes of service by appointment; a shift that is still open does not count yet. One statement."""
    spent = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
    rows = DutyShift.objects.filter(appointment__semester=semester).exclude(ended_at=None)
    totals = rows.values("appointment").annotate(spent=Sum(spent), shifts=Count("pk"))
    return {row["appointment"]: int(row["spent"].total_seconds()) // 60 for row in totals.order_by()}


def on_duty_now() -> QuerySet[DutyShift]:
    """The open shifts, the longest first."""
    return DutyShift.objects.filter(ended_at=None).select_related("reader", "period").order_by("started_at")


def shifts_since(since: datetime) -> QuerySet[DutyShift]:
    """Shifts that began since a moment, the newest first."""
    rows = DutyShift.objects.filter(started_at__gte=since).select_related("reader", "period", "by")
    return rows.order_by("-started_at", "-pk")


def reader_of_valid_card(text: str) -> Reader | None:
    """Whose valid card this is."""
    rows = Card.objects.filter(barcode__in=[text.strip(), normalise_code(text)], status=Card.Status.VALID)
    card = rows.select_related("reader").first()
    return card.reader if card else None
