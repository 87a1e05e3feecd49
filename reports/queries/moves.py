"""What came back and was renewed, day by day; what was undone does not count.

Days before `RolledMoves.until` are counted ahead. Those on which something was entered later, or undone since, and
those after it a page counts itself, so the numbers are the same with what is counted ahead and without.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from reports.models import MoveDay
from reports.queries.loans import IN_A_READERS_NAME
from reports.queries.rolled import IN_FLIGHT, Span, bounds_of

# By the day they count for and the kind of their loan, of stretches of days. Each act looks up its loan: how many acts
# a stretch has cannot be guessed, and a guess too high would read all loans there ever were.
MOVES = """
    SELECT day, kind, count(*) FILTER (WHERE what = 'return') AS returned,
           count(*) FILTER (WHERE what = 'renewal') AS renewed
      FROM (
        SELECT (event.at AT TIME ZONE %(zone)s)::date AS day, event.kind AS what,
               (SELECT loan.kind FROM circulation_loan AS loan
                 WHERE loan.id = event.loan_id AND loan.voided_at IS NULL) AS kind
          FROM unnest(%(begins)s::timestamptz[], %(ends)s::timestamptz[]) AS span (begins, ends)
         CROSS JOIN LATERAL (
            SELECT act.at, act.kind, act.loan_id FROM circulation_circulationevent AS act
             WHERE act.at >= span.begins AND act.at < span.ends AND act.kind IN ('return', 'renewal')
               AND NOT EXISTS (SELECT FROM circulation_circulationevent AS undo WHERE undo.undoes_id = act.id)
            OFFSET 0
         ) AS event
      ) AS moved
     WHERE kind IS NOT NULL
     GROUP BY day, kind
"""
_STATE = """
    SELECT rolled.until, ARRAY(
        SELECT DISTINCT (coalesce(was.at, event.at) AT TIME ZONE %(zone)s)::date
          FROM circulation_circulationevent AS event
          LEFT JOIN circulation_circulationevent AS was ON was.id = event.undoes_id
         WHERE event.recorded_at >= rolled.at - %(in_flight)s AND event.kind IN ('return', 'renewal', 'undo')
           AND (coalesce(was.at, event.at) AT TIME ZONE %(zone)s)::date < rolled.until
    ) FROM reports_rolledmoves AS rolled
"""


@dataclass(frozen=True)
class Moves:
    """What came back and was renewed on a day, of loans in a reader's name."""

    returned: int = 0
    renewed: int = 0


def moves_by_day(first: date, last: date) -> dict[date, Moves]:
    """{day: what came back and was renewed}; days without are left out. Three statements at most."""
    until, dirty = counted_ahead()
    found: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for day, kind, returned, renewed in [*_ahead(first, last, until, dirty), *_now(first, last, until, dirty)]:
        if kind in IN_A_READERS_NAME:
            found[day]["returned"] += returned
            found[day]["renewed"] += renewed
    return {day: Moves(**counted) for day, counted in found.items()}


def counted_ahead() -> tuple[date, frozenset[date]]:
    """Up to where is counted ahead, and the days before it that are to be counted anew. One statement."""
    asked: dict[str, Any] = {"zone": timezone.get_current_timezone_name(), "in_flight": IN_FLIGHT}
    with connection.cursor() as cursor:
        cursor.execute(_STATE, asked)
        row = cursor.fetchone()
    return (row[0], frozenset(row[1])) if row else (date.min, frozenset())


def _ahead(first: date, last: date, until: date, dirty: Iterable[date]) -> list[Any]:
    if first >= until:
        return []
    rows = MoveDay.objects.filter(day__gte=first, day__lte=last, day__lt=until).exclude(day__in=dirty)
    return list(rows.values_list("day", "kind", "returned", "renewed"))


def _now(first: date, last: date, until: date, dirty: Iterable[date]) -> list[Any]:
    spans: list[Span] = [(day, day) for day in sorted(dirty) if first <= day <= last]
    if until <= last:
        spans.append((max(first, until), last))
    if not spans:
        return []
    with connection.cursor() as cursor:
        cursor.execute(MOVES, {**bounds_of(spans), "zone": timezone.get_current_timezone_name()})
        return cursor.fetchall()


def month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
