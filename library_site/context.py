"""What every full page shows: the school's name, and the menu of those who are logged in."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from library_site.menu import menu_for
from library_site.queries import school


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor; lazy, so that fragments which use none of it pay nothing."""
    return {
        "school": SimpleLazyObject(lambda: school(request.reference)),  # type: ignore[attr-defined]
        "menu": SimpleLazyObject(lambda: menu_for(request)),
    }
