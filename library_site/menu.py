"""The menu: what each role finds at the top of a page, in the order of a day's work."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from library_site.access import may_open

# (URL name, text, icon); shown to those who may open it
ENTRIES: list[tuple[str, Any, str]] = []


@dataclass(frozen=True)
class MenuItem:
    url: str
    text: str
    icon: str
    active: bool


def menu_for(request: HttpRequest) -> list[MenuItem]:
    """The entries this person may open, the current one marked."""
    roles = frozenset(request.user.roles) if request.user.is_authenticated else None
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        MenuItem(url=reverse(name), text=str(text), icon=icon, active=name == here)
        for name, text, icon in ENTRIES
        if may_open(name, roles, public_search=True, debug=settings.DEBUG)
    ]
