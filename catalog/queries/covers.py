"""Covers of titles, as pages and browsers ask for them."""

from typing import Any, TypeVar

from django.db.models import F, QuerySet

from catalog.models import Cover, Title

Titles = TypeVar("Titles", bound="QuerySet[Title, Any]")


def with_covers(titles: Titles) -> Titles:
    """Adds `cover_version`, None where the cover is drawn: what the part `catalog/cover.html` asks for.

    A join along the primary key; the picture itself is not read.
    """
    return titles.annotate(cover_version=F("cover__version"))


def cover_of(title_id: int) -> Cover | None:
    """The cover with its picture, or None."""
    return Cover.objects.filter(pk=title_id).first()
