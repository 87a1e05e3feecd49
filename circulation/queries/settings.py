"""Policies and calendar, kept per process until a setting changes."""

from datetime import date

from circulation.models import Closure, LoanPolicy, OpeningHours
from circulation.rules.calendar import OpenDays
from circulation.rules.retention import forget_before
from library_site.queries import school
from library_site.shared.reference import Reference
from readers.queries.classes import school_year_on, school_years


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


def forgotten_before(reference: Reference, today: date) -> date | None:
    """The day whose past is forgotten by the school's options; None while no school year is entered."""
    current, options = school_year_on(reference, today), school(reference)
    if current is None or options is None:
        return None
    return forget_before(school_years(reference), current=current, keep=options.retention_years)
