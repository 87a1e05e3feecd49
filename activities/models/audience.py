"""Whom something is for: shared by activities, booklists, challenges and surveys."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library_site.models.school import Stage


class ForGrades(models.Model):
    """Grades from (stage, position) to: the whole school where the stage is empty, a whole stage without."""

    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, blank=True)
    from_position = models.PositiveSmallIntegerField(_("from grade"), null=True, blank=True)
    to_position = models.PositiveSmallIntegerField(_("to grade"), null=True, blank=True)

    class Meta:
        abstract = True


def grades_in_order(name: str) -> models.CheckConstraint:
    """Both positions or none, in order, and only within a stage."""
    whole = Q(from_position=None, to_position=None)
    some = Q(from_position__isnull=False, to_position__gte=F("from_position")) & ~Q(stage="")
    return models.CheckConstraint(condition=whole | some, name=name)
