"""Why a reader may not borrow for a while."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circulation.models.events import CirculationEvent
from readers.models import Reader


class Suspension(models.Model):
    """Overdue days that became days without borrowing (以停代金); both ends are days without."""

    audited_as = "exception"  # the lifted ones stand in the audit log
    audited_object = "reader_id"
    audited_columns = ("starts_on", "ends_on", "reason")
    audited_at = "lifted_at"
    audited_by = "lifted_by_id"
    audited_what = "'exception.lifted'"
    audited_when = "e.lifted_at IS NOT NULL AND e.lifted_by_id IS NOT NULL"

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="suspensions")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    event = models.ForeignKey(CirculationEvent, on_delete=models.PROTECT, null=True, related_name="suspensions")
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="suspension_dates")]


class ReaderBlock(models.Model):
    """The librarian's word that a reader is to be sent to the desk first."""

    audited_as = "exception"  # the ended ones stand in the audit log
    audited_object = "reader_id"
    audited_columns = ("since", "reason")
    audited_at = "ended_at"
    audited_by = "ended_by_id"
    audited_what = "'exception.unblocked'"
    audited_when = "e.ended_at IS NOT NULL"

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="blocks")
    reason = models.CharField(_("reason"), max_length=200)
    since = models.DateTimeField(_("from"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader"], condition=Q(ended_at=None), name="reader_block_once"),
        ]
