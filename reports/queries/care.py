"""The register of room care: its lines, and what of a month is missing."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from reports.models import RoomCare
from reports.rules.care import missing_kinds

# A kind that was not entered for so long is not asked for any more.
IN_USE = timedelta(days=400)


def register(first: date, last: date, kind: str = "") -> QuerySet[RoomCare]:
    """The lines from a day to a day, the newest first, with room and account; of one kind if asked."""
    rows = RoomCare.objects.filter(on__gte=first, on__lte=last).select_related("room")
    return (rows.filter(kind=kind) if kind else rows).order_by("-on", "-pk")


def missing(today: date) -> Sequence[RoomCare.Kind]:
    """The kinds in use that nobody has entered in the month of `today` so far. One statement."""
    month = today.replace(day=1)
    rows = RoomCare.objects.filter(on__gte=today - IN_USE, on__lte=today)
    last = dict(rows.distinct("kind").order_by("kind", "-on").values_list("kind", "on"))
    return missing_kinds(last, [kind for kind, on in last.items() if on >= month])


def is_kept() -> bool:
    """Whether the school keeps the register at all. One statement."""
    return RoomCare.objects.exists()
