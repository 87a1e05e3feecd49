"""What is read in the room: what is not back, and how much it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from catalog.models.titles import long_columns
from circulation.models import Loan
from circulation.models.loans import OPEN
from library_site.shared.reference import Reference
from readers.queries.classes import semester_on

MOST = 200
TITLES = 10


@dataclass(frozen=True)
class RoomUse:
    """How often books were handed out for the room: today, since Monday, since the semester began."""

    today: int
    week: int
    semester: int


def not_back(limit: int = MOST) -> QuerySet[Loan]:
    """What was handed out for the room and is not back, the oldest first, at most `limit`. One statement."""
    rows = Loan.objects.filter(OPEN, kind=Loan.Kind.ROOM).select_related("copy__title", "copy__location", "reader")
    return rows.defer(*long_columns("copy__title")).order_by("lent_at", "pk")[:limit]


def room_use(reference: Reference, today: date) -> RoomUse:
    """The counts of use in the room, apart from all figures of loans. One statement."""
    week, begun = _starts(today - timedelta(days=today.weekday())), _semester_starts(reference, today)
    found = _uses(min(week, begun)).aggregate(
        today=Count("pk", filter=Q(lent_at__gte=_starts(today))),
        week=Count("pk", filter=Q(lent_at__gte=week)),
        semester=Count("pk", filter=Q(lent_at__gte=begun)),
    )
    return RoomUse(**found)


def most_used(reference: Reference, today: date) -> Sequence[tuple[int, str, int]]:
    """The titles most used in the room this semester as (pk, name, times). One statement."""
    uses = _uses(_semester_starts(reference, today)).order_by().values_list("copy__title_id", "copy__title__name")
    return list(uses.annotate(times=Count("pk")).order_by("-times", "copy__title_id")[:TITLES])


def _uses(since: datetime) -> QuerySet[Loan]:
    return Loan.objects.filter(kind=Loan.Kind.ROOM, voided_at=None, lent_at__gte=since)


def _semester_starts(reference: Reference, today: date) -> datetime:
    semester = semester_on(reference, today)
    return _starts(semester.starts_on if semester else today)


def _starts(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
