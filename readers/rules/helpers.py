"""Who may be appointed, who has earned a commendation, and when a helper's rights hold."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from library_site.models import Role
from library_site.shared.problems import Problem
from readers.models import Appointment, CommendationChoice, HelperOptions

CLASS_FULL = "class_full"
NOT_ON_DUTY = Problem(
    "not_on_duty",
    _("Helpers may do this only while they are on duty."),
    _("Sign in with your card first."),
)


def too_many(options: HelperOptions, already: int, wanted: int) -> list[Problem]:
    """Against appointing `wanted` helpers in a class that has `already`; the librarian may go beyond the number."""
    if wanted == 0 or already + wanted <= options.per_class:
        return []
    text = _("The class would have %(count)d helpers; the school wants %(limit)d per class.")
    values = {"count": already + wanted, "limit": options.per_class}
    return [Problem(CLASS_FULL, text % values, overridable=True)]


def has_earned_it(options: HelperOptions, *, minutes: int, acts: int) -> bool:
    """Whether service and acts reach what the school asks for a commendation."""
    return minutes >= options.commend_minutes and acts >= options.commend_acts


def is_commended(earned: bool, choice: CommendationChoice | None) -> bool:
    """The librarian's word goes before the reckoning."""
    return choice.is_commended if choice else earned


def desk_rights(
    options: HelperOptions, roles: Collection[str], *, on_duty_id: int | None, open_shifts: Iterable[int]
) -> list[Problem]:
    """Why somebody with these roles may not act at the desk now: empty unless the school ties rights to duty.

    `on_duty_id` is the reader named at this desk, `open_shifts` are the readers who have signed in. Whoever has
    another role that opens the desk is not bound.
    """
    if not options.only_on_duty or Role.LIBRARIAN in roles or Role.HELPER not in roles:
        return []
    return [] if on_duty_id is not None and on_duty_id in set(open_shifts) else [NOT_ON_DUTY]


ROLE_OF_KIND = {Appointment.Kind.HELPER: Role.HELPER, Appointment.Kind.CLASS_KEEPER: Role.CLASS_KEEPER}
