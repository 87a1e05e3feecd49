"""The last acts at a desk, newest first."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from catalog.models.titles import long_columns
from circulation.models import CirculationEvent

FEED_LENGTH = 12


def done_by(scan_id: UUID) -> list[CirculationEvent]:
    """All that one scan or key led to, the last first. One statement."""
    rows = CirculationEvent.objects.filter(scan_id=scan_id)
    return list(_shown(rows).order_by("-pk"))


def feed(desk: str, since: datetime) -> QuerySet[CirculationEvent]:
    """What the desk did since a moment (sheets dated back included), at most `FEED_LENGTH`, marked with `is_undone`.

    One statement.
    """
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    rows = CirculationEvent.objects.filter(desk=desk, recorded_at__gte=since).annotate(is_undone=Exists(undone))
    return _shown(rows).order_by("-pk")[:FEED_LENGTH]


def _shown(rows: QuerySet[CirculationEvent]) -> QuerySet[CirculationEvent]:
    rows = rows.select_related("loan__copy__title", "reader", "undoes")
    return rows.defer(*long_columns("loan__copy__title"))
