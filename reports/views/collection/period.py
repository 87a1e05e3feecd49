"""The period that a page of the collection is about."""

from typing import Any

from django.utils import timezone

from library_site.http import SchoolRequest
from library_site.queries import school
from reports.exports.collection_book import About
from reports.queries.periods import MONTH, SEMESTER, YEAR, chosen


def about(request: SchoolRequest) -> dict[str, Any]:
    """What each of these pages shows: the period with its choices (None while no semester is entered), and today."""
    today = timezone.localdate()
    period = chosen(request.GET, request.reference, today, kinds=(SEMESTER, YEAR, MONTH))
    return {"chosen": period, "period": period.period if period else None, "today": today}


def what_of(request: SchoolRequest, context: dict[str, Any]) -> About:
    """What stands above a table that is taken away."""
    options = school(request.reference)
    return About(options.name if options else "", context["chosen"].label, context["period"])
