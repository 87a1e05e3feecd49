"""How much helpers did at the desk."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from circulation.models import CirculationEvent
from readers.models import Reader


def acts_of(readers: Sequence[Reader], first: date, last: date) -> dict[int, int]:
    """Lendings, returns and renewals that these readers did from day to day, by reader; none is 0 by absence.

    An act counts for the account it was done with; what was undone does not count. One statement.
    """
    accounts = {row.account_id: row.pk for row in readers if row.account_id is not None}
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    rows = CirculationEvent.objects.filter(at__gte=_start(first), at__lt=_start(last + timedelta(days=1)))
    rows = rows.exclude(kind=CirculationEvent.Kind.UNDO).filter(~Exists(undone), by__in=list(accounts))
    totals = rows.values("by").annotate(acts=Count("pk")).order_by()
    return {accounts[row["by"]]: row["acts"] for row in totals}


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
