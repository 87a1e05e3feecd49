"""Batches (批次): what came in or was entered together."""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked


@tracked()
class Batch(models.Model):
    """Copies that came together, or that were entered together in the first year."""

    name = models.CharField(_("batch"), max_length=60)
    received_on = models.DateField(_("received on"), default=localdate)
    supplier = models.CharField(_("supplier or giver"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="batch_name_unique")]
        indexes = [models.Index(fields=["-received_on", "-id"], name="batch_newest")]

    def __str__(self) -> str:
        return self.name
