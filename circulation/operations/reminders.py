"""Noting that readers were reminded (催还): one row per book, kind and day, whoever prints how often."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from circulation.operations.desk import local_day
from library_site.models import User

# A loan that another desk is closing or renewing at this moment is passed over: nobody is reminded of a book that is
# back, and the desk never waits for a printer.
_REMIND = """
    WITH still_out AS MATERIALIZED (
        SELECT id FROM circulation_loan
         WHERE id = ANY(%(loans)s) AND returned_at IS NULL AND voided_at IS NULL AND due_on < %(due_before)s
         ORDER BY id
           FOR SHARE SKIP LOCKED
    )
    INSERT INTO circulation_reminder (loan_id, kind, at, day, by_id)
    SELECT id, %(kind)s, %(at)s, %(day)s, %(by)s FROM still_out
    ON CONFLICT (loan_id, kind, day) DO NOTHING
    RETURNING loan_id
"""


def remind(
    *, loan_ids: Collection[int], kind: str, by: User | None, at: datetime, overdue_only: bool = True
) -> list[int]:
    """Notes the reminder for those loans that are still out, and with `overdue_only` overdue; returns these.

    The same kind on the same day counts once. Never for a book that is back, also if it comes back meanwhile.
    """
    day = local_day(at)
    values: dict[str, Any] = {
        "loans": list(loan_ids),
        "due_before": day if overdue_only else date.max,
        "kind": kind,
        "at": at,
        "day": day,
        "by": by.pk if by else None,
    }
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_REMIND, values)
        return sorted(row[0] for row in cursor.fetchall())
