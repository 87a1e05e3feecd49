"""The school itself: one row of options, and the token that tells caches when any setting changed."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from library_site.triggers import renews_settings_token


class SettingsToken(models.Model):
    """Holds one row whose value changes with every change of a settings table, by trigger.

    `library_site.shared.reference` compares it to know whether what a process cached still holds.
    """

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="settings_token_single_row")]


class Stage(models.TextChoices):
    PRIMARY = "primary", _("Primary school")
    JUNIOR = "junior", _("Junior middle school")
    SENIOR = "senior", _("Senior middle school")


@tracked()
class School(models.Model):
    """The options of the school that this database belongs to: exactly one row once the first start is done."""

    class System(models.TextChoices):
        SIX_THREE = "6-3", _("6-3 system")
        FIVE_FOUR = "5-4", _("5-4 system")

    class BookNumbers(models.TextChoices):
        NEXT = "next", _("Serial number in the class, after the highest")
        GAPS = "gaps", _("Serial number in the class, gaps filled first")
        AUTHOR = "author", _("Author number")

    class ClcEdition(models.TextChoices):
        FIFTH = "5", _("5th edition")
        FOURTH = "4", _("4th edition")
        SHORT = "short", _("School edition")

    name = models.CharField(_("name of the school"), max_length=100)
    stages = ArrayField(models.CharField(max_length=10, choices=Stage.choices), verbose_name=_("stages"))
    system = models.CharField(_("school system"), max_length=3, choices=System.choices, default=System.SIX_THREE)
    desk_quiet_seconds = models.PositiveSmallIntegerField(_("seconds until the desk closes a reader"), default=10)
    desk_speech = models.BooleanField(_("speak at the desk"), default=False)
    public_search = models.BooleanField(_("search without login"), default=True)
    barcode_digits = models.PositiveSmallIntegerField(_("digits of a new barcode"), default=8)
    book_numbers = models.CharField(
        _("book number of a new title"), max_length=6, choices=BookNumbers.choices, default=BookNumbers.NEXT
    )
    clc_edition = models.CharField(
        _("edition of the CLC"), max_length=5, choices=ClcEdition.choices, default=ClcEdition.FIFTH
    )
    # Signs of the CLC number that a new title keeps: 0 all, 1 the main class only.
    clc_depth = models.PositiveSmallIntegerField(_("signs of a CLC number"), default=0)
    retention_years = models.PositiveSmallIntegerField(
        _("school years for which it stays known who borrowed what"), default=3
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="school_single_row"),
            models.CheckConstraint(condition=Q(desk_quiet_seconds__range=(3, 600)), name="school_quiet_seconds"),
            models.CheckConstraint(condition=Q(barcode_digits__range=(4, 14)), name="school_barcode_digits"),
            models.CheckConstraint(condition=Q(clc_depth__range=(0, 20)), name="school_clc_depth"),
            models.CheckConstraint(condition=Q(retention_years__range=(1, 30)), name="school_retention_years"),
        ]
        triggers = [renews_settings_token()]

    def __str__(self) -> str:
        return self.name
