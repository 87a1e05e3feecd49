"""How much helpers did at the desk."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from circulation.models import CirculationEvent
from readers.models import Reader


def acts_of(readers: Sequence[Reader], first: date, last: date) -> dict[int, int]:
    """Lendings, returns and renewals that these readers did from day to day, by reader; none is 0 by absence.

    An act counts for whoever was on duty at the desk, else for the account it was done with; what was undone does
    not count. One statement.
    """
    accounts = {row.account_id: row.pk for row in readers if row.account_id is not None}
    theirs = Q(on_duty__in=readers) | Q(on_duty=None, by__in=list(accounts))
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    rows = CirculationEvent.objects.filter(theirs, at__gte=_start(first), at__lt=_start(last + timedelta(days=1)))
    rows = rows.exclude(kind=CirculationEvent.Kind.UNDO).filter(~Exists(undone))
    totals: Counter[int] = Counter()
    for row in rows.values("on_duty", "by").annotate(acts=Count("pk")).order_by():
        totals[row["on_duty"] or accounts[row["by"]]] += row["acts"]
    return dict(totals)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
