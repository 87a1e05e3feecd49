"""Figures of semesters that are over, as they were reported."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from library_site.triggers import append_only, never_emptied
from readers.models import Semester


class Snapshot(models.Model):
    """A closed semester: figures and tables as JSON, under the names of that time. A newer row takes its place.

    `figures` is {code: {"variant", "numerator", "denominator", "percent", "value"}}, `tables` {name: rows}. No row
    names a person: tables go down to classes.
    """

    semester = models.ForeignKey(Semester, on_delete=models.PROTECT, related_name="snapshots")
    taken_at = models.DateTimeField(_("closed"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    figures = models.JSONField()
    tables = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["semester", "-id"], name="snapshot_newest")]
        triggers = [append_only(), never_emptied()]
