"""Counting ahead what came back and was renewed: a year of it is too much for a page to count from every act."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from reports.models import MoveDay, RolledMoves
from reports.queries.moves import MOVES, counted_ahead, month_after
from reports.queries.rolled import Span, bounds_of

_INSERT = f"INSERT INTO reports_moveday (day, kind, returned, renewed) {MOVES}"


def roll_moves(*, at: datetime) -> date:
    """Counts the days before today's that are not counted ahead yet, and anew those on which something was entered or
    undone since. Returns the first day that is not counted.

    A month at a time, each in a transaction of its own: what is cut short goes on where it was. Nothing is locked
    that a desk needs; two at once wait for each other.
    """
    today = timezone.localdate(at)
    while (until := _roll_month(at=at, today=today)) < today:
        pass
    return until


def _roll_month(*, at: datetime, today: date) -> date:
    with transaction.atomic():
        done = _begin(at, today)
        _until, dirty = counted_ahead()
        MoveDay.objects.filter(day__in=dirty).delete()
        until = max(done, min(today, month_after(done)))
        spans: list[Span] = [(day, day) for day in sorted(dirty)]
        if done < until:
            spans.append((done, until - timedelta(days=1)))
        if spans:
            _insert(spans)
        RolledMoves.objects.filter(pk=1).update(until=until, at=at)
        return until


def _begin(at: datetime, today: date) -> date:
    """Up to where is counted; the row that says so is locked. Before the first time: from the first act on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(at) FROM circulation_circulationevent")
        first = cursor.fetchone()[0]
        from_day = min(today, timezone.localdate(first)) if first else today
        cursor.execute(
            "INSERT INTO reports_rolledmoves (id, until, at) VALUES (1, %s, %s) ON CONFLICT (id) DO NOTHING",
            [from_day, at],
        )
    return RolledMoves.objects.select_for_update().get(pk=1).until


def _insert(spans: list[Span]) -> None:
    asked: dict[str, Any] = {**bounds_of(spans), "zone": timezone.get_current_timezone_name()}
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, asked)
