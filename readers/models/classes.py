"""Grades and classes. The shown name of a class follows from the school year; nobody promotes by hand."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library_site.models.school import Stage
from library_site.tracking import tracked
from library_site.triggers import renews_settings_token


@tracked()
class Grade(models.Model):
    """The name of the nth year of a stage: data, since schools say 七 or 初一 and a stage has 3 to 6 years."""

    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    position = models.PositiveSmallIntegerField(_("year within the stage"))
    name = models.CharField(_("name of the grade"), max_length=10)
    self_service = models.BooleanField(_("pupils may log in themselves"), default=True, db_default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="grade_unique"),
            models.CheckConstraint(condition=Q(position__range=(1, 9)), name="grade_position"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class SchoolClass(models.Model):
    """A class is stage + entry year + number: 小学2023级1班 is 三(1)班 in the year 2025."""

    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    entry_year = models.PositiveSmallIntegerField(_("entry year"))
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage", "entry_year", "number"], name="school_class_unique"),
            models.CheckConstraint(condition=Q(number__range=(1, 99)), name="school_class_number"),
            models.CheckConstraint(condition=Q(entry_year__range=(1980, 2200)), name="school_class_entry_year"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class ClassMembership(models.Model):
    """Which class a pupil is in, from a date until a date; `until` is the first day no longer in the class."""

    reader = models.ForeignKey("readers.Reader", on_delete=models.PROTECT, related_name="memberships")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader"], condition=Q(until=None), name="membership_one_current"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="membership_dates"),
        ]
        indexes = [
            models.Index(fields=["school_class"], condition=Q(until=None), name="membership_current_class"),
        ]


@tracked()
class ClassTeacher(models.Model):
    """Who leads a class (班主任), from a date until a date; `until` is the first day no longer so."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="class_teachers")
    reader = models.ForeignKey("readers.Reader", on_delete=models.PROTECT, related_name="led_classes")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_class"], condition=Q(until=None), name="class_teacher_one_current"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="class_teacher_dates"),
        ]
