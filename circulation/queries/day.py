"""The librarian's day: what waits, and what is left when the day is closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from circulation.models import DayClosing

SOON = timedelta(days=7)
# What was not picked up or was cancelled stands on the shelf until somebody puts it back.
_COUNTS = """
    SELECT room.number, late.number, late.readers, pickup.ready, pickup.expired,
           (SELECT count(*) FROM circulation_reservation
             WHERE state IN ('expired', 'cancelled') AND copy_id IS NOT NULL AND settled_at IS NULL
               AND ended_at >= %(recently)s),
           (SELECT count(*) FROM circulation_classset WHERE closed_at IS NULL AND needed_on <= %(soon)s),
           (SELECT count(*) FROM library_site_importrun
             WHERE state IN ('uploaded', 'checking', 'checked', 'applying')),
           (SELECT count(*) FROM catalog_title WHERE main_class = ''),
           (SELECT count(*) FROM readers_dutyshift WHERE ended_at IS NULL),
           (SELECT coalesce(-sum(entry.amount), 0)
              FROM circulation_chargeentry AS entry
              LEFT JOIN circulation_chargeentry AS was ON was.id = entry.reverses_id
             WHERE coalesce(was.kind, entry.kind) IN ('payment', 'refund')
               AND entry.id > coalesce((SELECT max(until_entry) FROM circulation_cashup), 0))
      FROM (SELECT count(*) AS number FROM circulation_loan
             WHERE returned_at IS NULL AND voided_at IS NULL AND due_on <= %(today)s AND kind = 'room') AS room,
           (SELECT count(*) AS number, count(DISTINCT reader_id) AS readers FROM circulation_loan
             WHERE returned_at IS NULL AND voided_at IS NULL AND due_on < %(today)s
               AND kind IN ('reader', 'corner')) AS late,
           (SELECT count(*) AS ready, count(*) FILTER (WHERE expires_on < %(today)s) AS expired
              FROM circulation_reservation WHERE state = 'ready') AS pickup
"""


@dataclass(frozen=True)
class DayCounts:
    """How much of each kind waits today; `cash` is in yuan, what came in since the cash was counted last."""

    in_room: int
    overdue: int
    overdue_readers: int
    ready: int
    expired: int
    to_put_back: int
    sets: int
    imports: int
    unclassified: int
    on_duty: int
    cash: Decimal

    def left(self) -> dict[str, int | str]:
        """What of the day's work is left, for the record of its closing; what is nothing is left out."""
        left: dict[str, int | str] = {
            "in_room": self.in_room,
            "expired": self.expired,
            "to_put_back": self.to_put_back,
            "imports": self.imports,
            "on_duty": self.on_duty,
            "cash": str(self.cash) if self.cash else 0,
        }
        return {what: number for what, number in left.items() if number}


def day_counts(today: date) -> DayCounts:
    """What waits on a day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"today": today, "soon": today + SOON, "recently": today - SOON})
        return DayCounts(*cursor.fetchone())


def last_closings(number: int) -> list[DayClosing]:
    """The newest closings with who closed, the newest first. One statement."""
    return list(DayClosing.objects.select_related("by").order_by("-day")[:number])
