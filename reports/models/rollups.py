"""Counts made ahead, so that pages stay fast after millions of loans. Nothing here says more than loans do.

A job makes them for days that are over; whatever happened since, pages count themselves (`reports.queries.rolled`).
The tables can be emptied and made again at any time: pages then show the same numbers, only later.
"""

from django.db import models
from django.db.models import F, Q

from circulation.models import Loan
from readers.models import Reader, SchoolClass


class RolledUp(models.Model):
    """How far the counts reach: days before `until`, as of the moment `at`. One row at most."""

    until = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="rolled_up_single_row")]


class LoanDay(models.Model):
    """What was lent on a day, by kind of loan, reader category and class on that day."""

    day = models.DateField()
    kind = models.CharField(max_length=6, choices=Loan.Kind.choices)
    category = models.CharField(max_length=12, choices=Reader.Category.choices, blank=True)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    lent = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "category", "school_class"], nulls_distinct=False, name="loan_day_unique"
            )
        ]


class BorrowerSpan(models.Model):
    """How many students borrowed in their own name in a whole week or a whole month; none: no row."""

    starts_on = models.DateField()
    ends_on = models.DateField()
    students = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["starts_on", "ends_on"], name="borrower_span_unique")]


class RolledTerm(models.Model):
    """A semester whose borrowers and copies are counted ahead, up to where `RolledUp` reaches.

    Known by its days: if those are changed, another row is made.
    """

    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["starts_on", "ends_on"], name="rolled_term_unique"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="rolled_term_dates"),
        ]


class BorrowerTerm(models.Model):
    """That somebody borrowed in their own name in a semester, in the category and class of that day."""

    term = models.ForeignKey(RolledTerm, on_delete=models.PROTECT, related_name="+", db_index=False)
    borrower_key = models.UUIDField()
    category = models.CharField(max_length=12, choices=Reader.Category.choices, blank=True)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "borrower_key", "category", "school_class"],
                nulls_distinct=False,
                name="borrower_term_unique",
            )
        ]


class CopyTerm(models.Model):
    """How often a copy was lent in a reader's name in a semester."""

    term = models.ForeignKey(RolledTerm, on_delete=models.PROTECT, related_name="+", db_index=False)
    # No foreign key: tens of thousands of rows a semester, of numbers only, and made again with everything else here.
    copy_id = models.BigIntegerField()
    loans = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "copy_id"], include=["loans"], name="copy_term_unique"),
        ]


class RolledMoves(models.Model):
    """How far what came back is counted ahead: days before `until`, as of the moment `at`. One row at most."""

    until = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="rolled_moves_single_row")]


class MoveDay(models.Model):
    """What was returned and renewed on a day, by kind of loan."""

    day = models.DateField()
    kind = models.CharField(max_length=6, choices=Loan.Kind.choices)
    returned = models.PositiveIntegerField()
    renewed = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind"], name="move_day_unique")]
