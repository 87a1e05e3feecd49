"""The library's rules (规章制度) as texts with versions, and which class studied them when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from readers.models.classes import SchoolClass


@tracked()
class Regulation(models.Model):
    """A rule of the library; its text is that of its newest version. `preset` is the key of the draft it came from."""

    title = models.CharField(_("title"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    preset = models.CharField(max_length=20, blank=True, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title"], name="regulation_unique"),
            models.UniqueConstraint(fields=["preset"], condition=~Q(preset=""), name="regulation_preset_once"),
            models.CheckConstraint(condition=~Q(title=""), name="regulation_titled"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class RegulationVersion(models.Model):
    """The text as of a date. Once the school has confirmed it, a change is a new version."""

    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    valid_from = models.DateField(_("valid from"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "version"], name="regulation_version_unique"),
            models.CheckConstraint(condition=~Q(text=""), name="regulation_version_has_text"),
        ]


@tracked()
class RegulationStudy(models.Model):
    """A class studied a rule on a date, led by somebody."""

    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="studies")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="rule_studies")
    on = models.DateField(_("date"))
    led_by = models.CharField(_("led by"), max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "school_class", "on"], name="regulation_study_once_a_day")
        ]
