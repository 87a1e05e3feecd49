"""Copies (册): the physical books, where they stand and what they are numbered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.barcodes import refuses_former_barcodes
from catalog.models.batches import Batch
from catalog.models.label_dates import due_when_copy_changes
from catalog.models.shelf_order import clc_key, volume_key
from catalog.models.titles import Title
from library_site.models.imports import ImportRun
from library_site.tracking import tracked
from library_site.triggers import renews_settings_token


@tracked()
class Location(models.Model):
    """A room or shelf (馆藏地点)."""

    name = models.CharField(_("location"), max_length=60)
    circulates = models.BooleanField(_("books may be taken home"), default=True)
    hint = models.CharField(_("how to get there"), max_length=100, blank=True, db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="location_name_unique")]
        triggers = [renews_settings_token()]

    def __str__(self) -> str:
        return self.name


@tracked()
class Shelf(models.Model):
    """A shelf (书架) of a location: it holds what follows `begins_with` in shelf order, up to where the next begins."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="shelves", db_index=False)
    name = models.CharField(_("shelf"), max_length=40)
    begins_with = models.CharField(_("begins with CLC number"), max_length=60, db_collation="C")
    begin_key = models.GeneratedField(
        expression=clc_key("begins_with"), output_field=models.TextField(db_collation="C"), db_persist=True
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["location", "begins_with"], name="shelf_unique")]

    def __str__(self) -> str:
        return self.name


# What happens to the paper on a copy says nothing about the copy.
UNTRACKED = ("volume_key", "barcode_label_at", "spine_label_at")


@tracked(exclude=UNTRACKED, inserts=False)
class Copy(models.Model):
    """One physical book. `state` holds physical facts only; "on loan" follows from an open loan."""

    class State(models.TextChoices):
        ON_SHELF = "on_shelf", _("On the shelf")
        IN_REPAIR = "in_repair", _("In repair")
        MISSING = "missing", _("Missing")
        LOST = "lost", _("Lost")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Source(models.TextChoices):
        PURCHASE = "purchase", _("Purchase")
        ALLOCATION = "allocation", _("Allocation")
        DONATION = "donation", _("Donation")
        OTHER = "other", _("Other")
        UNKNOWN = "unknown", _("Unknown")

    class Condition(models.TextChoices):
        GOOD = "good", _("Good")
        WORN = "worn", _("Worn")
        DAMAGED = "damaged", _("Damaged")

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="copies")
    barcode = models.CharField(_("barcode"), max_length=32, db_collation="C")
    accession_number = models.CharField(_("accession number"), max_length=32, db_collation="C")
    volume = models.CharField(_("volume"), max_length=20, blank=True)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="copies")
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("source"), max_length=12, choices=Source.choices, default=Source.UNKNOWN)
    acquired_on = models.DateField(_("acquired on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ON_SHELF)
    condition = models.CharField(_("condition"), max_length=8, choices=Condition.choices, db_default=Condition.GOOD)
    in_room_only = models.BooleanField(_("for use in the room only"), default=False, db_default=False)
    note = models.CharField(_("note for the desk"), max_length=200, blank=True)
    # The import that brought it, so that the labels of that import can be printed together.
    import_run = models.ForeignKey(
        ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="copies", db_index=False
    )
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="copies", db_index=False
    )
    # When its labels were last printed; null where they are still to be printed, or again since the number changed.
    barcode_label_at = models.DateTimeField(_("barcode label printed"), null=True, blank=True)
    spine_label_at = models.DateTimeField(_("spine label printed"), null=True, blank=True)
    volume_key = models.GeneratedField(
        expression=volume_key(), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["barcode"], name="copy_barcode_unique"),
            models.UniqueConstraint(fields=["accession_number"], name="copy_accession_unique"),
            models.CheckConstraint(condition=~Q(barcode=""), name="copy_barcode_present"),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="copy_price"),
        ]
        indexes = [
            models.Index(fields=["import_run"], condition=~Q(import_run=None), name="copy_import_run"),
            models.Index(fields=["batch"], condition=~Q(batch=None), name="copy_batch"),
            models.Index(fields=["-created_at", "-id"], name="copy_newest"),
        ]
        triggers = [refuses_former_barcodes(), due_when_copy_changes()]

    def __str__(self) -> str:
        return self.barcode


class FormerBarcode(models.Model):
    """A barcode that a copy bore before: still found by it, never given to anything else.

    `copy.barcode` may become it again only for the same copy, and then this row goes.
    """

    barcode = models.CharField(_("barcode"), max_length=32, primary_key=True, db_collation="C")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="former_barcodes")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    replaced_at = models.DateTimeField(_("replaced"), auto_now_add=True)

    def __str__(self) -> str:
        return self.barcode
