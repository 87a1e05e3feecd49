"""Counts made ahead, so that pages stay fast after millions of loans. Nothing here says more than loans and copies do.

A job makes them for days that are over; whatever happened since, pages count themselves (`reports.queries.rolled`).
The tables can be emptied and made again at any time.
"""

from django.db import models
from django.db.models import F, Q

from catalog.models import Location
from circulation.models import Loan
from readers.models import Reader, SchoolClass


class RolledUp(models.Model):
    """How far the counts reach: days before `until`, as of the moment `at`. One row at most."""

    until = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="rolled_up_single_row")]


class LoanDay(models.Model):
    """What was lent, renewed and returned on a day, by kind of loan, reader category and class on that day."""

    day = models.DateField()
    kind = models.CharField(max_length=6, choices=Loan.Kind.choices)
    category = models.CharField(max_length=12, choices=Reader.Category.choices, blank=True)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    lent = models.PositiveIntegerField(default=0)
    renewed = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "category", "school_class"], nulls_distinct=False, name="loan_day_unique"
            )
        ]


class SubjectDay(models.Model):
    """What was lent on a day, by the main class of the CLC that the title had when the day was counted."""

    day = models.DateField()
    kind = models.CharField(max_length=6, choices=Loan.Kind.choices)
    main_class = models.CharField(max_length=1, blank=True, db_collation="C")
    lent = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind", "main_class"], name="subject_day_unique")]


class BorrowerWeek(models.Model):
    """That a borrower borrowed in a week (`monday` its first day): distinct borrowers add up over any weeks."""

    monday = models.DateField()
    borrower_key = models.UUIDField()
    kind = models.CharField(max_length=6, choices=Loan.Kind.choices)
    category = models.CharField(max_length=12, choices=Reader.Category.choices, blank=True)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    loans = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["monday", "borrower_key", "kind", "category", "school_class"],
                nulls_distinct=False,
                name="borrower_week_unique",
            )
        ]


class CopyTerm(models.Model):
    """How often a copy was lent in a semester. Known by its days: if those are changed, other rows are made."""

    starts_on = models.DateField()
    ends_on = models.DateField()
    # No foreign key: a hundred thousand rows a semester, of numbers only, and made again with everything else here.
    copy_id = models.BigIntegerField()
    loans = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["starts_on", "ends_on", "copy_id"], include=["loans"], name="copy_term_unique"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="copy_term_dates"),
        ]


class HoldingsDay(models.Model):
    """What the library held at the end of a day, by room and main class: neither withdrawn nor lost then."""

    day = models.DateField()
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+", db_index=False)
    circulates = models.BooleanField()
    main_class = models.CharField(max_length=1, blank=True, db_collation="C")
    titles = models.PositiveIntegerField()
    copies = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "location", "circulates", "main_class"], name="holdings_day_unique")
        ]
