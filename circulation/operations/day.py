"""Closing the day (当日工作当日毕)."""

from datetime import datetime

from django.db import transaction

from circulation.models import DayClosing
from circulation.operations.desk import local_day
from circulation.queries.day import day_counts
from library_site.models import User


def close_day(*, note: str = "", by: User | None, at: datetime) -> DayClosing:
    """Notes that the day of `at` is closed, and what is left of it by then: {what: how many}.

    A day is closed once: whoever closes it again gets the first closing, which nothing changes.
    """
    day = local_day(at)
    with transaction.atomic(durable=True):
        left = day_counts(day).left()
        values = {"left": left, "note": note.strip()[:200], "by": by, "at": at}
        closing, _created = DayClosing.objects.get_or_create(day=day, defaults=values)
        return closing
