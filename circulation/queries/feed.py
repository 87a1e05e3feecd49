"""The last acts at a desk, newest first."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from circulation.models import CirculationEvent

FEED_LENGTH = 12


def feed(desk: str, since: datetime) -> QuerySet[CirculationEvent]:
    """Events of the desk since a moment, at most `FEED_LENGTH`, marked with `is_undone`. One statement."""
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    rows = CirculationEvent.objects.filter(desk=desk, at__gte=since).annotate(is_undone=Exists(undone))
    return rows.select_related("copy__title", "reader", "loan", "undoes").order_by("-pk")[:FEED_LENGTH]
