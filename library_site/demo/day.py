"""The demo's last days, each closed in the afternoon."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from circulation.models import DayClosing

CLOSED_AT = time(16, 50)
NOTES = ("", "三(2)班图书角的书箱明天换", "新到《小学生作文》12 册，明早先上架")


def write_closings(days: Sequence[date], *, by: int) -> None:
    """The days are closed, the last ones with a note for the next."""
    DayClosing.objects.bulk_create(
        DayClosing(day=day, note=note, by_id=by, at=timezone.make_aware(datetime.combine(day, CLOSED_AT)))
        for day, note in zip(days[-len(NOTES) :], NOTES, strict=False)
    )
