"""Closing the day (当日工作当日毕)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from library_site.triggers import append_only, never_emptied


class DayClosing(models.Model):
    """That a day was closed, and what was left open by then: {what: how many}."""

    day = models.DateField(_("day"))
    left = models.JSONField(default=dict)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("time"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day"], name="day_closed_once")]
        triggers = [append_only(), never_emptied()]
