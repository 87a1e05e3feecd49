"""Paper for labels, described in millimetres, and numbers printed before the books come."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library_site.tracking import tracked


@tracked()
class LabelStock(models.Model):
    """A kind of label paper: sheets of a page size, or a roll with one to three labels across. All sizes in mm."""

    class Feed(models.TextChoices):
        SHEET = "sheet", _("Sheets")
        ROLL = "roll", _("Roll")

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60)
    feed = models.CharField(_("feed"), max_length=5, choices=Feed.choices, default=Feed.SHEET)
    page_width = models.DecimalField(_("page width"), max_digits=6, decimal_places=2)
    page_height = models.DecimalField(_("page height"), max_digits=6, decimal_places=2)
    columns = models.PositiveSmallIntegerField(_("labels across"))
    rows = models.PositiveSmallIntegerField(_("labels down"))
    label_width = models.DecimalField(_("label width"), max_digits=6, decimal_places=2)
    label_height = models.DecimalField(_("label height"), max_digits=6, decimal_places=2)
    left = models.DecimalField(_("left margin"), max_digits=6, decimal_places=2, default=0)
    top = models.DecimalField(_("top margin"), max_digits=6, decimal_places=2, default=0)
    gap_across = models.DecimalField(_("gap across"), max_digits=6, decimal_places=2, default=0)
    gap_down = models.DecimalField(_("gap down"), max_digits=6, decimal_places=2, default=0)
    # What this school's printer is off by, found with the test frame.
    nudge_right = models.DecimalField(
        _("move to the right by"), max_digits=5, decimal_places=2, db_default=0, default=0
    )
    nudge_down = models.DecimalField(_("move down by"), max_digits=5, decimal_places=2, db_default=0, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="label_stock_name_unique"),
            models.CheckConstraint(
                condition=Q(columns__range=(1, 10)) & Q(rows__range=(1, 40)), name="label_stock_counts"
            ),
            models.CheckConstraint(
                condition=Q(page_width__gt=0, page_height__gt=0, label_width__gt=0, label_height__gt=0),
                name="label_stock_sizes",
            ),
            models.CheckConstraint(
                condition=Q(nudge_right__range=(-20, 20), nudge_down__range=(-20, 20)), name="label_stock_nudge"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Band(models.TextChoices):
    """The stripe across the top of a spine label."""

    CLASS = "class", _("Colour of the class")
    SCHOOL = "school", _("Name of the school")
    BOTH = "both", _("Name on the colour of the class")
    NONE = "none", _("No band")


class PrintedNumbers(models.Model):
    """Numbers drawn for labels before the books come; the copies get them when their label is scanned."""

    numbers = models.JSONField(default=list)  # as drawn, in order
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="printed_numbers_newest")]


class LabelPrinting(models.Model):
    """Labels that somebody said are printed, so that it can be taken back and the same labels be printed again."""

    class Kind(models.TextChoices):
        BARCODE = "barcode", _("Barcode labels")
        SPINE = "spine", _("Spine labels")
        BOTH = "both", _("Barcode and spine in one")

    kind = models.CharField(max_length=7, choices=Kind.choices)
    # In the order they were printed: [copy id, barcode_label_at before, spine_label_at before].
    copies = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="label_printing_newest")]
