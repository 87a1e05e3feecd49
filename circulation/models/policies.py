"""Loan policies: how many, how long, how often renewed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Title
from library_site.tracking import tracked
from library_site.triggers import renews_settings_token
from readers.models import Reader


@tracked()
class LoanPolicy(models.Model):
    """The rule for a reader category and a material, from a date on; it ends where the next one begins.

    An empty material is the rule for all materials that have none of their own. `max_loans` counts the reader's
    open loans of every material.
    """

    category = models.CharField(_("reader category"), max_length=12, choices=Reader.Category.choices)
    material = models.CharField(_("material"), max_length=10, choices=Title.Material.choices, blank=True)
    effective_from = models.DateField(_("effective from"))
    max_loans = models.PositiveSmallIntegerField(_("books at a time"))
    loan_days = models.PositiveSmallIntegerField(_("days"))
    max_renewals = models.PositiveSmallIntegerField(_("renewals"), default=1)
    blocks_when_overdue = models.BooleanField(_("no lending while something is overdue"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "material", "effective_from"], name="loan_policy_unique"),
            models.CheckConstraint(condition=Q(max_loans__range=(0, 500)), name="loan_policy_max_loans"),
            models.CheckConstraint(condition=Q(loan_days__range=(1, 400)), name="loan_policy_loan_days"),
            models.CheckConstraint(condition=Q(max_renewals__range=(0, 20)), name="loan_policy_max_renewals"),
        ]
        triggers = [renews_settings_token()]
