"""Renewing loans: one, or all that a reader has."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from circulation.models import CirculationEvent, Loan
from circulation.models.loans import OPEN
from circulation.operations.checkout import granted
from circulation.operations.desk import Scan, local_day, lock_copy, lock_reader, record, recorded
from circulation.operations.undo import reverse
from circulation.queries.settings import open_days
from circulation.rules.lending import renewal_problems
from library_site.models import User
from library_site.shared.problems import Problem, Refused, standing
from library_site.shared.reference import Reference


def renew(
    *,
    loan_id: int,
    by: User | None,
    at: datetime,
    reference: Reference,
    overrides: Collection[str] = (),
    reason: str = "",
    scan: Scan | None = None,
) -> CirculationEvent:
    """Gives the loan a new term from today, never a shorter one than it had, and returns the event.

    Refuses (`Refused`) a closed loan, one at its limit of renewals, an overdue one; the last two can be overridden
    by a librarian with a reason.
    """
    with transaction.atomic(durable=True):
        loan = _lock_loan(loan_id)
        if before := recorded(scan, loan_id=loan_id):
            return before
        problems = renewal_problems(loan, today=local_day(at))
        if standing(problems, granted(overrides, reason, by)):
            raise Refused(problems)
        return _extend(loan, problems, by=by, at=at, reference=reference, reason=reason, scan=scan)


def renew_instead(
    *, event_id: int, by: User | None, at: datetime, reference: Reference, scan: Scan | None = None
) -> CirculationEvent:
    """Takes back the return that `event_id` records and renews the loan, as one act; refuses as both do."""
    with transaction.atomic(durable=True):
        event = CirculationEvent.objects.get(pk=event_id, kind=CirculationEvent.Kind.RETURN)
        if event.reader_id is not None:
            lock_reader(event.reader_id)
        copy = lock_copy(event.copy_id)
        if before := recorded(scan):
            return before
        loan = reverse(event, copy, by=by, at=at, scan=scan).loan
        if problems := renewal_problems(loan, today=local_day(at)):
            raise Refused(problems)
        return _extend(loan, [], by=by, at=at, reference=reference, reason="", scan=scan)


def renew_all(
    *, reader_id: int, by: User | None, at: datetime, reference: Reference, scan: Scan | None = None
) -> tuple[list[CirculationEvent], list[tuple[Loan, list[Problem]]]]:
    """Renews what can be renewed; returns the events, and the loans that could not be with their reasons."""
    events: list[CirculationEvent] = []
    refused: list[tuple[Loan, list[Problem]]] = []
    loans = Loan.objects.filter(OPEN, reader_id=reader_id).order_by("due_on", "pk")
    for loan in loans.select_related("copy__title"):
        try:
            events.append(renew(loan_id=loan.pk, by=by, at=at, reference=reference, scan=scan))
        except Refused as refusal:
            refused.append((loan, refusal.problems))
    return events, refused


def _lock_loan(loan_id: int) -> Loan:
    """The loan, read after its reader and copy are locked (reader, then copy: the one order)."""
    ids = Loan.objects.values("reader_id", "copy_id").get(pk=loan_id)
    if ids["reader_id"] is not None:
        lock_reader(ids["reader_id"])
    lock_copy(ids["copy_id"])
    return Loan.objects.select_related("copy__title", "reader").get(pk=loan_id)


def _extend(
    loan: Loan,
    problems: list[Problem],
    *,
    by: User | None,
    at: datetime,
    reference: Reference,
    reason: str,
    scan: Scan | None,
) -> CirculationEvent:
    before = loan.due_on
    fresh = open_days(reference).on_or_after(local_day(at) + timedelta(days=loan.loan_days))
    loan.due_on = max(before, fresh)
    loan.renewals += 1
    loan.save(update_fields=["due_on", "renewals"])
    details: dict[str, object] = {"due_on": [before.isoformat(), loan.due_on.isoformat()]}
    if problems:
        details |= {"overrides": [problem.code for problem in problems], "reason": reason}
    return record(CirculationEvent.Kind.RENEWAL, loan, by=by, at=at, scan=scan, details=details)
