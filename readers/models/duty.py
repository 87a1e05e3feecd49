"""The duty roster (值日表) and the service that was really done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from readers.models.helpers import Appointment
from readers.models.people import Reader


@tracked()
class DutyPeriod(models.Model):
    """A time of day at which helpers serve, such as 午间 12:10–12:50."""

    name = models.CharField(_("name of the period"), max_length=30)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="duty_period_unique"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="duty_period_order"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts:%H:%M}–{self.ends:%H:%M}"


@tracked()
class Duty(models.Model):
    """A helper's place in the roster of the appointment's semester: every week on this weekday (0 = Monday)."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="duties")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=list(WEEKDAYS.items()))
    period = models.ForeignKey(DutyPeriod, on_delete=models.PROTECT, related_name="duties")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "weekday", "period"], name="duty_once_in_a_week"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="duty_weekday"),
        ]


@tracked()
class DutyChange(models.Model):
    """On one date a duty is done by somebody else; a swap (换班) is two of them made in one act."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField(_("date"))
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="duty_changes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "on"], name="duty_change_once_a_date")]


@tracked()
class DutyShift(models.Model):
    """Service that was done. Open (`ended_at` null) while the helper is on duty; a reader has at most one open.

    `source` says how it came: scanned at the desk, closed by the system since nobody signed off, or entered by hand.
    """

    class Source(models.TextChoices):
        SCAN = "scan", _("Signed in at the desk")
        CLOSED = "closed", _("Not signed off")
        HAND = "hand", _("Entered by hand")

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="shifts")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="duty_shifts")
    started_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("to"), null=True, blank=True)
    period = models.ForeignKey(DutyPeriod, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("how it was recorded"), max_length=6, choices=Source.choices, default=Source.SCAN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader"], condition=Q(ended_at=None), name="duty_shift_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="duty_shift_order"
            ),
        ]
        indexes = [models.Index(fields=["reader", "started_at"], name="duty_shift_reader")]
