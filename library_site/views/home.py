from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from activities.views.home_lines import home_lines, office_items
from circulation.queries.own import own_classes
from circulation.views.day import day_overview
from circulation.views.own import own_overview
from library_site.http import SchoolRequest
from library_site.menu import settings_for
from library_site.models import Role
from library_site.setup.next_steps import next_steps
from reports.views.dashboard import board_of
from reports.views.day_items import month_items


def home(request: SchoolRequest) -> HttpResponse:
    """Where a person lands after login: their pages; for the librarian the day, or a new library's next steps; for the
    principal the dashboard."""
    roles = frozenset(request.user.roles)
    runs_library = Role.LIBRARIAN in roles
    steps = next_steps(roles) if runs_library else []
    now = timezone.now()
    today = timezone.localdate(now)
    date = f"{date_format(today, 'DATE_FORMAT')} {date_format(today, 'l')}"
    day = day_overview(request, now) if runs_library and not steps else None
    if day is not None:
        day["items"] += [*office_items(request), *month_items(request, today)]
    mine = own_overview(request) if roles & {Role.STUDENT, Role.TEACHER} else None
    led = own_classes(request.user, request.reference, today) if Role.TEACHER in roles else []
    board = board_of(request.reference, today) if Role.PRINCIPAL in roles and not runs_library else None
    reading = home_lines(request, now) if not steps else None
    context = {
        "today": date, "steps": steps, "day": day, "mine": mine, "led": led, "board": board, "reading": reading,
    }  # fmt: skip
    return render(request, "home.html", context)


@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    """Links to what is needed now and then, by subject; the list is `library_site.menu.SETTINGS`."""
    return render(request, "settings.html", {"groups": settings_for(request)})
