"""What readers owe: cases, and the one append-only list of signed entries whose sums are the balances."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models.charge_balance import adds_up, waits_for_its_charge
from circulation.models.events import CirculationEvent
from circulation.models.loans import Loan
from library_site.triggers import append_only, never_deleted, never_emptied
from readers.models import Reader, SchoolClass


class Charge(models.Model):
    """Why somebody owes: a book late, lost or damaged, a card replaced. What is owed are its entries."""

    class Kind(models.TextChoices):
        OVERDUE = "overdue", _("Overdue")
        LOSS = "loss", _("Lost")
        DAMAGE = "damage", _("Damaged")
        CARD = "card", _("Card replaced")

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="charges")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, null=True, related_name="charges")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, null=True, related_name="charges", db_index=False)
    event = models.ForeignKey(CirculationEvent, on_delete=models.PROTECT, null=True, related_name="charges")
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # How the amount came about: {"price": "28.00", "multiple": "1", "days": 3, "degree": "…"}
    details = models.JSONField(default=dict)

    class Meta:
        constraints = [
            # One act, one charge of a kind: a return recorded twice never charges twice.
            models.UniqueConstraint(fields=["event", "kind"], condition=~Q(event=None), name="charge_once_per_act"),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="charge_newest"),
            models.Index(fields=["copy"], condition=~Q(copy=None), name="charge_copy"),
        ]
        triggers = [append_only(), never_emptied()]


class Receipt(models.Model):
    """The paper for one payment or refund, over as many charges as it settles; `number` is the library's own.

    The finance office's number is written once, when its receipt comes.
    """

    number = models.CharField(_("receipt"), max_length=20, db_collation="C")
    finance_number = models.CharField(_("number of the finance office"), max_length=40, blank=True, db_collation="C")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="receipts")
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="receipt_number_unique"),
            models.UniqueConstraint(
                fields=["finance_number"], condition=~Q(finance_number=""), name="receipt_finance_number_unique"
            ),
        ]
        triggers = [never_deleted()]


class CashUp(models.Model):
    """The count of a day's cash: what the entries since the last one say, and what was in the box."""

    # The last entry it covers: payments wait while the cash is counted, so none below it can come later.
    until_entry = models.BigIntegerField()
    expected = models.DecimalField(_("by the entries"), max_digits=10, decimal_places=2)
    counted = models.DecimalField(_("counted"), max_digits=10, decimal_places=2)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("time"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(counted__gte=0), name="cash_up_counted")]
        triggers = [append_only(), never_emptied()]

    @property
    def difference(self) -> Decimal:
        return self.counted - self.expected


class ChargeEntry(models.Model):
    """One signed amount: positive is owed, negative settles. Never changed; a wrong one is reversed by another."""

    audited_as = "exception"  # what was waived or paid back stands in the audit log
    audited_object = ""
    audited_columns = ("amount", "reason")
    audited_what = "'exception.' || e.kind"
    audited_when = "e.kind IN ('waiver', 'refund')"

    class Kind(models.TextChoices):
        OWED = "owed", _("Owed")
        PAYMENT = "payment", _("Paid")
        WAIVER = "waiver", _("Waived")
        REPLACED = "replaced", _("Same book brought")
        MENDED = "mended", _("Mended")
        REFUND = "refund", _("Paid back")
        REVERSAL = "reversal", _("Reversed")

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="entries", db_index=False)
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by", db_index=False
    )
    scan_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                # Kinds one by one: a list would be written differently by the database after a backup is restored.
                condition=(Q(kind="owed") | Q(kind="refund")) & Q(amount__gt=0)
                | (Q(kind="payment") | Q(kind="waiver") | Q(kind="replaced") | Q(kind="mended")) & Q(amount__lt=0)
                | Q(kind="reversal") & ~Q(amount=0),
                name="charge_entry_sign",
            ),
            models.CheckConstraint(condition=Q(kind="reversal") ^ Q(reverses=None), name="charge_entry_reversal"),
            models.UniqueConstraint(
                fields=["reverses"], condition=~Q(reverses=None), name="charge_entry_reversed_once"
            ),
            models.UniqueConstraint(
                fields=["scan_id", "charge", "kind"], condition=~Q(scan_id=None), name="charge_entry_scan_once"
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="charge_entry_at"),
            models.Index(fields=["receipt"], condition=~Q(receipt=None), name="charge_entry_of_receipt"),
        ]
        triggers = [append_only(), never_emptied(), waits_for_its_charge(), adds_up()]
