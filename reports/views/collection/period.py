"""The period that a page of the collection is about."""

from typing import Any

from django.utils import timezone

from library_site.http import SchoolRequest
from reports.queries.periods import MONTH, SEMESTER, YEAR, chosen


def about(request: SchoolRequest) -> dict[str, Any]:
    """What each of these pages shows: the period with its choices (None while no semester is entered), and today."""
    today = timezone.localdate()
    period = chosen(request.GET, request.reference, today, kinds=(SEMESTER, YEAR, MONTH))
    return {"chosen": period, "period": period.period if period else None, "today": today}
