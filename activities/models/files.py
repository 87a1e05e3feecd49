"""Pictures and files that people bring: in the database, so that a backup is one thing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """What is known of a file without its bytes. Pictures were turned, resized and freed of what cameras note in them.

    `version` begins the checksum of the bytes and ends the address: what was seen need not be sent again.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        PDF = "pdf", _("PDF")
        TEXT = "text", _("Text file")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("size in bytes"))
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    version = models.CharField(max_length=16, db_collation="C")
    added_at = models.DateTimeField(_("added"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="stored_file_not_empty")]


class FileBytes(models.Model):
    """The bytes of a file, and of a picture a small one for lists; apart, so that no list ever reads them."""

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, primary_key=True, related_name="bytes")
    content = models.BinaryField()
    preview = models.BinaryField(null=True)
