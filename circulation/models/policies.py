"""Loan policies (how many, how long, what overdue costs) and the options of lending."""

from decimal import Decimal

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

    An empty material is the rule for all materials that have none of their own. `max_loans` of that rule counts the
    reader's open loans of every material; of a material's own rule, those of the material. A rule by which something
    was lent is never changed: the loans name it.
    """

    class OverdueCost(models.TextChoices):
        NOTHING = "nothing", _("Nothing")
        SUSPENSION = "suspension", _("Days without borrowing")
        MONEY = "money", _("Money for each open day")

    category = models.CharField(_("reader category"), max_length=12, choices=Reader.Category.choices)
    material = models.CharField(_("material"), max_length=10, choices=Title.Material.choices, blank=True)
    effective_from = models.DateField(_("effective from"))
    max_loans = models.PositiveSmallIntegerField(_("books at a time"))
    loan_days = models.PositiveSmallIntegerField(_("days"))
    max_renewals = models.PositiveSmallIntegerField(_("renewals"), default=1)
    blocks_when_overdue = models.BooleanField(_("no lending while something is overdue"), default=False)
    aligns_to_period = models.BooleanField(_("due in the next library period of the class"), default=False)
    max_reservations = models.PositiveSmallIntegerField(_("reservations at a time"), default=3)
    overdue_cost = models.CharField(
        _("what overdue costs"), max_length=10, choices=OverdueCost.choices, default=OverdueCost.NOTHING
    )
    grace_days = models.PositiveSmallIntegerField(_("open days of grace"), default=0)
    suspension_per_day = models.PositiveSmallIntegerField(_("days without borrowing for each overdue day"), default=1)
    suspension_cap = models.PositiveSmallIntegerField(_("at most so many days"), default=30)
    fee_per_day = models.DecimalField(_("yuan for each open day"), max_digits=6, decimal_places=2, default=Decimal("0"))
    fee_cap = models.DecimalField(_("at most so many yuan"), max_digits=8, decimal_places=2, default=Decimal("0"))
    lost_multiple = models.DecimalField(
        _("a lost book costs its price times"), max_digits=4, decimal_places=2, default=Decimal("1")
    )
    # Null: money owed never stops lending.
    owes_at_most = models.DecimalField(
        _("no lending from so many yuan owed"), max_digits=8, decimal_places=2, null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "material", "effective_from"], name="loan_policy_unique"),
            models.CheckConstraint(condition=Q(max_loans__range=(0, 500)), name="loan_policy_max_loans"),
            models.CheckConstraint(condition=Q(loan_days__range=(1, 400)), name="loan_policy_loan_days"),
            models.CheckConstraint(condition=Q(max_renewals__range=(0, 20)), name="loan_policy_max_renewals"),
            models.CheckConstraint(condition=Q(max_reservations__range=(0, 100)), name="loan_policy_max_reservations"),
            models.CheckConstraint(condition=Q(grace_days__range=(0, 60)), name="loan_policy_grace"),
            models.CheckConstraint(
                condition=Q(suspension_per_day__range=(1, 30), suspension_cap__range=(1, 365)),
                name="loan_policy_suspension",
            ),
            models.CheckConstraint(condition=Q(fee_per_day__gte=0, fee_cap__gte=0), name="loan_policy_fee"),
            models.CheckConstraint(condition=Q(lost_multiple__range=(0, 10)), name="loan_policy_lost_multiple"),
            models.CheckConstraint(condition=Q(owes_at_most=None) | Q(owes_at_most__gt=0), name="loan_policy_owes"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class CirculationOptions(models.Model):
    """The options of lending: one row at most; without it the defaults hold."""

    pickup_days = models.PositiveSmallIntegerField(_("open days on the pick-up shelf"), default=3)
    card_fee = models.DecimalField(_("fee for a new card"), max_digits=7, decimal_places=2, default=Decimal("0"))
    visits_per_week = models.PositiveSmallIntegerField(_("visits of each student a week"), default=1)
    periods_per_week = models.PositiveSmallIntegerField(_("periods of each teacher a week"), default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="circulation_options_single_row"),
            models.CheckConstraint(condition=Q(pickup_days__range=(1, 30)), name="circulation_options_pickup"),
            models.CheckConstraint(condition=Q(card_fee__gte=0), name="circulation_options_card_fee"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class DefaultPrice(models.Model):
    """What a lost book of a material counts where neither copy nor title has a price, in yuan."""

    material = models.CharField(_("material"), max_length=10, choices=Title.Material.choices)
    price = models.DecimalField(_("price"), max_digits=8, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["material"], name="default_price_once"),
            models.CheckConstraint(condition=Q(price__gt=0), name="default_price_positive"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class DamageDegree(models.Model):
    """A degree of damage and the share of the price it costs, in per cent."""

    name = models.CharField(_("degree of damage"), max_length=40)
    percent = models.PositiveSmallIntegerField(_("per cent of the price"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="damage_degree_name"),
            models.CheckConstraint(condition=Q(percent__range=(0, 300)), name="damage_degree_percent"),
        ]
        triggers = [renews_settings_token()]
