"""What was done in the library day by day, each count from where the act itself is kept.

A fixed number of statements, whatever the number of days. Loans and visits count as in every report
(`reports.queries.loans`, `circulation.queries.visits`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from circulation.models import ChargeEntry, DayClosing, Loan
from circulation.queries.cash import MOVES_CASH
from circulation.queries.settings import open_days
from circulation.queries.visits import visits_between
from library_site.shared.reference import Reference
from reports.models import RoomCare
from reports.queries.loans import IN_A_READERS_NAME, first_loan_on, loans_by_day
from reports.queries.moves import Moves, moves_by_day
from reports.queries.past import COPIES_THEN
from reports.queries.trends import first_visit_on
from reports.rules.figures import Period, midnight
from reports.rules.worklog import Work, WorkRow

# A copy was mended when somebody put it from repair back on the shelf, or when its charge was settled by mending; once
# a day. What was undone or taken back was not mended, and whoever scans a copy at the desk ("found") mends nothing.
_MENDED = """
    SELECT day, count(DISTINCT copy_id) FROM (
        SELECT (was.pgh_created_at AT TIME ZONE %(zone)s)::date AS day, was.pgh_obj_id AS copy_id
          FROM catalog_copyevent AS was
          LEFT JOIN pghistory_context AS context ON context.id = was.pgh_context_id
          LEFT JOIN LATERAL (
              SELECT later.state FROM catalog_copyevent AS later
               WHERE later.pgh_obj_id = was.pgh_obj_id AND later.pgh_id > was.pgh_id
               ORDER BY later.pgh_id LIMIT 1
          ) AS next ON TRUE
          LEFT JOIN catalog_copy AS copy ON copy.id = was.pgh_obj_id
         WHERE was.pgh_created_at >= %(begins)s AND was.pgh_created_at < %(ends)s
           AND was.state = 'in_repair' AND coalesce(next.state, copy.state) = 'on_shelf'
           AND coalesce(context.metadata ->> 'act', '') NOT IN ('undo', 'found_at_desk')
        UNION ALL
        SELECT (entry.at AT TIME ZONE %(zone)s)::date, charge.copy_id
          FROM circulation_chargeentry AS entry JOIN circulation_charge AS charge ON charge.id = entry.charge_id
         WHERE entry.at >= %(begins)s AND entry.at < %(ends)s AND entry.kind = 'mended' AND charge.copy_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM circulation_chargeentry AS back WHERE back.reverses_id = entry.id)
    ) AS mended GROUP BY day
"""
# As `reports.queries.holdings.added_between` counts them.
_ADDED = f"""
    WITH {COPIES_THEN}
    SELECT acquired_on, count(*) FROM copy_then WHERE acquired_on BETWEEN %(first)s AND %(last)s GROUP BY acquired_on
"""  # noqa: S608


def work_of(period: Period, *, reference: Reference) -> list[WorkRow]:
    """A row for each day up to the period's `until`, closed ones included."""
    counts = _counts(period)
    first_loan, first_visit = first_loan_on(period.until), first_visit_on(period.until)
    is_open, notes = open_days(reference).is_open, _notes(period)
    days = [period.starts_on + timedelta(days=n) for n in range((period.until - period.starts_on).days + 1)]
    known = [(day, _begun(first_loan, day), _begun(first_visit, day)) for day in days]
    return [
        WorkRow(day, counts.of(day, lending=lending, visiting=visiting), is_open(day), notes.get(day, ""))
        for day, lending, visiting in known
    ]


def _begun(first: date | None, day: date) -> bool:
    return first is not None and first <= day


@dataclass(frozen=True)
class _Counts:
    """Everything that was counted, each by day; a day that is missing has none."""

    loans: Mapping[date, Counter[tuple[str, str]]]
    moves: Mapping[date, Moves]
    visits: Mapping[date, int]
    new_copies: Mapping[date, int]
    mended: Mapping[date, int]
    cash: Mapping[date, Decimal]
    care: Mapping[date, int]

    def of(self, day: date, *, lending: bool, visiting: bool) -> Work:
        """The work of a day; acts of lending (visits) are unknown before the first one in the system."""
        lent: dict[str, Any] = {
            "lent": self._lent(day, IN_A_READERS_NAME),
            "returned": self.moves.get(day, Moves()).returned,
            "renewed": self.moves.get(day, Moves()).renewed,
            "class_lent": self._lent(day, (Loan.Kind.CLASS,)),
            "in_room": self._lent(day, (Loan.Kind.ROOM,)),
            "mended": self.mended.get(day, 0),
            "cash": self.cash.get(day, Decimal(0)),
        }
        return Work(
            **(lent if lending else {}),
            visits=self.visits.get(day, 0) if visiting else None,
            new_copies=self.new_copies.get(day, 0),
            care=self.care.get(day, 0),
        )

    def _lent(self, day: date, kinds: tuple[str, ...]) -> int:
        return sum(number for (kind, _category), number in self.loans.get(day, Counter()).items() if kind in kinds)


def _counts(period: Period) -> _Counts:
    first, last = period.starts_on, period.until
    visits = visits_between(first, last).filter(is_electronic=False)
    begins, ends = midnight(first), midnight(last + timedelta(days=1))
    cash = ChargeEntry.objects.filter(MOVES_CASH, at__gte=begins, at__lt=ends)
    return _Counts(
        loans=loans_by_day(Period(first, last, last)),
        moves=moves_by_day(first, last),
        visits=_by_day(visits.annotate(day=TruncDate("at")), Sum("heads")),
        new_copies=dict(_rows(_ADDED, first, last)),
        mended=dict(_rows(_MENDED, first, last)),
        cash={day: -amount for day, amount in _by_day(cash.annotate(day=TruncDate("at")), Sum("amount")).items()},
        care=_by_day(RoomCare.objects.filter(on__range=(first, last)), Count("pk"), of="on"),
    )


def _rows(statement: str, first: date, last: date) -> list[tuple[Any, ...]]:
    night = midnight(last + timedelta(days=1))
    asked: dict[str, Any] = {"first": first, "last": last, "begins": midnight(first), "ends": night, "night": night}
    asked["zone"] = timezone.get_current_timezone_name()
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def _by_day(rows: Any, what: Any, of: str = "day") -> dict[date, Any]:
    return dict(rows.order_by().values_list(of).annotate(number=what))


def _notes(period: Period) -> dict[date, str]:
    rows = DayClosing.objects.filter(day__range=(period.starts_on, period.until)).exclude(note="")
    return dict(rows.values_list("day", "note"))
