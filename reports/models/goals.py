"""What the school sets itself, what it reports by, and figures that were counted on paper."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library_site.models.school import Stage
from library_site.tracking import tracked
from library_site.triggers import renews_settings_token
from readers.models import Semester


@tracked()
class ReportOptions(models.Model):
    """The definitions that schools vary: one row at most; without it the defaults hold. Printed on each report."""

    class CirculationRate(models.TextChoices):
        BY_COPIES = "copies", _("loans ÷ copies in the circulating collection")
        BY_BORROWERS = "borrowers", _("loans ÷ borrowers")
        COPIES_LENT = "copies_lent", _("copies lent at least once ÷ copies in the circulating collection")

    circulation_rate = models.CharField(
        _("circulation rate is"),
        max_length=12,
        choices=CirculationRate.choices,
        default=CirculationRate.BY_COPIES,
    )
    titles_in_records = models.BooleanField(_("pupils' reading records name the titles"), default=False)
    snapshot_after_days = models.PositiveSmallIntegerField(
        _("days after its end at which a semester's figures are closed"), default=14
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="report_options_single_row"),
            models.CheckConstraint(condition=Q(snapshot_after_days__range=(0, 120)), name="report_options_snapshot"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class Goal(models.Model):
    """A figure that the school wants to reach: with its formula, period and grades. No target: none was set.

    `figure` and `variant` name the formula (`reports.rules.catalogue`); grades from (stage, position) to, null: all.
    A goal holds from a school year on until a newer row of the same figure, period and grades takes its place.
    """

    class Per(models.TextChoices):
        WEEK = "week", _("a week")
        MONTH = "month", _("a month")
        SEMESTER = "semester", _("a semester")
        YEAR = "year", _("a school year")

    figure = models.CharField(_("figure"), max_length=32, db_collation="C")
    variant = models.CharField(_("formula"), max_length=12, blank=True, db_collation="C")
    per = models.CharField(_("period"), max_length=8, choices=Per.choices, default=Per.SEMESTER)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, blank=True)
    from_position = models.PositiveSmallIntegerField(_("from grade"), null=True, blank=True)
    to_position = models.PositiveSmallIntegerField(_("to grade"), null=True, blank=True)
    target = models.DecimalField(_("goal"), max_digits=8, decimal_places=2, null=True, blank=True)
    from_year = models.PositiveSmallIntegerField(_("from the school year that begins in"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "variant", "per", "stage", "from_position", "to_position", "from_year"],
                nulls_distinct=False,
                name="goal_unique",
                violation_error_message=_(
                    "There is a goal for this figure, period and these grades from that year on."
                ),
            ),
            models.CheckConstraint(condition=Q(target=None) | Q(target__gte=0), name="goal_target"),
            models.CheckConstraint(
                condition=Q(from_position=None, to_position=None)
                | Q(from_position__isnull=False, to_position__gte=F("from_position")) & ~Q(stage=""),
                name="goal_grades",
            ),
        ]
        triggers = [renews_settings_token()]


@tracked()
class EnteredFigure(models.Model):
    """A figure of a semester that was counted on paper, or that stands in place of the computed one, with a note."""

    semester = models.ForeignKey(Semester, on_delete=models.PROTECT, related_name="+")
    figure = models.CharField(_("figure"), max_length=32, db_collation="C")
    variant = models.CharField(_("formula"), max_length=12, blank=True, db_collation="C")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    note = models.CharField(_("why, and where it comes from"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["semester", "figure", "variant"], name="entered_figure_unique"),
            models.CheckConstraint(condition=Q(value__gte=0), name="entered_figure_value"),
            models.CheckConstraint(condition=~Q(note=""), name="entered_figure_noted"),
        ]
