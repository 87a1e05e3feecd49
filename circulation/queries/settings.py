"""Policies and calendar, kept per process until a setting changes."""

from circulation.models import Closure, LoanPolicy, OpeningHours
from circulation.rules.calendar import OpenDays
from library_site.shared.reference import Reference


def _load_policies() -> list[LoanPolicy]:
    return list(LoanPolicy.objects.all())


def _load_open_days() -> OpenDays:
    return OpenDays(
        weekdays=frozenset(OpeningHours.objects.values_list("weekday", flat=True)),
        closures=tuple(Closure.objects.values_list("starts_on", "ends_on")),
    )


def policies(reference: Reference) -> list[LoanPolicy]:
    """All loan policies, past ones included."""
    return reference.get(_load_policies)


def open_days(reference: Reference) -> OpenDays:
    """The days on which the library is open."""
    return reference.get(_load_open_days)
