"""Which grades log in themselves."""

from datetime import date

from django.db.models import Q

from library_site.models import Role, User
from library_site.shared.reference import Reference
from readers.models import ClassMembership, Grade
from readers.queries.classes import NamedClass, classes_on


def _load_closed() -> frozenset[tuple[str, int]]:
    return frozenset(Grade.objects.filter(self_service=False).values_list("stage", "position"))


def closed_grades(reference: Reference) -> frozenset[tuple[str, int]]:
    """The grades whose pupils do not log in, as (stage, year of the stage)."""
    return reference.get(_load_closed)


def is_closed_class(reference: Reference, named: NamedClass) -> bool:
    """Whether the pupils of a class do not log in this year. No statement."""
    return (named.stage, named.position) in closed_grades(reference)


def is_closed_for(user: User, reference: Reference, day: date) -> bool:
    """Whether the account is a pupil's of a grade that does not log in.

    Who also serves as helper or class keeper keeps the account, which the service needs. One statement for a pupil
    while some grade is closed, else none.
    """
    if set(user.roles) != {Role.STUDENT} or not closed_grades(reference):
        return False
    present = Q(until=None) | Q(until__gt=day)
    rows = ClassMembership.objects.filter(present, reader__account=user, since__lte=day)
    own = set(rows.values_list("school_class_id", flat=True))
    return any(named.pk in own and is_closed_class(reference, named) for named in classes_on(reference, day))
