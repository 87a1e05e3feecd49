"""How a reader stands with the library beside the books that are out: money, suspension, block, reservations."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from circulation.rules.standing import ReaderStanding

__all__ = ["STANDING", "ReaderStanding", "read_standing", "reader_standing"]

# Columns of any statement that has %(reader)s and %(today)s; `read_standing` takes them. A suspension that waits
# behind one that runs counts for the day on which all is over.
STANDING = """
    (SELECT COALESCE(sum(entry.amount), 0)
       FROM circulation_charge AS charge JOIN circulation_chargeentry AS entry ON entry.charge_id = charge.id
      WHERE charge.reader_id = %(reader)s),
    (SELECT max(ends_on) FROM circulation_suspension
      WHERE reader_id = %(reader)s AND lifted_at IS NULL AND ends_on >= %(today)s
     HAVING min(starts_on) <= %(today)s),
    (SELECT reason FROM circulation_readerblock WHERE reader_id = %(reader)s AND ended_at IS NULL),
    (SELECT count(*) FROM circulation_reservation WHERE reader_id = %(reader)s AND state = 'ready'),
    (SELECT count(*) FROM circulation_reservation WHERE reader_id = %(reader)s AND state = 'waiting')
"""


def read_standing(values: Iterator[Any]) -> ReaderStanding:
    """The standing from the next columns of a row, as `STANDING` names them."""
    owed, until, block, ready, waiting = (next(values) for _column in range(5))
    return ReaderStanding(owed, until, block or "", ready, waiting)


def reader_standing(reader_id: int, today: date) -> ReaderStanding:
    """How one reader stands on a day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STANDING}", {"reader": reader_id, "today": today})
        return read_standing(iter(cursor.fetchone()))
