"""The semester's work plan (工作计划) and summary (工作总结)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from readers.models import Semester


@tracked()
class WorkPlan(models.Model):
    """The plan of one semester: how it begins in words; aims and items stand in rows of their own."""

    semester = models.ForeignKey(Semester, on_delete=models.PROTECT, related_name="+", db_index=False)
    guiding_idea = models.TextField(_("guiding idea"), blank=True)
    situation = models.TextField(_("situation"), blank=True)
    measures = models.TextField(_("measures"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["semester"], name="work_plan_one_per_semester")]


@tracked()
class PlanAim(models.Model):
    """An aim of a plan: a figure of the catalogue with its target, or words with a result told by hand."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="aims")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(_("aim"), max_length=200)
    figure = models.CharField(_("figure"), max_length=32, blank=True, db_collation="C")
    variant = models.CharField(_("formula"), max_length=12, blank=True, db_collation="C")
    target = models.DecimalField(_("goal"), max_digits=10, decimal_places=2, null=True, blank=True)
    result = models.CharField(_("result in words"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="plan_aim_text"),
            models.CheckConstraint(condition=Q(target=None) | Q(target__gte=0), name="plan_aim_target"),
        ]


@tracked()
class PlanItem(models.Model):
    """What is to be done in a month (its first day), by whom; ticked off when done."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="items")
    month = models.DateField(_("month"))
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(_("item of work"), max_length=200)
    person = models.CharField(_("by whom"), max_length=64, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="plan_item_text")]


@tracked()
class Summary(models.Model):
    """The words of a semester's summary, {section: text}; figures are filled in each time it is made."""

    semester = models.ForeignKey(Semester, on_delete=models.PROTECT, related_name="+", db_index=False)
    sections = models.JSONField(default=dict, blank=True)
    edited_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["semester"], name="summary_one_per_semester")]
