"""That a reader was reminded of a book (催还): the letter to the parents is the last of several reminders."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from circulation.models.loans import Loan
from library_site.triggers import append_only, never_emptied


class Reminder(models.Model):
    """One reminder of one loan; the same kind on the same day counts once, however often it is printed."""

    class Kind(models.TextChoices):
        SLIP = "slip", _("Slip")
        CHAT = "chat", _("Text for the chat")
        LETTER = "letter", _("Letter to the parents")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    at = models.DateTimeField(_("time"))
    day = models.DateField(_("day"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loan", "kind", "day"], name="reminder_once_a_day")]
        indexes = [models.Index(fields=["at"], name="reminder_at")]
        triggers = [append_only(), never_emptied()]
