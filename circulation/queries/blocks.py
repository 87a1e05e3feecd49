"""Who may not borrow for a while, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery

from circulation.models import ReaderBlock, Suspension
from library_site.shared.reference import Reference
from readers.models import ClassMembership, Reader
from readers.queries.classes import class_names_on

MOST = 200
PAST = 20


@dataclass(frozen=True)
class Stopped:
    """A reader who may not borrow: suspended from day to day, or blocked since a moment with a reason."""

    reader: Reader
    class_name: str
    starts_on: date | None = None
    ends_on: date | None = None
    since: datetime | None = None
    reason: str = ""
    by: str = ""


def suspended(reference: Reference, today: date) -> list[Stopped]:
    """Who is suspended, whose time is over first at the top; at most `MOST`. Two statements."""
    standing = Suspension.objects.filter(lifted_at=None, ends_on__gte=today).exclude(reader=None)
    rows = standing.values("reader").annotate(first=Min("starts_on"), last=Max("ends_on")).order_by("last", "reader")
    found = {row["reader"]: row for row in rows[:MOST]}
    readers, names = _readers(found), class_names_on(reference, today)
    return [
        Stopped(readers[pk], names.get(readers[pk].now_in, ""), starts_on=row["first"], ends_on=row["last"])
        for pk, row in found.items()
    ]


def blocked(reference: Reference, today: date) -> list[Stopped]:
    """Who is blocked, the latest first; at most `MOST`. Two statements."""
    standing = ReaderBlock.objects.filter(ended_at=None).exclude(reader=None).select_related("by")
    found = {row.reader_id: row for row in standing.order_by("-since", "-pk")[:MOST]}
    readers, names = _readers(found), class_names_on(reference, today)
    return [
        Stopped(
            readers[pk],
            names.get(readers[pk].now_in, ""),
            since=row.since,
            reason=row.reason,
            by=row.by.name if row.by else "",
        )
        for pk, row in found.items()
    ]


def _readers(found: Mapping[Any, object]) -> dict[Any, Any]:
    current = ClassMembership.objects.filter(reader=OuterRef("pk"), until=None).values("school_class_id")[:1]
    return Reader.objects.annotate(now_in=Subquery(current)).in_bulk(list(found))


def suspensions_of(reader_id: int) -> Sequence[Suspension]:
    """The reader's last suspensions, the latest first, with the books they came from. One statement."""
    rows = Suspension.objects.filter(reader=reader_id).select_related("event__loan__copy__title", "lifted_by")
    return list(rows.order_by("-ends_on", "-pk")[:PAST])


def blocks_of(reader_id: int) -> QuerySet[ReaderBlock]:
    """The reader's last blocks, the latest first. One statement."""
    rows = ReaderBlock.objects.filter(reader=reader_id).select_related("by", "ended_by")
    return rows.order_by("-since", "-pk")[:PAST]
