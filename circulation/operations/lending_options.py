"""Changing the options of lending."""

from collections.abc import Mapping
from typing import Any

from circulation.models import CirculationOptions
from library_site.audit import act
from library_site.models import User


def change_lending_options(*, values: Mapping[str, Any], by: User | None, address: str | None = None) -> None:
    """Writes the named options into the one row, which is made at the first change."""
    with act("change_lending_options", by=by, address=address):
        options = CirculationOptions.objects.select_for_update().first() or CirculationOptions(pk=1)
        for name, value in values.items():
            setattr(options, name, value)
        options.save()
