"""What happened at the desk: one append-only row per act, the source of reports, undo and "who did this"."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models.loans import Loan
from library_site.triggers import append_only, never_emptied
from readers.models import Reader, SchoolClass


class CirculationEvent(models.Model):
    """One act. `by` is the account, `on_duty` who had scanned the own card at a desk that several people share.

    `scan_id` ties it to the scan that asked for it: the same scan sent twice is recorded once.
    `details` holds what undoing or explaining needs: {"due_on": [before, after], "overrides": [code], "reason": text}.
    """

    audited_as = "exception"  # acts by exception stand in the audit log beside the changes
    audited_object = "reader_id"
    audited_columns = ("details__overrides", "details__reason")
    audited_at = "recorded_at"
    audited_what = "'exception.' || e.kind"
    audited_when = "e.recorded_at IS NOT NULL AND e.details ?| '{overrides,amnesty}'::text[]"

    class Kind(models.TextChoices):
        CHECKOUT = "checkout", _("Lent")
        RETURN = "return", _("Returned")
        RENEWAL = "renewal", _("Renewed")
        UNDO = "undo", _("Undone")
        LOST = "lost", _("Reported lost")
        FOUND = "found", _("Found again")
        DAMAGED = "damaged", _("Damaged")
        DUE_MOVED = "due_moved", _("Due date moved")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(_("time"))
    # The server's time, whatever time the act is dated; null for acts recorded before this was kept.
    recorded_at = models.DateTimeField(_("recorded"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    on_duty = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    desk = models.CharField(max_length=32, blank=True, db_collation="C")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="events")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="undone_by", db_index=False)
    scan_id = models.UUIDField(null=True)
    scanned_at = models.DateTimeField(_("time on the page"), null=True)
    code = models.CharField(_("what was scanned"), max_length=64, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["undoes"], condition=~Q(undoes=None), name="event_undone_once"),
            models.UniqueConstraint(
                fields=["scan_id", "kind", "loan"], condition=~Q(scan_id=None), name="event_scan_once"
            ),
            models.CheckConstraint(condition=Q(kind="undo") ^ Q(undoes=None), name="event_undo_names_its_act"),
        ]
        indexes = [
            models.Index(fields=["desk", "-id"], name="event_desk_feed"),
            models.Index(fields=["at"], name="event_at"),
            models.Index(fields=["recorded_at"], condition=~Q(recorded_at=None), name="event_recorded_at"),
            models.Index(fields=["at"], condition=Q(kind="lost"), name="event_lost"),
            models.Index(
                fields=["recorded_at", "id"],
                condition=Q(details__has_any_keys=["overrides", "amnesty"]),
                name="event_exceptions",
            ),
        ]
        triggers = [append_only(), never_emptied()]
