"""The page "Reports": the dashboard for the principal, and below it tiles to all reports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from library_site.menu import drawn
from reports.views.hub import ENTRIES


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Links to the reports that this person may open."""
    return render(request, "reports/dashboard/page.html", {"items": drawn(ENTRIES, request)})
