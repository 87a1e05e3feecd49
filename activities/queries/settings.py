"""What the school set for activities, kept per process until it changes."""

from activities.models import ActivityKind, ActivityOptions
from library_site.shared.reference import Reference


def _load_options() -> ActivityOptions:
    return ActivityOptions.objects.select_related("picture").first() or ActivityOptions(pk=1)


def _load_kinds() -> list[ActivityKind]:
    return list(ActivityKind.objects.order_by("position", "pk"))


def activity_options(reference: Reference) -> ActivityOptions:
    """The options of activities; the defaults where the school has set none."""
    return reference.get(_load_options)


def activity_kinds(reference: Reference) -> list[ActivityKind]:
    """All kinds in the school's order, those no longer used included."""
    return reference.get(_load_kinds)
