"""Changing the school's options."""

from typing import Any

from library_site import audit
from library_site.models import School, User


def change_options(*, values: dict[str, Any], by: User, address: str | None = None) -> School:
    """Writes the named options of the school's one row; every process follows with its next request."""
    with audit.act("change_options", by=by, address=address):
        school = School.objects.select_for_update().get(pk=1)
        for name, value in values.items():
            setattr(school, name, value)
        school.save(update_fields=list(values))
    return school
