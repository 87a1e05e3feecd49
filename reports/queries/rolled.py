"""What is counted ahead of a period, and which days a page still counts itself.

Days before `RolledUp.until` are counted ahead as of `RolledUp.at`. A day before it on which loans were entered later
(a sheet keyed in, a desk that was offline) or undone is counted anew until the job has done so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone

from reports.rules.figures import Period, midnight

Value = TypeVar("Value")
Span = tuple[date, date]  # both ends included

# An act is recorded when it begins: one that the job could not see yet was recorded shortly before the job began.
IN_FLIGHT = timedelta(minutes=15)
TRIES = 3

_STATE = """
    SELECT rolled.until, rolled.at,
           (SELECT coalesce(json_agg(json_build_array(id, starts_on, ends_on)), '[]') FROM reports_rolledterm),
           ARRAY(
               SELECT DISTINCT (loan.lent_at AT TIME ZONE %(zone)s)::date
                 FROM circulation_circulationevent AS event JOIN circulation_loan AS loan ON loan.id = event.loan_id
                WHERE event.recorded_at >= rolled.at - %(in_flight)s
                  AND (event.kind = 'undo' OR event.kind = 'checkout' AND event.at < rolled.until + interval '1 day')
                  AND (loan.lent_at AT TIME ZONE %(zone)s)::date < rolled.until
           )
      FROM reports_rolledup AS rolled
"""


@dataclass(frozen=True)
class Term:
    """A semester counted ahead; `last` is the last of its days that is."""

    pk: int
    first: date
    last: date


@dataclass(frozen=True)
class Rolled:
    """`until` None: nothing is counted ahead. `dirty` are the days before it that are to be counted anew."""

    until: date | None = None
    at: datetime | None = None
    terms: tuple[Term, ...] = ()
    dirty: frozenset[date] = frozenset()

    def is_clean(self, first: date, last: date) -> bool:
        """Whether every day of a stretch is counted ahead as it stands."""
        return self.until is not None and last < self.until and not any(first <= day <= last for day in self.dirty)

    def days(self, first: date, last: date) -> tuple[Span | None, list[Span]]:
        """The stretch of days counted ahead (but for the dirty ones), and the stretches that are not."""
        if self.until is None or first >= self.until:
            return None, [(first, last)] if first <= last else []
        end = min(last, self.until - timedelta(days=1))
        dirty = [(day, day) for day in sorted(self.dirty) if first <= day <= end]
        return (first, end), [*dirty, *([(self.until, last)] if self.until <= last else [])]

    def whole_terms(self, first: date, last: date) -> tuple[list[Term], list[Span]]:
        """The semesters within a stretch of days that are counted ahead as they stand, and the days between them."""
        terms = [
            term
            for term in self.terms
            if first <= term.first <= term.last <= last and self.is_clean(term.first, term.last)
        ]
        return _apart(terms), _between(first, last, _apart(terms))


NOTHING = Rolled()


def _apart(terms: Iterable[Term]) -> list[Term]:
    """Semesters that overlap (their days were changed) would count twice: the earlier one counts."""
    found: list[Term] = []
    for term in sorted(terms, key=lambda term: (term.first, term.last)):
        if not found or found[-1].last < term.first:
            found.append(term)
    return found


def _between(first: date, last: date, terms: Iterable[Term]) -> list[Span]:
    rest, begins = [], first
    for term in terms:
        rest.append((begins, term.first - timedelta(days=1)))
        begins = term.last + timedelta(days=1)
    return [(begin, end) for begin, end in [*rest, (begins, last)] if begin <= end]


def rolled_up() -> Rolled:
    """What is counted ahead by now. One statement."""
    asked: dict[str, Any] = {"zone": timezone.get_current_timezone_name(), "in_flight": IN_FLIGHT}
    with connection.cursor() as cursor:
        cursor.execute(_STATE, asked)
        row = cursor.fetchone()
    if row is None:
        return NOTHING
    until, at, terms, dirty = row
    return Rolled(until, at, tuple(_terms(terms, until)), frozenset(dirty))


def _terms(rows: Iterable[tuple[int, str, str]], until: date) -> Iterable[Term]:
    for pk, starts_on, ends_on in rows:
        first, last = date.fromisoformat(starts_on), min(date.fromisoformat(ends_on), until - timedelta(days=1))
        if first <= last:
            yield Term(pk, first, last)


def consistently(read: Callable[[Rolled], Value]) -> Value:
    """`read` with what is counted ahead, again if the job went on meanwhile: else its days would count twice."""
    for _try in range(TRIES):
        rolled = rolled_up()
        value = read(rolled)
        if _reach() == (rolled.until, rolled.at):
            return value
    return read(NOTHING)


def _reach() -> tuple[date | None, datetime | None]:
    """Both: a run that counts several months bears one moment, and puts its days forward month by month."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT until, at FROM reports_rolledup")
        return cursor.fetchone() or (None, None)


def bounds_of(spans: Iterable[Span]) -> dict[str, Any]:
    """Stretches of days as parameters: their first moments and the first ones after them."""
    spans = list(spans)
    return {
        "begins": [midnight(first) for first, _last in spans],
        "ends": [midnight(last + timedelta(days=1)) for _first, last in spans],
    }


# Loans in a reader's name by copy: a common table expression, its parameters by `lent_in`.
LENT = """
    lent AS MATERIALIZED (
        SELECT copy_id, sum(loans)::int AS loans
          FROM (
            SELECT copy_id, loans FROM reports_copyterm WHERE term_id = ANY(%(terms)s)
            UNION ALL
            SELECT loan.copy_id, count(*)
              FROM unnest(%(begins)s::timestamptz[], %(ends)s::timestamptz[]) AS span (begins, ends)
              JOIN circulation_loan AS loan ON loan.lent_at >= span.begins AND loan.lent_at < span.ends
             WHERE loan.voided_at IS NULL AND loan.kind IN ('reader', 'corner')
             GROUP BY loan.copy_id
          ) AS part
         GROUP BY copy_id
    )"""


def lent_in(period: Period, rolled: Rolled) -> dict[str, Any]:
    """The parameters of `LENT`."""
    terms, rest = rolled.whole_terms(period.starts_on, period.until)
    return {"terms": [term.pk for term in terms], **bounds_of(rest)}
