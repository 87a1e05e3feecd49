"""Policies and calendar, kept per process until a setting changes."""

from datetime import date

from django.utils.timezone import localdate

from circulation.models import CirculationOptions, Loan, LoanPolicy
from circulation.queries.calendar import calendar
from circulation.rules.calendar import OpenDays
from circulation.rules.policies import policy_for
from circulation.rules.retention import forget_before
from library_site.queries import school
from library_site.shared.reference import Reference
from readers.queries.classes import school_year_on, school_years


def _load_policies() -> list[LoanPolicy]:
    return list(LoanPolicy.objects.all())


def _load_options() -> CirculationOptions:
    return CirculationOptions.objects.first() or CirculationOptions(pk=1)


def policies(reference: Reference) -> list[LoanPolicy]:
    """All loan policies, past ones included."""
    return reference.get(_load_policies)


def policy_of(loan: Loan, reference: Reference) -> LoanPolicy | None:
    """The policy whose terms hold for a loan: the one it names, else the one that held on the day it was lent.

    No statement where the loan comes with its copy and title.
    """
    if loan.policy_id is not None:
        return next((policy for policy in policies(reference) if policy.pk == loan.policy_id), None)
    material, lent_on = loan.copy.title.material, localdate(loan.lent_at)
    return policy_for(policies(reference), category=loan.category, material=material, on=lent_on)


def options(reference: Reference) -> CirculationOptions:
    """The options of lending; the defaults where the school has set none."""
    return reference.get(_load_options)


def open_days(reference: Reference, *, category: str = "", location_id: int | None = None) -> OpenDays:
    """The days on which the library is open: at all, for a reader category, or one room of it."""
    return calendar(reference).open_days(location_id, category)


def forgotten_before(reference: Reference, today: date) -> date | None:
    """The day whose past is forgotten by the school's options; None while no school year is entered."""
    current, options = school_year_on(reference, today), school(reference)
    if current is None or options is None:
        return None
    return forget_before(school_years(reference), current=current, keep=options.retention_years)
