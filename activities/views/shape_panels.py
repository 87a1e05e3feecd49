"""What quizzes, book drifts and gifts of books show on the page of their activity."""

from typing import Any

from django.utils import timezone

from activities.models import Activity, DriftBook
from activities.queries.donations import Asked, totals
from activities.queries.drift import book_lines, drift_books, drift_sum
from activities.queries.quizzes import quiz_rows, quizzes
from activities.views.rights import may_edit
from library_site.http import SchoolRequest

SHOWN_BOOKS = 8

Part = tuple[str, dict[str, Any]] | None


def quiz_panel(request: SchoolRequest, activity: Activity) -> Part:
    """The papers with their hours and how many answered."""
    rows = quiz_rows(list(quizzes().filter(activity=activity)))
    edits = may_edit(request, activity)
    return ("activities/quizzes/panel.html", {"rows": rows, "edits": edits}) if rows or edits else None


def drift_panel(request: SchoolRequest, activity: Activity) -> Part:
    """How many books travel, and the newest with the classes where they are."""
    books = drift_books(activity.pk, DriftBook.State.DRIFTING).order_by("-pk")[:SHOWN_BOOKS]
    lines = book_lines(list(books), request.reference, timezone.localdate(), named=frozenset())
    context = {"sum": drift_sum(activity.pk), "lines": lines, "edits": may_edit(request, activity)}
    return "activities/drift/panel.html", context


def donation_panel(request: SchoolRequest, activity: Activity) -> Part:
    """What each class gave."""
    return "activities/donations/panel.html", {
        "rows": totals(Asked(activity=activity.pk), request.reference, activity.ends_on)
    }
