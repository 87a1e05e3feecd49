"""Reservations (预约): who waits for a title, in which order, and what stands on the pick-up shelf."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy, Title
from library_site.triggers import never_deleted
from readers.models import Reader, SchoolClass

ACTIVE = ("waiting", "ready")
# Said one by one: a list would be written differently by the database after a backup is restored.
IS_ACTIVE = Q(state="waiting") | Q(state="ready")
# Merging re-points the turns of one title to another whatever the app; who waited for both keeps one turn: the one
# whose book is set aside, else the one that stands there, at the earlier place of the two.
_ONE_TURN_AFTER_MERGING = """
    IF NEW.class_set_id IS NOT NULL OR NEW.state NOT IN ('waiting', 'ready') THEN
        RETURN NEW;
    END IF;
    IF NEW.state = 'ready' THEN
        UPDATE circulation_reservation SET state = 'cancelled', ended_at = now(), reason = 'merged'
         WHERE title_id = NEW.title_id AND reader_id = NEW.reader_id AND class_set_id IS NULL AND state = 'waiting';
    END IF;
    UPDATE circulation_reservation SET placed_at = LEAST(placed_at, NEW.placed_at)
     WHERE title_id = NEW.title_id AND reader_id = NEW.reader_id AND class_set_id IS NULL
       AND state IN ('waiting', 'ready');
    IF FOUND THEN
        NEW.state = 'cancelled';
        NEW.ended_at = now();
        NEW.reason = 'merged';
    END IF;
    RETURN NEW;
"""


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
    # Why it was cancelled: a code of `circulation.rules.reservations.REASONS`, or the librarian's words.
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # When somebody said that what is to be done after its end was done: the book put back, the reader told.
    settled_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title", "reader"],
                condition=IS_ACTIVE & Q(class_set=None),
                name="reservation_once_per_reader",
            ),
            models.UniqueConstraint(fields=["copy"], condition=Q(state="ready"), name="reservation_one_per_copy"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(copy__isnull=False, expires_on__isnull=False),
                name="reservation_ready_has_copy",
            ),
            models.CheckConstraint(condition=IS_ACTIVE ^ Q(ended_at__isnull=False), name="reservation_ended"),
        ]
        indexes = [
            models.Index(fields=["title", "placed_at", "id"], condition=IS_ACTIVE, name="reservation_queue"),
            models.Index(fields=["expires_on"], condition=Q(state="ready"), name="reservation_expiring"),
            models.Index(fields=["-ended_at"], condition=~Q(ended_at=None), name="reservation_ended_lately"),
        ]
        triggers = [
            never_deleted(),
            pgtrigger.Trigger(
                name="one_turn_after_merging",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("title_id"),
                condition=pgtrigger.Q(old__title_id__df=pgtrigger.F("new__title_id")),
                func=_ONE_TURN_AFTER_MERGING,
            ),
        ]
