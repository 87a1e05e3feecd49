"""Activities as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from activities.models import Activity
from activities.queries.viewer import Viewer
from activities.rules.audience import InGrade, in_audience
from library_site.models import Role
from readers.models import SchoolYear

SHOWN = (Activity.State.PUBLISHED, Activity.State.OVER)


@dataclass(frozen=True)
class Wanted:
    """What a list of activities is narrowed to; None and empty are all."""

    year: SchoolYear | None = None
    kind_id: int | None = None
    state: str = ""


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


def activities_seen(viewer: Viewer, wanted: Wanted) -> QuerySet[Activity]:
    """What this person may find on the list: librarian and principal plans too, others what they answer for."""
    rows = activities()
    if not viewer.roles & {Role.LIBRARIAN, Role.PRINCIPAL}:
        shown = Q(state__in=SHOWN, published_at__date__lte=viewer.day)
        own = Q(responsible__account=viewer.user_id) if viewer.user_id else Q(pk=None)
        rows = rows.filter(shown | own)
    if wanted.year:
        rows = rows.filter(starts_on__range=(wanted.year.starts_on, wanted.year.ends_on))
    if wanted.kind_id:
        rows = rows.filter(kind=wanted.kind_id)
    return rows.filter(state=wanted.state) if wanted.state else rows


def parts_seen(festival: Activity, *, all_states: bool) -> QuerySet[Activity]:
    """The parts of a festival in the order of their days; plans and what was cancelled only with `all_states`."""
    rows = activities().filter(parent=festival).order_by("starts_on", "pk")
    return rows if all_states else rows.filter(state__in=SHOWN)


def may_see_picture(file_id: int, viewer: Viewer) -> bool:
    """Whether the file is the picture of an activity that this person may see."""
    return activities_seen(viewer, Wanted()).filter(picture=file_id).exists()
