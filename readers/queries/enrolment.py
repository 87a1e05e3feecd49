"""Who is enrolled: the one definition that every rate per student counts by."""

from datetime import date

from django.db.models import Q, QuerySet

from readers.models import ClassMembership, Reader


def enrolled_on(day: date) -> QuerySet[ClassMembership]:
    """The memberships of students who are in a class on `day`; whoever has left the school by then is not."""
    return ClassMembership.objects.filter(
        Q(until=None) | Q(until__gt=day),
        Q(reader__left_on=None) | Q(reader__left_on__gt=day),
        reader__category=Reader.Category.STUDENT,
        since__lte=day,
    )
