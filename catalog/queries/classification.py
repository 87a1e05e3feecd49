"""Reads of the classification."""

from collections.abc import Mapping

from catalog.models import ClcClass
from catalog.rules.classification import prefixes
from library_site.shared.reference import current_reference


def _load_codes() -> dict[str, str]:
    return prefixes(ClcClass.objects.values_list("code", flat=True))


def clc_codes() -> Mapping[str, str]:
    """All classes as `longest_prefix` wants them, kept in the process until the table changes. One statement."""
    return current_reference().get(_load_codes)
