"""The period that a page of the collection is about."""

from typing import Any

from django.utils import timezone

from library_site.http import SchoolRequest
from library_site.queries import school
from reports.exports.collection_book import About
from reports.queries.periods import MONTH, SEMESTER, YEAR, chosen
from reports.queries.snapshots import snapshot_of


def about(request: SchoolRequest) -> dict[str, Any]:
    """What each of these pages shows: the period with its choices (None while no semester is entered), and today."""
    today = timezone.localdate()
    period = chosen(request.GET, request.reference, today, kinds=(SEMESTER, YEAR, MONTH))
    return {"chosen": period, "period": period.period if period else None, "today": today}


def closed_on(context: dict[str, Any]) -> dict[str, Any]:
    """When the semester was closed, for pages that count it today all the same. One statement."""
    semester = context["chosen"].semester
    snapshot = snapshot_of(semester) if semester else None
    return {"closed_on": snapshot.taken_at if snapshot else None}


def what_of(request: SchoolRequest, context: dict[str, Any]) -> About:
    """What stands above a table that is taken away."""
    options = school(request.reference)
    return About(options.name if options else "", context["chosen"].label, context["period"])
