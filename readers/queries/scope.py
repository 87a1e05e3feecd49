"""How far a right reaches: the classes behind "own class", and whether a reader is in one of them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from library_site.access import Scope
from library_site.models import Role, User
from readers.models import Appointment, ClassMembership, ClassTeacher


def classes_of(user: User, day: date) -> frozenset[int]:
    """The classes that the person leads as class teacher or keeps for the library; none for anybody else.

    Whoever was appointed keeper this semester keeps the class of the appointment, any other keeper the class that
    the own reader is in. At most three statements.
    """
    found: set[int] = set()
    if user.has_role(Role.TEACHER):
        found.update(_led(user, day))
    if user.has_role(Role.CLASS_KEEPER):
        found.update(_kept(user, day) or _member_of(user, day))
    return frozenset(found)


def classes_within(scope: Scope | None, user: User, day: date) -> frozenset[int] | None:
    """The classes that a right of this scope reaches; None for the whole school, which costs no statement."""
    if scope is Scope.SCHOOL:
        return None
    return classes_of(user, day) if scope is Scope.CLASS else frozenset()


def all_in_classes(reader_ids: Collection[int], classes: Collection[int], day: date) -> bool:
    """Whether every one of the readers is in one of the classes on the day. One statement."""
    wanted = set(reader_ids)
    if not wanted:
        return True
    rows = _on(day).filter(reader_id__in=wanted, school_class_id__in=classes)
    return set(rows.values_list("reader_id", flat=True)) == wanted


def _led(user: User, day: date) -> set[int]:
    rows = ClassTeacher.objects.filter(Q(until=None) | Q(until__gt=day), reader__account=user, since__lte=day)
    return set(rows.values_list("school_class_id", flat=True))


def _kept(user: User, day: date) -> set[int]:
    rows = Appointment.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day),
        kind=Appointment.Kind.CLASS_KEEPER,
        reader__account=user,
        appointed_on__lte=day,
        semester__starts_on__lte=day,
        semester__ends_on__gte=day,
    )
    return set(rows.values_list("school_class_id", flat=True))


def _member_of(user: User, day: date) -> set[int]:
    return set(_on(day).filter(reader__account=user).values_list("school_class_id", flat=True))


def _on(day: date) -> QuerySet[ClassMembership]:
    return ClassMembership.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
