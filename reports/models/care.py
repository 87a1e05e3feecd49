"""Care of the rooms (五防): what was done against dust, damp, fire and the rest, and what was found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Location
from library_site.tracking import tracked


@tracked()
class RoomCare(models.Model):
    """One line of the register. `room` null: all rooms. `done_by` names whoever did it, in words."""

    class Kind(models.TextChoices):
        CLEANING = "cleaning", _("Cleaning")
        DISINFECTING = "disinfecting", _("Disinfecting")
        FIRE = "fire", _("Against fire")
        THEFT = "theft", _("Against theft")
        DAMP = "damp", _("Against damp")
        MOULD = "mould", _("Against mould")
        DUST = "dust", _("Against dust")
        MOTH = "moth", _("Against insects")
        RAT = "rat", _("Against rats")

    kind = models.CharField(_("kind of care"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("date"))
    room = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    done_by = models.CharField(_("by whom"), max_length=64)
    found = models.CharField(_("what was found"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(done_by=""), name="room_care_done_by")]
        indexes = [models.Index(fields=["-on", "-id"], name="room_care_newest")]
