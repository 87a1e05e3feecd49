"""What was forgotten, and when: the record of retention and erasure, without a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library_site.triggers import append_only, never_emptied
from readers.models import Reader


class RetentionRun(models.Model):
    """One act that forgot, append-only. `counts` is {what: how many rows}; `before` the day whose past was forgotten.

    An erasure concerns one `reader`, whose row is left without a name.
    """

    class Kind(models.TextChoices):
        RETENTION = "retention", _("Old loans anonymised")
        ERASURE = "erasure", _("One person erased")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    before = models.DateField(_("before"), null=True)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    counts = models.JSONField(_("counts"), default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind="retention") ^ Q(before=None), name="retention_run_day"),
            models.CheckConstraint(condition=Q(kind="erasure") ^ Q(reader=None), name="retention_run_reader"),
        ]
        indexes = [models.Index(fields=["-at"], name="retention_run_latest")]
        triggers = [append_only(), never_emptied()]
