"""Library servers that records are copied from (SRU)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library_site.tracking import tracked


@tracked()
class SruServer(models.Model):
    """A server that is asked for records, in the order of `position`."""

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60)
    url = models.URLField(_("address"), max_length=300)
    version = models.CharField(
        _("SRU version"), max_length=4, choices=[("1.1", "1.1"), ("1.2", "1.2"), ("2.0", "2.0")], default="1.1"
    )
    record_schema = models.CharField(_("record schema"), max_length=60, blank=True, default="marcxml")
    isbn_index = models.CharField(_("index for ISBN"), max_length=60, default="bath.isbn")
    title_index = models.CharField(_("index for titles"), max_length=60, default="dc.title")
    seconds = models.PositiveSmallIntegerField(_("seconds to wait"), default=5)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    enabled = models.BooleanField(_("in use"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="sru_server_name_unique"),
            models.CheckConstraint(condition=Q(seconds__range=(1, 60)), name="sru_server_seconds"),
        ]

    def __str__(self) -> str:
        return self.name
