"""Counting ahead: what pages would else count from every loan of a semester each time."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from library_site.shared.reference import Reference
from readers.queries.classes import semesters
from reports.models import BorrowerSpan, BorrowerTerm, CopyTerm, LoanDay, RolledTerm, RolledUp
from reports.queries.rolled import Span, bounds_of, rolled_up
from reports.rules.figures import monday_of

ONE = timedelta(days=1)

_DAYS = """
    INSERT INTO reports_loanday (day, kind, category, school_class_id, lent)
    SELECT (lent_at AT TIME ZONE %(zone)s)::date, kind, category, school_class_id, count(*)
      FROM circulation_loan
     WHERE lent_at >= %(begins)s AND lent_at < %(ends)s AND voided_at IS NULL
     GROUP BY 1, 2, 3, 4
"""
_SPAN = """
    INSERT INTO reports_borrowerspan (starts_on, ends_on, students)
    SELECT %(first)s, %(last)s, count(DISTINCT borrower_key)
      FROM circulation_loan
     WHERE lent_at >= %(begins)s AND lent_at < %(ends)s AND voided_at IS NULL
       AND kind IN ('reader', 'corner') AND category = 'student'
    HAVING count(*) > 0
"""
_BORROWERS = """
    INSERT INTO reports_borrowerterm (term_id, borrower_key, category, school_class_id)
    SELECT DISTINCT %(term)s::bigint, borrower_key, category, school_class_id
      FROM circulation_loan
     WHERE lent_at >= %(begins)s AND lent_at < %(ends)s AND voided_at IS NULL AND kind IN ('reader', 'corner')
    ON CONFLICT DO NOTHING
"""
_COPIES = """
    INSERT INTO reports_copyterm (term_id, copy_id, loans)
    SELECT %(term)s, copy_id, count(*)
      FROM circulation_loan
     WHERE lent_at >= %(begins)s AND lent_at < %(ends)s AND voided_at IS NULL AND kind IN ('reader', 'corner')
     GROUP BY copy_id
    ON CONFLICT (term_id, copy_id) DO UPDATE SET loans = reports_copyterm.loans + excluded.loans
"""


def roll_up(*, at: datetime, reference: Reference) -> date:
    """Counts the days before today's that are not counted ahead yet, and anew those on which something was entered or
    undone since. Returns the first day that is not counted.

    A month at a time, each in a transaction of its own: what is cut short goes on where it was. Nothing is locked
    that a desk needs; two at once wait for each other.
    """
    today = timezone.localdate(at)
    while (until := _roll_month(at=at, today=today, reference=reference)) < today:
        pass
    return until


def _roll_month(*, at: datetime, today: date, reference: Reference) -> date:
    with transaction.atomic():
        done = _begin(at, today)
        dirty = rolled_up().dirty
        until = max(done, min(today, _next_month(done)))
        for day in dirty:
            LoanDay.objects.filter(day=day).delete()
            _run(_DAYS, (day, day))
        if done < until:
            _run(_DAYS, (done, until - ONE))
        _count_spans(dirty, done, until)
        _count_terms(dirty, done, until, [(row.starts_on, row.ends_on) for row in semesters(reference)])
        RolledUp.objects.filter(pk=1).update(until=until, at=at)
        return until


def _begin(at: datetime, today: date) -> date:
    """Up to where is counted; the row that says so is locked. Before the first time: from the first loan on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(lent_at) FROM circulation_loan")
        first = cursor.fetchone()[0]
        from_day = min(today, timezone.localdate(first)) if first else today
        cursor.execute(
            "INSERT INTO reports_rolledup (id, until, at) VALUES (1, %s, %s) ON CONFLICT (id) DO NOTHING",
            [from_day, at],
        )
    return RolledUp.objects.select_for_update().get(pk=1).until


def _count_spans(dirty: Iterable[date], done: date, until: date) -> None:
    """Whole weeks and months that are over by now and were not, or that have a dirty day."""
    touched = {span for day in dirty for span in (_week(day), _month(day)) if span[1] < until}
    for first, last in touched:
        BorrowerSpan.objects.filter(starts_on=first, ends_on=last).delete()
    days = [done + timedelta(days=n) for n in range((until - done).days)]
    over = {span for day in days for span in (_week(day), _month(day)) if done <= span[1] < until}
    for span in sorted(touched | over):
        _run(_SPAN, span, first=span[0], last=span[1])


def _count_terms(dirty: Iterable[date], done: date, until: date, wanted: Iterable[Span]) -> None:
    """Borrowers and copies of each semester: what came since, or all of it where a day is dirty or it is new."""
    begun = {span for span in wanted if span[0] < until}
    for term in RolledTerm.objects.all():
        span = (term.starts_on, term.ends_on)
        if span not in begun or any(span[0] <= day <= span[1] for day in dirty):
            _drop(term)
        else:
            begun.remove(span)
            _add(term, max(span[0], done), min(span[1], until - ONE))
    for first, last in sorted(begun):
        _add(RolledTerm.objects.create(starts_on=first, ends_on=last), first, min(last, until - ONE))


def _drop(term: RolledTerm) -> None:
    for model in (BorrowerTerm, CopyTerm):
        model.objects.filter(term=term).delete()
    term.delete()


def _add(term: RolledTerm, first: date, last: date) -> None:
    if first <= last:
        for statement in (_BORROWERS, _COPIES):
            _run(statement, (first, last), term=term.pk)


def _run(statement: str, span: Span, **more: Any) -> None:
    bounds = bounds_of([span])
    asked = {"begins": bounds["begins"][0], "ends": bounds["ends"][0], "zone": timezone.get_current_timezone_name()}
    with connection.cursor() as cursor:
        cursor.execute(statement, asked | more)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _week(day: date) -> Span:
    return monday_of(day), monday_of(day) + timedelta(days=6)


def _month(day: date) -> Span:
    return day.replace(day=1), _next_month(day) - ONE
