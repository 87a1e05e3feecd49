"""Who of the staff looked at what one person borrowed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from library_site.triggers import append_only, never_emptied
from readers.models.people import Reader


class PersonLook(models.Model):
    """One look at a person's data, append-only: staff may look, and it stays known that they did."""

    audited_as = "look"  # stands in the audit log beside the changes
    audited_object = "reader_id"
    audited_columns = ()

    class What(models.TextChoices):
        HISTORY = "history", _("Borrowing history")
        EXPORT = "export", _("All that is stored about a person")

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="looks", db_index=False)
    what = models.CharField(_("looked at"), max_length=10, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("time"))
    address = models.CharField(_("address"), max_length=45, blank=True, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["reader", "-at"], name="person_look_reader"),
            models.Index(fields=["at", "id"], name="person_look_time"),
        ]
        triggers = [append_only(), never_emptied()]
