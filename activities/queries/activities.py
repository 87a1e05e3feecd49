"""Activities as pages show them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from activities.models import Activity
from activities.rules.audience import InGrade, in_audience

SHOWN = (Activity.State.PUBLISHED, Activity.State.OVER)


def activities() -> QuerySet[Activity]:
    """All activities with their kind and audience, the newest first."""
    rows = Activity.objects.select_related("kind", "parent", "responsible", "picture")
    return rows.prefetch_related("audiences").order_by("-starts_on", "-pk")


def shown_activities(day: date) -> QuerySet[Activity]:
    """What readers see: published by the day, whether it is to come, on, or over; the newest first."""
    return activities().filter(state__in=SHOWN, published_at__date__lte=day)


def current_activities(day: date) -> QuerySet[Activity]:
    """Shown activities that are on or to come, the next first."""
    return shown_activities(day).filter(state=Activity.State.PUBLISHED, ends_on__gte=day).order_by("starts_on", "pk")


def activities_for(*, category: str, school_class: InGrade | None, day: date) -> Sequence[Activity]:
    """Current activities that somebody of this category and class is meant by, the next first. Two statements."""
    rows = current_activities(day)
    return [row for row in rows if in_audience(row.audiences.all(), category=category, school_class=school_class)]
