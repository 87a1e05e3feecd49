"""Standards of the state and of provinces (达标), as rows that a school can add to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from library_site.triggers import renews_settings_token


@tracked()
class Standard(models.Model):
    """A standard for one kind of school. The national ones are given (`code` not empty) and not changed by hand."""

    class SchoolType(models.TextChoices):
        PRIMARY = "primary", _("Primary school")
        JUNIOR = "junior", _("Junior middle school")
        SENIOR = "senior", _("Senior middle school")
        COMPLETE = "complete", _("Complete middle school")
        NINE_YEAR = "nine_year", _("Nine-year school")

    code = models.CharField(max_length=40, blank=True, db_collation="C")
    name = models.CharField(_("standard"), max_length=100)
    region = models.CharField(_("region"), max_length=40, blank=True)
    school_type = models.CharField(_("kind of school"), max_length=10, choices=SchoolType.choices)
    source = models.CharField(_("source"), max_length=200, blank=True)
    applies = models.BooleanField(_("our school is measured by it"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="standard_code_unique"),
            models.UniqueConstraint(fields=["name", "region", "school_type"], name="standard_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="standard_named"),
        ]
        triggers = [renews_settings_token()]

    def __str__(self) -> str:
        return self.name


@tracked()
class StandardRow(models.Model):
    """One demand of a standard. `measure` names what is measured (`reports.rules.standards`), `subject` the division or
    main classes for shares ("A", "C-K", "I+J"), in per cent."""

    class Sense(models.TextChoices):
        AT_LEAST = "least", _("at least")
        AT_MOST = "most", _("at most")

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="rows")
    measure = models.CharField(_("measured"), max_length=32, db_collation="C")
    subject = models.CharField(_("classes"), max_length=20, blank=True, db_collation="C")
    sense = models.CharField(_("sense"), max_length=5, choices=Sense.choices, default=Sense.AT_LEAST)
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=2)
    is_sure = models.BooleanField(_("the value is sure"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "measure", "subject", "sense"], name="standard_row_unique"),
            models.CheckConstraint(condition=Q(value__gte=0), name="standard_row_value"),
        ]
        triggers = [renews_settings_token()]
