from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from library_site.menu import settings_for
from library_site.models import Role
from library_site.setup.next_steps import next_steps


def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands after login: their pages; for the librarian of a new library, what comes next."""
    roles = frozenset(request.user.roles)  # type: ignore[union-attr]
    steps = next_steps(roles) if Role.LIBRARIAN in roles else []
    today = timezone.localdate()
    day = f"{date_format(today, 'DATE_FORMAT')} {date_format(today, 'l')}"
    return render(request, "home.html", {"today": day, "steps": steps})


@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    """Links to what is needed now and then, by subject; the list is `library_site.menu.SETTINGS`."""
    return render(request, "settings.html", {"groups": settings_for(request)})
