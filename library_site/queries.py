"""Reads of the site itself."""

from library_site.models import School
from library_site.shared.reference import Reference


def _load_school() -> School | None:
    return School.objects.filter(pk=1).first()


def school(reference: Reference) -> School | None:
    """The school's options, or None before the first start is done."""
    return reference.get(_load_school)
