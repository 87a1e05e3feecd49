"""Moving due dates off days that have become closed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from circulation.models import CirculationEvent
from circulation.queries.due_dates import DueGroup, due_on_closed_days
from library_site.audit import act
from library_site.models import User
from library_site.shared.reference import Reference

# In the order of their keys, as everything that locks several loans does.
_LOCK = """
    SELECT id FROM circulation_loan
     WHERE due_on = ANY(%(days)s) AND returned_at IS NULL AND voided_at IS NULL
     ORDER BY id FOR NO KEY UPDATE
"""
_MOVE = """
    WITH moved AS (
        UPDATE circulation_loan AS loan SET due_on = %(new)s
          FROM catalog_copy AS copy
         WHERE copy.id = loan.copy_id AND copy.location_id = %(location)s AND loan.category = %(category)s
           AND loan.due_on = %(old)s AND loan.returned_at IS NULL AND loan.voided_at IS NULL
     RETURNING loan.id, loan.copy_id, loan.reader_id, loan.school_class_id)
    INSERT INTO circulation_circulationevent
        (kind, at, recorded_at, by_id, desk, code, loan_id, copy_id, reader_id, school_class_id, details)
    SELECT %(kind)s, %(at)s, %(at)s, %(by)s, '', '', id, copy_id, reader_id, school_class_id,
           jsonb_build_object('due_on', jsonb_build_array(%(old)s::date, %(new)s::date))
      FROM moved ORDER BY id
"""


def move_due_dates(
    *, today: date, within: tuple[date, date] | None, by: User, at: datetime, reference: Reference, address: str | None
) -> int:
    """Moves every due date on a closed day to the next open one, each with its event; returns how many books.

    What came back meanwhile is left alone, and a second call finds nothing to move. Nobody's book is due earlier.
    """
    with act("move_due_dates", by=by, address=address):
        groups = due_on_closed_days(reference, today, within=within)
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, {"days": sorted({group.due_on for group in groups})})
            return _move(cursor, groups, by=by, at=at)


def _move(cursor: CursorWrapper, groups: Sequence[DueGroup], *, by: User, at: datetime) -> int:
    moved = 0
    # The latest first: what moves onto a later day must not be met there again.
    for group in sorted(groups, key=lambda group: group.due_on, reverse=True):
        values: dict[str, Any] = {
            "old": group.due_on,
            "new": group.new_due,
            "category": group.category,
            "location": group.location_id,
            "kind": CirculationEvent.Kind.DUE_MOVED,
            "at": at,
            "by": by.pk,
        }
        cursor.execute(_MOVE, values)
        moved += cursor.rowcount
    return moved
