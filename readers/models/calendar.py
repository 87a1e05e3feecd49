"""School years and semesters (学年、学期)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from library_site.triggers import renews_settings_token


@tracked()
class SchoolYear(models.Model):
    """A school year, known by the year it begins in: 2025 is 2025–2026学年, from 1 September."""

    start_year = models.PositiveSmallIntegerField(_("begins in"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["start_year"], name="school_year_unique"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="school_year_dates"),
        ]
        triggers = [renews_settings_token()]

    def __str__(self) -> str:
        return f"{self.start_year}–{self.start_year + 1}"


@tracked()
class Semester(models.Model):
    """One of the two semesters of a school year; figures are reported by semester."""

    school_year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="semesters")
    number = models.PositiveSmallIntegerField(_("semester"), choices=[(1, _("first")), (2, _("second"))])
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_year", "number"], name="semester_unique"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="semester_dates"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="semester_number"),
        ]
        triggers = [renews_settings_token()]
