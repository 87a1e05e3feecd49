"""Renewing loans: one, or all that a reader has."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from circulation.models import CirculationEvent, Loan
from circulation.models.loans import OPEN
from circulation.operations.checkout import granted
from circulation.operations.desk import Scan, local_day, lock_copy, lock_reader, record, recorded
from circulation.operations.lateness import lateness_of, write_costs
from circulation.operations.undo import reverse
from circulation.queries.due import due_because
from circulation.queries.queue import turns_of
from circulation.queries.settings import open_days, policy_of
from circulation.queries.standing import reader_standing
from circulation.rules.calendar import due_date
from circulation.rules.due import Due
from circulation.rules.renewal import Renewing, renewal_problems
from circulation.rules.standing import ReaderStanding
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
    amnesty: bool = False,
) -> CirculationEvent:
    """Gives the loan a new term from today, never a shorter one than it had, and returns the event.

    Refuses (`Refused`) as `rules.renewal` says; what can be overridden is by a librarian with a reason. An overdue loan
    that is renewed all the same costs what it was late by now, but for an amnesty.
    """
    asked = _Asked(by, at, reference, reason.strip(), scan, amnesty)
    with transaction.atomic(durable=True):
        loan = _lock_loan(loan_id)
        if before := recorded(scan, loan_id=loan_id):
            return before
        due = _due(loan, asked)
        problems = _problems(loan, due, asked)
        if standing(problems, granted(overrides, reason, by)):
            raise Refused(problems)
        return _extend(loan, due, problems, asked)


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
        asked = _Asked(by, at, reference, "", scan, False)
        due = _due(loan, asked)
        if problems := _problems(loan, due, asked):
            raise Refused(problems)
        return _extend(loan, due, [], asked)


def renew_all(
    *, reader_id: int, by: User | None, at: datetime, reference: Reference, scan: Scan | None = None
) -> tuple[list[CirculationEvent], list[tuple[Loan, list[Problem]]]]:
    """Renews what can be renewed; returns the events, and the loans that could not be with their reasons."""
    events: list[CirculationEvent] = []
    refused: list[tuple[Loan, list[Problem]]] = []
    loans = Loan.objects.filter(OPEN, reader_id=reader_id, kind=Loan.Kind.READER).order_by("due_on", "pk")
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


class _Asked(NamedTuple):
    """What came with the wish to renew."""

    by: User | None
    at: datetime
    reference: Reference
    reason: str
    scan: Scan | None
    amnesty: bool


def _due(loan: Loan, asked: _Asked) -> Due:
    """The day of a whole new term, as the calendar and the recall dates leave it."""
    policy = policy_of(loan, asked.reference)
    return due_because(
        asked.reference,
        category=loan.category,
        class_id=loan.school_class_id,
        loan_days=loan.loan_days,
        aligns=policy.aligns_to_period if policy else False,
        lent_on=local_day(asked.at),
        location_id=loan.copy.location_id,
    )


def _problems(loan: Loan, due: Due, asked: _Asked) -> list[Problem]:
    today = local_day(asked.at)
    known = reader_standing(loan.reader_id, today) if loan.reader_id is not None else ReaderStanding()
    turns = turns_of(title_id=loan.copy.title_id, copy_id=loan.copy_id, reader_id=loan.reader_id)
    return renewal_problems(
        Renewing(
            loan=loan,
            today=today,
            due=due,
            policy=policy_of(loan, asked.reference),
            standing=known,
            reserved=turns.is_short,
        )
    )


def _extend(loan: Loan, due: Due, problems: list[Problem], asked: _Asked) -> CirculationEvent:
    before, today = loan.due_on, local_day(asked.at)
    late = lateness_of(loan, on=today, reference=asked.reference, amnesty=asked.amnesty)
    loan.due_on = max(before, _past_recall(loan, today, asked) if _is_set_aside("recall", problems) else due.on)
    loan.renewals += 1
    loan.save(update_fields=["due_on", "renewals"])
    details: dict[str, Any] = {"due_on": [before.isoformat(), loan.due_on.isoformat()]}
    details |= late.details if late else {}
    if problems:
        details |= {"overrides": [problem.code for problem in problems], "reason": asked.reason}
    event = record(CirculationEvent.Kind.RENEWAL, loan, by=asked.by, at=asked.at, scan=asked.scan, details=details)
    write_costs(late, loan, event, by=asked.by, at=asked.at)
    return event


def _is_set_aside(code: str, problems: list[Problem]) -> bool:
    return any(problem.code == code for problem in problems)


def _past_recall(loan: Loan, today: date, asked: _Asked) -> date:
    """A whole term whatever the recall date says, by exception."""
    days = open_days(asked.reference, category=loan.category, location_id=loan.copy.location_id)
    return due_date(lent_on=today, loan_days=loan.loan_days, open_days=days)
