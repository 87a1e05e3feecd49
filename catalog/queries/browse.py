"""What the search page offers to narrow by: main classes and places."""

from catalog.models import ClcClass, Location
from library_site.shared.reference import Reference


def _load_main_classes() -> list[tuple[str, str]]:
    return list(ClcClass.objects.filter(level=1).order_by("code").values_list("code", "name"))


def _load_places() -> list[tuple[int, str]]:
    return list(Location.objects.order_by("name").values_list("pk", "name"))


def main_classes(reference: Reference) -> list[tuple[str, str]]:
    """The main classes of the CLC as (letter, name)."""
    return reference.get(_load_main_classes)


def places(reference: Reference) -> list[tuple[int, str]]:
    """All locations as (pk, name)."""
    return reference.get(_load_places)
