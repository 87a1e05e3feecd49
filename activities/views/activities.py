"""Activities: the list, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.queries.activities import shown_activities
from activities.queries.audience import audience_text
from activities.views.panels import panels_of
from activities.views.rights import may_edit, require_seen
from library_site.http import SchoolRequest

ROWS = 30


@require_safe
def activity_list(request: SchoolRequest) -> HttpResponse:
    """Activities, the newest first."""
    page = Paginator(shown_activities(timezone.localdate()), ROWS).get_page(request.GET.get("page"))
    return render(request, "activities/activities/list.html", {"page": page})


@require_safe
def activity(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """The page of an activity, put together of what its shape has."""
    row = require_seen(request, activity_id)
    context = {
        "activity": row,
        "whom": audience_text(row.audiences.all(), request.reference, row.starts_on),
        "panels": panels_of(request, row),
        "may_edit": may_edit(request, row),
    }
    return render(request, "activities/activities/activity.html", context)
