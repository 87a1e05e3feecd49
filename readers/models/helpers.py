"""Student helpers (小图书管理员) and class keepers (班级图书管理员): who they are, and what they have learnt."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from library_site.triggers import renews_settings_token
from readers.models.calendar import Semester
from readers.models.classes import Grade, SchoolClass
from readers.models.people import Reader


@tracked()
class HelperOptions(models.Model):
    """How the school works with helpers: at most one row, without it the defaults hold.

    `commend_minutes` and `commend_acts` are the least that earns a commendation; 0 asks for nothing.
    """

    per_class = models.PositiveSmallIntegerField(_("helpers per class"), default=2)
    from_grade = models.ForeignKey(
        Grade, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from grade")
    )
    only_on_duty = models.BooleanField(_("helper rights only while on duty"), default=False)
    commend_minutes = models.PositiveIntegerField(_("minutes of service for a commendation"), default=600)
    commend_acts = models.PositiveIntegerField(_("acts at the desk for a commendation"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="helper_options_single_row"),
            models.CheckConstraint(condition=Q(per_class__range=(1, 20)), name="helper_options_per_class"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class Appointment(models.Model):
    """A reader serves for one semester; `school_class` is the class it was made for: proposed by it, or kept."""

    class Kind(models.TextChoices):
        HELPER = "helper", _("Student helper")
        CLASS_KEEPER = "class_keeper", _("Class keeper")

    semester = models.ForeignKey(Semester, on_delete=models.PROTECT, related_name="appointments")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="appointments")
    appointed_on = models.DateField(_("appointed on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["semester", "reader", "kind"], name="appointment_once_a_semester"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("appointed_on")), name="appointment_dates"
            ),
        ]


@tracked()
class TrainingItem(models.Model):
    """Something a helper learns (上架、借还操作…); one that is no longer taught stays for those who learnt it."""

    name = models.CharField(_("training item"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    is_taught = models.BooleanField(_("still taught"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="training_item_unique")]

    def __str__(self) -> str:
        return self.name


@tracked()
class TrainingTick(models.Model):
    """A reader has learnt an item: when, and who saw it. It holds beyond the semester."""

    item = models.ForeignKey(TrainingItem, on_delete=models.PROTECT, related_name="ticks")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="training")
    on = models.DateField(_("learnt on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "item"], name="training_tick_once")]


@tracked()
class CommendationChoice(models.Model):
    """The librarian's word against the reckoning: commended although, or not although, with the reason."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="commendation_choices")
    is_commended = models.BooleanField(_("commended"))
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment"], name="commendation_choice_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="commendation_choice_has_reason"),
        ]
