"""The Chinese Library Classification (CLC, 中图法) as a tree of rows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library_site.triggers import renews_settings_token


class ClcClass(models.Model):
    """A class of the CLC. Reference data, loaded by `catalog.operations.clc`; its parent need not be a prefix."""

    code = models.CharField(_("CLC number"), max_length=40, primary_key=True, db_collation="C")
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=400)
    # Of deeper classes a background job fills them in: the pinyin of all would treble the time of the first start.
    pinyin = models.CharField(max_length=400, blank=True, db_collation="C")
    initials = models.CharField(max_length=100, blank=True, db_default="", db_collation="C")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    level = models.PositiveSmallIntegerField()

    class Meta:
        triggers = [renews_settings_token()]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ClassPick(models.Model):
    """When somebody last chose a class, so that the picker offers those first."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=60, db_collation="C")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="class_pick_unique")]
