"""Reservations (预约): who waits for a title, in which order, and what stands on the pick-up shelf."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy, Title
from library_site.triggers import never_deleted
from readers.models import Reader, SchoolClass

ACTIVE = ("waiting", "ready")


class ClassSet(models.Model):
    """A teacher wants so many copies of a title for a class by a day; each is a reservation of the set."""

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="class_sets")
    teacher = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="class_sets")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    wanted = models.PositiveSmallIntegerField(_("copies wanted"))
    needed_on = models.DateField(_("needed on"))
    asked_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(wanted__range=(1, 200)), name="class_set_wanted")]


class Reservation(models.Model):
    """One reader's turn for a title. The queue is the order of `placed_at`, then of the key."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READY = "ready", _("Ready for pick-up")
        FULFILLED = "fulfilled", _("Picked up")
        EXPIRED = "expired", _("Not picked up")
        CANCELLED = "cancelled", _("Cancelled")

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="reservations", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="reservations")
    class_set = models.ForeignKey(ClassSet, on_delete=models.PROTECT, null=True, related_name="reservations")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    placed_at = models.DateTimeField(_("reserved"))
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, null=True, related_name="reservations", db_index=False)
    ready_at = models.DateTimeField(_("set aside"), null=True)
    expires_on = models.DateField(_("kept until"), null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title", "reader"],
                condition=Q(state__in=ACTIVE, class_set=None),
                name="reservation_once_per_reader",
            ),
            models.UniqueConstraint(fields=["copy"], condition=Q(state="ready"), name="reservation_one_per_copy"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(copy__isnull=False, expires_on__isnull=False),
                name="reservation_ready_has_copy",
            ),
            models.CheckConstraint(condition=Q(state__in=ACTIVE) ^ Q(ended_at__isnull=False), name="reservation_ended"),
        ]
        indexes = [
            models.Index(fields=["title", "placed_at", "id"], condition=Q(state__in=ACTIVE), name="reservation_queue"),
            models.Index(fields=["expires_on"], condition=Q(state="ready"), name="reservation_expiring"),
        ]
        triggers = [never_deleted()]
