"""Class sets as their pages list them."""

from django.db.models import Count, Q, QuerySet

from catalog.models.titles import long_columns
from circulation.models import ClassSet, Reservation
from readers.models import Reader

State = Reservation.State


def class_sets(*, teacher: Reader | None = None) -> QuerySet[ClassSet]:
    """Sets with `waiting`, `ready` and `lent` copies, open ones first and then by the day they are needed."""
    rows = ClassSet.objects.all() if teacher is None else ClassSet.objects.filter(teacher=teacher)
    rows = rows.select_related("title", "teacher").defer(*long_columns("title"))
    counted = rows.annotate(
        waiting=Count("reservations", filter=Q(reservations__state=State.WAITING)),
        ready=Count("reservations", filter=Q(reservations__state=State.READY)),
        lent=Count("reservations", filter=Q(reservations__state=State.FULFILLED)),
        is_closed=Q(closed_at__isnull=False),
    )
    return counted.order_by("is_closed", "needed_on", "pk")
