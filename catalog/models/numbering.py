"""Book numbers (书次号) given out, and titles that got another class."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.titles import Title


class ClassSeries(models.Model):
    """The highest 种次号 given out in a class so far; its row is locked while the next is drawn."""

    clc_number = models.CharField(_("CLC number"), max_length=60, primary_key=True, db_collation="C")
    last = models.PositiveIntegerField(default=0)


class Reclassing(models.Model):
    """One act that gave titles another call number; their new labels are printed together."""

    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="reclassing_newest")]


class ReclassedTitle(models.Model):
    """A title's number before and after: the old one stays known."""

    reclassing = models.ForeignKey(Reclassing, on_delete=models.PROTECT, related_name="titles", db_index=False)
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="reclassed")
    old_clc_number = models.CharField(max_length=60, blank=True, db_collation="C")
    old_book_number = models.CharField(max_length=40, blank=True, db_collation="C")
    new_clc_number = models.CharField(max_length=60, blank=True, db_collation="C")
    new_book_number = models.CharField(max_length=40, blank=True, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reclassing", "title"], name="reclassed_title_unique")]
