"""Lending a copy to a reader."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models import CirculationEvent, Loan
from circulation.operations.desk import Scan, local_day, lock_reader_and_copy, record, recorded
from circulation.queries.loans import open_loans
from circulation.queries.settings import open_days, policies
from circulation.rules.calendar import due_date
from circulation.rules.lending import Lending, checkout_problems
from circulation.rules.policies import policy_for
from library_site import audit
from library_site.models import Role, User
from library_site.shared.problems import Problem, Refused, standing, violated
from library_site.shared.reference import Reference
from library_site.shared.rows import insert
from readers.models import Reader
from readers.queries.classes import school_year_on


class Checkout(NamedTuple):
    """A checkout's event, and the reader's open loans after it (None where an earlier scan's event is repeated)."""

    event: CirculationEvent
    loans: Sequence[Loan] | None


def check_out(
    *,
    copy_id: int,
    reader_id: int,
    by: User | None,
    at: datetime,
    reference: Reference,
    overrides: Collection[str] = (),
    reason: str = "",
    scan: Scan | None = None,
) -> Checkout:
    """Lends the copy; the same scan sent twice returns the first one's event.

    `overrides` are codes of problems set aside with a `reason`; they count only for a librarian. Refuses with every
    standing problem (`Refused`). The loan keeps the terms, the class and the category of this day.
    """
    try:
        with transaction.atomic(durable=True):
            return _lend(copy_id, reader_id, by, at, reference, granted(overrides, reason, by), reason, scan)
    except IntegrityError as error:
        raise Refused([_from_constraint(error)]) from error


def _lend(
    copy_id: int,
    reader_id: int,
    by: User | None,
    at: datetime,
    reference: Reference,
    overrides: Collection[str],
    reason: str,
    scan: Scan | None,
) -> Checkout:
    reader, copy = lock_reader_and_copy(reader_id, copy_id)
    if before := recorded(scan):
        return Checkout(before, None)
    lending = _facts(reader, copy, reference, local_day(at))
    problems = checkout_problems(lending)
    if standing(problems, overrides):
        raise Refused(problems)
    loan = _new_loan(lending, by=by, at=at, reference=reference)
    details = {"overrides": [problem.code for problem in problems], "reason": reason} if problems else {}
    if copy.state != Copy.State.ON_SHELF:
        details["state"] = [copy.state, Copy.State.ON_SHELF]
        put_on_shelf(copy, by=by)
    event = record(CirculationEvent.Kind.CHECKOUT, loan, by=by, at=at, scan=scan, details=details)
    return Checkout(event, [*lending.loans, loan])


def granted(overrides: Collection[str], reason: str, by: User | None) -> Collection[str]:
    """The overrides that count: all of them for a librarian who gives a reason, else none."""
    allowed = by is not None and by.has_role(Role.LIBRARIAN) and bool(reason.strip())
    return overrides if allowed else ()


def _facts(reader: Reader, copy: Copy, reference: Reference, today: date) -> Lending:
    # Read after the locks: what was counted beside one may be stale.
    loans = open_loans(readers=[reader.pk], copies=[copy.pk])
    return Lending(
        reader=reader,
        copy=copy,
        copy_is_out=any(loan.copy_id == copy.pk for loan in loans),
        loans=[loan for loan in loans if loan.reader_id == reader.pk],
        policy=policy_for(policies(reference), category=reader.category, material=copy.title.material, on=today),
        today=today,
    )


def _new_loan(lending: Lending, *, by: User | None, at: datetime, reference: Reference) -> Loan:
    policy = lending.policy
    assert policy is not None
    class_id, borrower_key = class_and_key(lending.reader, reference, lending.today)
    loan = Loan(
        copy=lending.copy,
        reader=lending.reader,
        borrower_key=borrower_key,
        category=lending.reader.category,
        school_class_id=class_id,
        lent_at=at,
        due_on=due_date(lent_on=lending.today, loan_days=policy.loan_days, open_days=open_days(reference)),
        loan_days=policy.loan_days,
        max_renewals=policy.max_renewals,
        lent_by=by,
    )
    return insert(loan)


_CLASS_AND_KEY = """
WITH kept AS (
    INSERT INTO circulation_borrowerkey (key, reader_id, school_year_id)
    SELECT %(new_key)s, %(reader)s, %(year)s
     WHERE NOT EXISTS (
        SELECT 1 FROM circulation_borrowerkey WHERE reader_id = %(reader)s AND school_year_id = %(year)s)
    RETURNING key)
SELECT (SELECT school_class_id FROM readers_classmembership
         WHERE reader_id = %(reader)s AND since <= %(day)s AND (until IS NULL OR until > %(day)s)
         ORDER BY since DESC LIMIT 1),
       COALESCE((SELECT key FROM kept),
                (SELECT key FROM circulation_borrowerkey
                  WHERE reader_id = %(reader)s AND school_year_id = %(year)s))
"""


def class_and_key(reader: Reader, reference: Reference, today: date) -> tuple[int | None, UUID]:
    """The class the reader is in that day, and the year's borrower key, made at the first loan.

    One statement; the reader's lock keeps two desks from making two keys.
    """
    new_key, year = uuid4(), school_year_on(reference, today)
    values = {"reader": reader.pk, "year": year.pk if year else None, "day": today, "new_key": new_key}
    with connection.cursor() as cursor:
        cursor.execute(_CLASS_AND_KEY if year else _CLASS_ONLY, values)
        return cursor.fetchone()


# Before any school year is entered no key can be kept: each loan counts as a borrower of its own.
_CLASS_ONLY = """
SELECT (SELECT school_class_id FROM readers_classmembership
         WHERE reader_id = %(reader)s AND since <= %(day)s AND (until IS NULL OR until > %(day)s)
         ORDER BY since DESC LIMIT 1), %(new_key)s::uuid
"""


def put_on_shelf(copy: Copy, *, by: User | None) -> None:
    """Corrects the state of a copy that was thought away and is in somebody's hands; inside an act."""
    copy.state = Copy.State.ON_SHELF
    with audit.attributed("found_at_desk", by=by):
        copy.save(update_fields=["state"])


def _from_constraint(error: IntegrityError) -> Problem:
    """The database had the last word: say what it said as a rule would have said it."""
    if violated(error) == "loan_one_open_per_copy":
        return Problem("copy_is_out", _("This book is on loan."), _("Return it first: scan it with no reader open."))
    raise error
