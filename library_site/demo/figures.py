"""What the worker would have done by now: days that are over are counted ahead."""

from datetime import date, datetime, time

from django.utils import timezone

from library_site.shared.reference import current_reference
from reports.operations.move_rollups import roll_moves
from reports.operations.rollups import roll_up


def write_figures(today: date) -> None:
    at = timezone.make_aware(datetime.combine(today, time(7)))
    roll_up(at=at, reference=current_reference())
    roll_moves(at=at)
