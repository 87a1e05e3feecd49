"""The demo's readers who may not borrow for a while: two whose books came late, one by the librarian's word."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from circulation.models import ReaderBlock, Suspension
from readers.models import Reader

NOTE = "封面破损待确认，请先找老师"


def write_blocks(today: date, *, by: int) -> None:
    """The last pupils by number, whom no other screen of the demo is about; from days that have passed."""
    pupils = Reader.objects.filter(category="student", status=Reader.Status.ACTIVE).order_by("-number")[:3]
    late, later, blocked = pupils
    Suspension.objects.bulk_create(
        Suspension(reader=reader, starts_on=today - timedelta(days=2), ends_on=today + timedelta(days=days))
        for reader, days in ((late, 3), (later, 8))
    )
    since = timezone.make_aware(datetime.combine(today - timedelta(days=1), time(15, 30)))
    ReaderBlock.objects.create(reader=blocked, reason=NOTE, since=since, by_id=by)
