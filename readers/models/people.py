"""Readers and their library cards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked


@tracked()
class Reader(models.Model):
    """Somebody who borrows. As little as the desk needs: no identity number, no phone, no birthday."""

    class Category(models.TextChoices):
        STUDENT = "student", _("Student")
        TEACHER = "teacher", _("Teacher")
        STAFF = "staff", _("Staff")
        COLLECTIVE = "collective", _("Class as a whole")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        LEFT = "left", _("Left the school")

    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    number = models.CharField(_("school number"), max_length=32, blank=True, db_collation="C")
    name = models.CharField(_("name"), max_length=64)
    pinyin = models.CharField(_("pinyin"), max_length=200, blank=True, db_collation="C")
    initials = models.CharField(_("pinyin initials"), max_length=64, blank=True, db_collation="C")
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ACTIVE)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    note = models.CharField(_("note for the desk"), max_length=200, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="reader"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="reader_number_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="reader_named"),
        ]
        indexes = [
            models.Index(fields=["initials"], name="reader_initials"),
            models.Index(fields=["name"], name="reader_name"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Card(models.Model):
    """A library card (借书证). A reader has at most one that is valid; a barcode is never given twice.

    `fee` is what was taken for a replacement, in yuan; null where nothing was.
    """

    class Status(models.TextChoices):
        VALID = "valid", _("Valid")
        LOST = "lost", _("Lost")
        REPLACED = "replaced", _("Replaced")
        RETURNED = "returned", _("Handed in")

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="cards")
    barcode = models.CharField(_("card number"), max_length=32, db_collation="C")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.VALID)
    issued_on = models.DateField(_("issued on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    fee = models.DecimalField(_("fee taken"), max_digits=7, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["barcode"], name="card_barcode_unique"),
            models.UniqueConstraint(fields=["reader"], condition=Q(status="valid"), name="card_one_valid"),
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("issued_on")), name="card_dates"),
            models.CheckConstraint(condition=Q(fee=None) | Q(fee__gte=0), name="card_fee"),
        ]

    def __str__(self) -> str:
        return self.barcode
