"""Meetings of the library's people, with who was there and what was said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from readers.models.leadership import LeadingGroupMember
from readers.models.people import Reader


@tracked()
class Meeting(models.Model):
    """One meeting; `also_present` names those who are neither readers nor of the leading group."""

    class Kind(models.TextChoices):
        LEADING_GROUP = "leading_group", _("Leading group")
        HELPERS = "helpers", _("Student helpers")
        OTHER = "other", _("Other meeting")

    kind = models.CharField(_("kind of meeting"), max_length=14, choices=Kind.choices)
    title = models.CharField(_("subject"), max_length=100)
    held_on = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=60, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    also_present = models.CharField(_("also present"), max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="meeting_titled")]
        indexes = [models.Index(fields=["-held_on", "-id"], name="meeting_newest")]

    def __str__(self) -> str:
        return self.title


@tracked()
class Attendance(models.Model):
    """Somebody who was expected at a meeting (a reader or a member of the leading group), and whether they came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances")
    member = models.ForeignKey(
        LeadingGroupMember, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    was_there = models.BooleanField(_("was there"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "reader"], name="attendance_reader_once"),
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_member_once"),
            models.CheckConstraint(
                condition=Q(reader=None, member__isnull=False) | Q(reader__isnull=False, member=None),
                name="attendance_of_one_person",
            ),
        ]
