"""Files: their bytes, and who may see them. A file is seen by whoever may see what it belongs to."""

from datetime import timedelta

from django.utils import timezone

from activities.models import FileBytes, StoredFile
from activities.queries.activities import may_see_picture
from activities.queries.entries import file_of_entry_seen
from activities.queries.news import sees_library_picture, sees_news_picture
from activities.queries.notes import note_file_seen
from activities.queries.viewer import Look, Viewer

JUST_BROUGHT = timedelta(days=1)


def may_see(file_id: int, viewer: Viewer) -> bool:
    """Whether one of the owners of the file lets this person see it; a file without an owner is seen by nobody else
    than who brought it, and that for a day."""
    return any(look(file_id, viewer) for look in LOOKS)


def bytes_of(file_id: int, *, preview: bool) -> bytes | None:
    """The content of a file, or the small picture; None if there is none."""
    column = "preview" if preview else "content"
    found = FileBytes.objects.filter(pk=file_id).values_list(column, flat=True).first()
    return bytes(found) if found else None


def _just_brought(file_id: int, viewer: Viewer) -> bool:
    since = timezone.now() - JUST_BROUGHT
    mine = StoredFile.objects.filter(pk=file_id, by_id=viewer.user_id, added_at__gt=since)
    return viewer.user_id is not None and mine.exists()


# One function per kind of owner; each stands with its subject's queries.
LOOKS: tuple[Look, ...] = (
    _just_brought,
    file_of_entry_seen,
    sees_news_picture,
    sees_library_picture,
    may_see_picture,
    note_file_seen,
)
