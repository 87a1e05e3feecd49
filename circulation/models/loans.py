"""Loans: facts that stay true, each with the class, category and terms of the day it was made."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models.boxes import Box
from circulation.models.policies import LoanPolicy
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
    A class loan (集体借阅) is in the name of `school_class` and names the `box`; it never had a reader. While it is
    open, the class keeper may lend the copy on to a classmate: a corner loan, the only kind that stands beside another.
    """

    class Kind(models.TextChoices):
        READER = "reader", _("Taken home")
        CLASS = "class", _("In the class's name")
        CORNER = "corner", _("From the book corner")
        ROOM = "room", _("Used in the room")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.READER, db_default=Kind.READER)
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
    # Whose terms for what is overdue or lost hold; null for loans made before loans kept it.
    policy = models.ForeignKey(LoanPolicy, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    box = models.ForeignKey(Box, on_delete=models.PROTECT, null=True, related_name="loans", db_index=False)
    lent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy"], condition=OPEN & ~Q(kind="corner"), name="loan_one_open_per_copy"),
            models.UniqueConstraint(
                fields=["copy"], condition=OPEN & Q(kind="corner"), name="loan_one_open_corner_per_copy"
            ),
            models.CheckConstraint(
                condition=~Q(kind="class") | Q(reader=None, school_class__isnull=False, box__isnull=False),
                name="loan_class_names_class_and_box",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("lent_at")), name="loan_returned_after_lent"
            ),
            models.CheckConstraint(condition=Q(loan_days__gte=1), name="loan_days_positive"),
        ]
        indexes = [
            models.Index(fields=["reader"], condition=OPEN, name="loan_open_reader"),
            models.Index(fields=["due_on"], condition=OPEN, name="loan_open_due"),
            models.Index(fields=["school_class"], condition=OPEN, name="loan_open_class"),
            models.Index(fields=["box"], condition=OPEN & ~Q(box=None), name="loan_open_box"),
            models.Index(fields=["reader", "-lent_at"], name="loan_reader_history"),
            models.Index(fields=["copy", "-lent_at"], name="loan_copy_history"),
            models.Index(fields=["lent_at"], name="loan_lent_at"),
            # Few are late: what a year's reports ask of them is found without reading its loans.
            models.Index(fields=["lent_at"], condition=Q(returned_at__date__gt=F("due_on")), name="loan_late"),
        ]
        triggers = [never_deleted()]
