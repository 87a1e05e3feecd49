"""The last acts at a desk, newest first."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from catalog.models.titles import long_columns
from circulation.models import CirculationEvent

FEED_LENGTH = 12


def feed(desk: str, since: datetime) -> QuerySet[CirculationEvent]:
    """What the desk did since a moment (sheets dated back included), at most `FEED_LENGTH`, marked with `is_undone`.

    One statement.
    """
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    rows = CirculationEvent.objects.filter(desk=desk, recorded_at__gte=since).annotate(is_undone=Exists(undone))
    rows = rows.select_related("loan__copy__title", "reader", "undoes").defer(*long_columns("loan__copy__title"))
    return rows.order_by("-pk")[:FEED_LENGTH]
