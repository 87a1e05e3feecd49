"""Files that people bring: kept, turned, deleted. What they belong to says who sees them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db import transaction

from activities.models import FileBytes, StoredFile
from activities.rules.files import MOST_BYTES, Incoming, incoming
from activities.rules.pictures import turned, version_of
from library_site.models import User


class Upload(Protocol):
    """An uploaded file as Django hands it over."""

    name: str | None

    def read(self, num_bytes: int | None = None) -> bytes: ...


def store_file(*, upload: Upload, by: User | None, at: datetime) -> StoredFile:
    """Keeps what was uploaded, a picture upright and made smaller; whoever calls ties it to what it belongs to.

    Raises Refused for what is neither picture, PDF nor text, and for what is too large; then nothing changes.
    """
    return keep(read_upload(upload), by=by, at=at)


def read_upload(upload: Upload) -> Incoming:
    """What was uploaded, ready to be kept: the slow part, to be done before anything is locked. May raise Refused."""
    return incoming(upload.read(MOST_BYTES + 1), upload.name or "")


def keep(found: Incoming, *, by: User | None, at: datetime) -> StoredFile:
    """Writes a file that was read."""
    with transaction.atomic():
        stored = StoredFile.objects.create(
            kind=found.kind,
            name=found.name,
            media_type=found.media_type,
            size=len(found.content),
            width=found.width,
            height=found.height,
            version=version_of(found.content),
            added_at=at,
            by=by,
        )
        FileBytes.objects.create(file=stored, content=found.content, preview=found.preview)
    return stored


def turn_picture(*, file_id: int) -> StoredFile:
    """Turns a picture a quarter to the right; its address changes with it."""
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update(no_key=True).get(pk=file_id, kind=StoredFile.Kind.PICTURE)
        kept = FileBytes.objects.get(pk=file_id)
        picture = turned(bytes(kept.content))
        kept.content, kept.preview = picture.content, picture.preview
        kept.save()
        stored.width, stored.height, stored.size = picture.width, picture.height, len(picture.content)
        stored.version = version_of(picture.content)
        stored.save(update_fields=["width", "height", "size", "version"])
    return stored


def delete_files(file_ids: Iterable[int]) -> None:
    """Deletes the files with their bytes; whoever calls has untied them from what they belonged to."""
    wanted = list(file_ids)
    FileBytes.objects.filter(pk__in=wanted).delete()
    StoredFile.objects.filter(pk__in=wanted).delete()
