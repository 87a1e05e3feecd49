"""What the fast lane looks up: titles by ISBN, their sets, and what was entered last."""

from collections.abc import Sequence

from catalog.models import Copy, Title
from catalog.models.titles import long_columns
from catalog.queries.search import GONE
from catalog.rules.sets import next_volume

MOST_CHOICES = 9  # as many as there are keys to choose by


def titles_of_isbn(isbn: str) -> list[Title]:
    """Titles with this ISBN, the oldest first; a set may share one."""
    return list(Title.objects.filter(isbn=isbn).defer(*long_columns()).order_by("pk")[:MOST_CHOICES])


def title_of(title_id: int | None) -> Title | None:
    """The title, or None if it is gone."""
    return Title.objects.defer(*long_columns()).filter(pk=title_id).first() if title_id else None


def volumes_held(title_id: int) -> list[str]:
    """The volumes of the copies held, one entry per copy."""
    return list(Copy.objects.filter(title=title_id).exclude(state__in=GONE).values_list("volume", flat=True))


def volume_to_come(title: Title) -> str:
    """The volume that the next copy of a set most likely is; empty for what is no set."""
    if not title.volumes or title.volumes == 1:
        return ""
    return str(next_volume(volumes_held(title.pk), title.volumes))


def copies_in_order(copy_ids: Sequence[int]) -> list[Copy]:
    """These copies with their titles, in the order given; those gone since are left out."""
    rows = Copy.objects.filter(pk__in=copy_ids).select_related("title", "location").defer(*long_columns("title"))
    found = {copy.pk: copy for copy in rows}
    return [found[pk] for pk in copy_ids if pk in found]
