"""The exceptions of a day (CIR-17): what was done although a rule stood against it, with who did it and why."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

MOST = 500
_FROM, _UNTIL = "%(since)s", "%(until)s"
# Columns of each part: kind, time, account, reader, book, codes set aside, reason, sum, how many acts, their day,
# whether it was undone.
_UNDONE = "EXISTS (SELECT FROM circulation_circulationevent AS u WHERE u.undoes_id = e.id)"
_EVENTS = f"""
    SELECT CASE WHEN e.details ? 'overrides' THEN 'override.' || e.kind ELSE 'amnesty' END AS what,
           e.recorded_at AS at, e.by_id, e.reader_id, e.copy_id, e.details->'overrides' AS codes,
           COALESCE(e.details->>'reason', '') AS reason, NULL::numeric AS amount, 1 AS number, NULL::date AS dated,
           {_UNDONE} AS undone
      FROM circulation_circulationevent AS e
     WHERE e.recorded_at >= {_FROM} AND e.recorded_at < {_UNTIL}
       AND e.details ?| '{{overrides,amnesty}}'::text[]
"""  # noqa: S608 - our own columns
# A sheet keyed in or an emptied book drop is one line for each day that it was dated by.
_BACK_DATED = f"""
    SELECT 'back_dated.' || e.kind, max(e.recorded_at), e.by_id, NULL::bigint, NULL::bigint, NULL::jsonb,
           COALESCE(e.details->>'reason', '') AS reason, NULL::numeric, count(*),
           (e.at AT TIME ZONE %(zone)s)::date, false
      FROM circulation_circulationevent AS e
     WHERE e.recorded_at >= {_FROM} AND e.recorded_at < {_UNTIL} AND e.at < {_FROM} AND e.kind <> 'undo'
       AND NOT {_UNDONE}
     GROUP BY e.kind, e.by_id, reason, (e.at AT TIME ZONE %(zone)s)::date
"""  # noqa: S608
_MONEY = f"""
    SELECT 'money.' || entry.kind, entry.at, entry.by_id, charge.reader_id, charge.copy_id, NULL::jsonb, entry.reason,
           abs(entry.amount), 1, NULL::date,
           EXISTS (SELECT FROM circulation_chargeentry AS r WHERE r.reverses_id = entry.id)
      FROM circulation_chargeentry AS entry JOIN circulation_charge AS charge ON charge.id = entry.charge_id
     WHERE entry.at >= {_FROM} AND entry.at < {_UNTIL} AND entry.kind IN ('waiver', 'refund')
"""  # noqa: S608
_LIFTED = f"""
    SELECT 'suspension.lifted', lifted_at, lifted_by_id, reader_id, NULL::bigint, NULL::jsonb, reason, NULL::numeric,
           1, NULL::date, false
      FROM circulation_suspension
     WHERE lifted_at >= {_FROM} AND lifted_at < {_UNTIL} AND lifted_by_id IS NOT NULL
    UNION ALL
    SELECT 'block.ended', ended_at, ended_by_id, reader_id, NULL::bigint, NULL::jsonb, reason, NULL::numeric,
           1, NULL::date, false
      FROM circulation_readerblock WHERE ended_at >= {_FROM} AND ended_at < {_UNTIL}
"""  # noqa: S608
_LEFT = f"""
    SELECT 'left', turn.at, turn.by_id, part.reader_id, NULL::bigint, NULL::jsonb, part.reason, NULL::numeric,
           1, NULL::date, turn.undone_at IS NOT NULL
      FROM readers_turnreader AS part JOIN readers_turn AS turn ON turn.id = part.turn_id
     WHERE turn.at >= {_FROM} AND turn.at < {_UNTIL} AND part.reason <> '' AND turn.kind <> 'roster'
"""  # noqa: S608
_RESERVED = f"""
    SELECT 'override.reservation', placed_at, placed_by_id, reader_id, NULL::bigint, NULL::jsonb, reason,
           NULL::numeric, 1, NULL::date, false
      FROM circulation_reservation
     WHERE placed_at >= {_FROM} AND placed_at < {_UNTIL} AND reason <> '' AND ended_at IS NULL
"""  # noqa: S608
_ALL = (
    f"{_EVENTS} UNION ALL {_RESERVED} UNION ALL {_BACK_DATED} UNION ALL {_MONEY} UNION ALL {_LIFTED} UNION ALL {_LEFT}"
)
_LIST = f"""
    SELECT x.what, x.at, account.name, x.reader_id, reader.name, title.id, title.name, copy.barcode,
           x.codes, x.reason, x.amount, x.number, x.dated, x.undone
      FROM ({_ALL}) AS x
      LEFT JOIN library_site_user AS account ON account.id = x.by_id
      LEFT JOIN readers_reader AS reader ON reader.id = x.reader_id
      LEFT JOIN catalog_copy AS copy ON copy.id = x.copy_id
      LEFT JOIN catalog_title AS title ON title.id = copy.title_id
     ORDER BY x.at, x.what LIMIT {MOST}
"""  # noqa: S608


@dataclass(frozen=True)
class ExceptionLine:
    """One exception; `number` acts of one kind dated by the day `dated` are one. `by` is empty for the system.

    `what` is what was done, with what kind of rule set aside: "override.checkout", "money.waiver", "left" and so on.
    """

    what: str
    at: datetime
    by: str
    reader_id: int | None
    reader: str
    title_id: int | None
    title: str
    barcode: str
    codes: Sequence[str]
    reason: str
    amount: Any
    number: int
    dated: date | None
    undone: bool


def exceptions_on(day: date) -> list[ExceptionLine]:
    """The exceptions recorded on a day, in their order; at most `MOST`. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST, _span(day))
        return [_line(row) for row in cursor.fetchall()]


def exceptions_count(day: date) -> int:
    """How many lines the list of a day has. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_ALL}) AS x", _span(day))  # noqa: S608 - our own statement
        return cursor.fetchone()[0]


def _line(row: Sequence[Any]) -> ExceptionLine:
    what, at, by, reader_id, reader, title_id, title, barcode, codes, *rest = row
    # Codes; older rows have objects.
    kept = [code if isinstance(code, str) else code.get("code", "") for code in json.loads(codes or "[]")]
    names = (by or "", reader_id, reader or "", title_id, title or "", barcode or "")
    return ExceptionLine(what, at, *names, kept, *rest)


def _span(day: date) -> dict[str, Any]:
    since = timezone.make_aware(datetime.combine(day, time.min))
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return {"since": since, "until": until, "zone": timezone.get_current_timezone_name()}
