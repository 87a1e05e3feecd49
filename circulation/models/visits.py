"""Visits to the reading rooms, and the timetable by which classes come."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Location
from circulation.models.calendar import WEEKDAYS
from library_site.tracking import tracked
from library_site.triggers import renews_settings_token
from readers.models import Reader, SchoolClass


@tracked()
class LibraryPeriod(models.Model):
    """A class's hour in the library (借阅轮流表): weekly, or every other week counted from the semester's first."""

    class Weeks(models.TextChoices):
        EVERY = "every", _("Every week")
        ODD = "odd", _("Odd weeks")
        EVEN = "even", _("Even weeks")

    class Purpose(models.TextChoices):
        BORROW = "borrow", _("Borrowing")
        READ = "read", _("Reading")

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="library_periods")
    room = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    purpose = models.CharField(_("purpose"), max_length=6, choices=Purpose.choices, default=Purpose.BORROW)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    weeks = models.CharField(_("weeks"), max_length=5, choices=Weeks.choices, default=Weeks.EVERY)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="library_period_hours"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="library_period_weekday"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="library_period_dates"
            ),
        ]
        triggers = [renews_settings_token()]


class Visit(models.Model):
    """Somebody, or a class, was in a reading room. A wrong one is voided."""

    class Kind(models.TextChoices):
        CARD = "card", _("By card")
        CLASS = "class", pgettext_lazy("visit", "A class")
        PERIOD = "period", _("A teacher's period")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    at = models.DateTimeField(_("time"))
    room = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    is_electronic = models.BooleanField(_("electronic reading room"), default=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="visits")
    category = models.CharField(_("reader category"), max_length=12, choices=Reader.Category.choices, blank=True)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="visits")
    heads = models.PositiveSmallIntegerField(_("people"), default=1)
    teacher = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    subject = models.CharField(_("school subject"), max_length=40, blank=True)
    what = models.CharField(_("what was read"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    scan_id = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(heads__range=(1, 500)), name="visit_heads"),
            models.UniqueConstraint(fields=["scan_id"], condition=~Q(scan_id=None), name="visit_scan_once"),
        ]
        indexes = [models.Index(fields=["at"], name="visit_at")]
