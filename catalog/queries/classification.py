"""Reads of the classification."""

from collections.abc import Mapping

from catalog.models import ClcClass
from catalog.rules.classification import is_clc_number, normalise_clc, prefixes
from library_site.shared.reference import current_reference


def _load_codes() -> dict[str, str]:
    return prefixes(ClcClass.objects.values_list("code", flat=True))


def clc_codes() -> Mapping[str, str]:
    """All classes as `longest_prefix` wants them, kept in the process until the table changes. One statement."""
    return current_reference().get(_load_codes)


def clc_number_of(text: str) -> str | None:
    """The number as it is stored; None if it has not the shape of one. Empty stays empty: to be classified."""
    number = normalise_clc(text)
    return number if not number or is_clc_number(number) else None
