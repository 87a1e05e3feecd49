"""Covers of titles, as pages and browsers ask for them."""

from typing import Any, TypeVar

from django.db.models import F, QuerySet

from catalog.models import Cover, MarcRecord, Title
from catalog.rules.marc.links import picture_addresses

Titles = TypeVar("Titles", bound="QuerySet[Title, Any]")


def with_covers(titles: Titles) -> Titles:
    """Adds `cover_version`, None where the cover is drawn: what the part `catalog/cover.html` asks for.

    A join along the primary key; the picture itself is not read.
    """
    return titles.annotate(cover_version=F("cover__version"))


def cover_of(title_id: int) -> Cover | None:
    """The cover with its picture, or None."""
    return Cover.objects.filter(pk=title_id).first()


def cover_addresses(title_id: int) -> list[str]:
    """Where the title's record says that a picture of its cover is (856), the likeliest first; at most three."""
    record = MarcRecord.objects.filter(pk=title_id).first()
    return picture_addresses(record.fields)[:3] if record else []
