"""Loans: facts that stay true, each with the class, category and terms of the day it was made."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from library_site.triggers import never_deleted
from readers.models import Reader, SchoolClass, SchoolYear

OPEN = Q(returned_at=None, voided_at=None)


class BorrowerKey(models.Model):
    """A random mark per reader and school year: distinct borrowers stay countable after anonymisation."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="borrower_keys")
    school_year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "school_year"], name="borrower_key_unique")]


class Loan(models.Model):
    """A copy in somebody's hands. Open while neither returned nor voided (an undone checkout is voided).

    `reader` becomes null by the retention act; statistics read `school_class`, `category` and `borrower_key`.
    """

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="loans", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="loans", db_index=False)
    borrower_key = models.UUIDField()
    category = models.CharField(_("reader category"), max_length=12, choices=Reader.Category.choices)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    lent_at = models.DateTimeField(_("lent"))
    due_on = models.DateField(_("due"))
    returned_at = models.DateTimeField(_("returned"), null=True)
    voided_at = models.DateTimeField(null=True)
    renewals = models.PositiveSmallIntegerField(_("renewals"), default=0)
    # The terms it was made under: a policy edited later changes nothing here.
    loan_days = models.PositiveSmallIntegerField()
    max_renewals = models.PositiveSmallIntegerField()
    lent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy"], condition=OPEN, name="loan_one_open_per_copy"),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("lent_at")), name="loan_returned_after_lent"
            ),
            models.CheckConstraint(condition=Q(loan_days__gte=1), name="loan_days_positive"),
        ]
        indexes = [
            models.Index(fields=["reader"], condition=OPEN, name="loan_open_reader"),
            models.Index(fields=["due_on"], condition=OPEN, name="loan_open_due"),
            models.Index(fields=["school_class"], condition=OPEN, name="loan_open_class"),
            models.Index(fields=["reader", "-lent_at"], name="loan_reader_history"),
            models.Index(fields=["copy", "-lent_at"], name="loan_copy_history"),
            models.Index(fields=["lent_at"], name="loan_lent_at"),
        ]
        triggers = [never_deleted()]
