"""The booklists of an activity, on its page."""

from typing import Any

from django.utils import timezone

from activities.models import Activity
from activities.queries.booklists import shown_lists, with_book_counts
from activities.views.booklists import categories
from library_site.http import SchoolRequest


def booklists_panel(request: SchoolRequest, activity: Activity) -> tuple[str, dict[str, Any]] | None:
    """The lists shown to this person that belong to the activity. One statement."""
    lists = shown_lists(timezone.localdate()).filter(activity=activity, category__in=categories(request))
    rows = list(with_book_counts(lists).order_by("-published_at", "-pk")[:20])
    return ("activities/booklists/panel.html", {"lists": rows}) if rows else None
