"""Numbers that the library gives out itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The next free number of a kind, given out under this row's lock, so two people never get the same."""

    class Kind(models.TextChoices):
        COPY = "copy", _("barcode and accession number of a copy")
        CARD = "card", _("card number")
        HONOUR = "honour", _("certificate number")

    kind = models.CharField(max_length=10, choices=Kind.choices, primary_key=True)
    next_value = models.PositiveBigIntegerField(default=1)
