"""Lending a copy to a reader."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models import CirculationEvent, Loan, Reservation
from circulation.operations.desk import Scan, event_of, local_day, lock_reader_and_copy, record
from circulation.operations.pickup import fulfil
from circulation.queries.due import after_recall, due_for
from circulation.queries.loans import open_loans
from circulation.queries.queue import TURNS
from circulation.queries.settings import policies
from circulation.queries.standing import STANDING, read_standing
from circulation.rules.lending import Lending, checkout_problems
from circulation.rules.policies import policy_for
from circulation.rules.reservations import Turns
from circulation.rules.standing import ReaderStanding
from library_site import audit
from library_site.models import Role, User
from library_site.shared.problems import Problem, Refused, standing, violated
from library_site.shared.reference import Reference
from library_site.shared.rows import insert
from readers.models import Reader
from readers.queries.classes import school_year_on


class Checkout(NamedTuple):
    """A checkout's event, and the reader's loans and standing after it (None where an earlier scan's is repeated)."""

    event: CirculationEvent
    loans: Sequence[Loan] | None
    standing: ReaderStanding | None = None


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
    back_dated: bool = False,
) -> Checkout:
    """Lends the copy; the same scan sent twice returns the first one's event.

    With `back_dated`, `at` lies in the past: refused where the copy was with somebody on that day or later; what came
    back on that very day is lent from then on. `overrides` are codes of problems set aside with a `reason`; they count
    only for a librarian. Refuses with every standing problem (`Refused`). The loan keeps the terms, the class and the
    category of this day.
    """
    try:
        with transaction.atomic(durable=True):
            asked = _Asked(by, at, reference, granted(overrides, reason, by), reason.strip(), scan, back_dated)
            return _lend(copy_id, reader_id, asked)
    except IntegrityError as error:
        raise Refused([_from_constraint(error)]) from error


class _Asked(NamedTuple):
    """What came with the wish to lend."""

    by: User | None
    at: datetime
    reference: Reference
    overrides: Collection[str]
    reason: str
    scan: Scan | None
    back_dated: bool


def _lend(copy_id: int, reader_id: int, asked: _Asked) -> Checkout:
    reader, copy = lock_reader_and_copy(reader_id, copy_id)
    known = _known(reader, copy, asked)
    if known.recorded is not None:
        return Checkout(event_of(known.recorded), None)
    at = known.back_at if known.back_at and local_day(known.back_at) == local_day(asked.at) else asked.at
    lending = _facts(reader, copy, known, at, asked)
    problems = checkout_problems(lending)
    if standing(problems, asked.overrides):
        raise Refused(problems)
    loan = _new_loan(lending, by=asked.by, at=at, reference=asked.reference)
    details: dict[str, Any] = {}
    if problems:
        details |= {"overrides": [problem.code for problem in problems], "reason": asked.reason}
    if copy.state != Copy.State.ON_SHELF:
        details["state"] = [copy.state, Copy.State.ON_SHELF]
        put_on_shelf(copy, by=asked.by)
    turn = _fulfil(loan, asked) if known.turns.concerns else None
    if turn is not None:
        details["fulfilled"] = turn.pk
    event = record(CirculationEvent.Kind.CHECKOUT, loan, by=asked.by, at=at, scan=asked.scan, details=details)
    return Checkout(event, [*lending.loans, loan], known.standing.less(turn) if turn else known.standing)


def _fulfil(loan: Loan, asked: _Asked) -> Reservation | None:
    assert loan.reader_id is not None
    return fulfil(
        reader_id=loan.reader_id,
        title_id=loan.copy.title_id,
        copy_id=loan.copy_id,
        at=asked.at,
        reference=asked.reference,
    )


class _Known(NamedTuple):
    """What the desk knows of the wish once reader and copy are locked.

    `recorded`: the event that this very scan led to before. `back_at`: when the copy last came back after the moment
    that a back-dated checkout is dated.
    """

    recorded: int | None
    back_at: datetime | None
    class_id: int | None
    standing: ReaderStanding
    turns: Turns


_CLASS_ON = """
    (SELECT school_class_id FROM readers_classmembership
      WHERE reader_id = %(reader)s AND since <= %(today)s AND (until IS NULL OR until > %(today)s)
      ORDER BY since DESC LIMIT 1)
"""
_KNOWN = f"""
    SELECT (SELECT max(id) FROM circulation_circulationevent WHERE scan_id = %(scan)s),
           (SELECT max(returned_at) FROM circulation_loan
             WHERE copy_id = %(copy)s AND voided_at IS NULL AND returned_at > %(since)s AND kind <> 'corner'),
           {_CLASS_ON},
           {STANDING},
           turns.*
      FROM ({TURNS}) AS turns
"""  # noqa: S608 - our own columns


def _known(reader: Reader, copy: Copy, asked: _Asked) -> _Known:
    """One statement, after the locks: what was read beside one may be stale."""
    parameters = {
        "scan": asked.scan.id if asked.scan else None,
        "copy": copy.pk,
        "title": copy.title_id,
        "since": asked.at if asked.back_dated else None,
        "reader": reader.pk,
        "today": local_day(asked.at),
    }
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, parameters)
        values = iter(cursor.fetchone())
    return _Known(next(values), next(values), next(values), read_standing(values), Turns(*values))


def granted(overrides: Collection[str], reason: str, by: User | None) -> Collection[str]:
    """The overrides that count: all of them for a librarian who gives a reason, else none."""
    allowed = by is not None and by.has_role(Role.LIBRARIAN) and bool(reason.strip())
    return overrides if allowed else ()


def _facts(reader: Reader, copy: Copy, known: _Known, at: datetime, asked: _Asked) -> Lending:
    today, reference = local_day(at), asked.reference
    loans = open_loans(readers=[reader.pk], copies=[copy.pk])
    rules = policies(reference)
    return Lending(
        reader=reader,
        copy=copy,
        copy_is_out=any(loan.copy_id == copy.pk for loan in loans),
        in_class_box=any(loan.copy_id == copy.pk and loan.kind == Loan.Kind.CLASS for loan in loans),
        loans=[loan for loan in loans if loan.reader_id == reader.pk],
        policy=policy_for(rules, category=reader.category, material=copy.title.material, on=today),
        general=policy_for(rules, category=reader.category, material="", on=today),
        today=today,
        standing=known.standing,
        turns=known.turns,
        after_recall=after_recall(reference, category=reader.category, class_id=known.class_id, lent_on=today),
        was_out_then=known.back_at is not None and at == asked.at,
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
        due_on=due_for(
            reference,
            category=lending.reader.category,
            class_id=class_id,
            policy=policy,
            lent_on=lending.today,
            location_id=lending.copy.location_id,
        ),
        loan_days=policy.loan_days,
        max_renewals=policy.max_renewals,
        policy=policy,
        lent_by=by,
    )
    return insert(loan)


_CLASS_AND_KEY = f"""
WITH kept AS (
    INSERT INTO circulation_borrowerkey (key, reader_id, school_year_id)
    SELECT %(new_key)s, %(reader)s, %(year)s
     WHERE NOT EXISTS (
        SELECT 1 FROM circulation_borrowerkey WHERE reader_id = %(reader)s AND school_year_id = %(year)s)
    RETURNING key)
SELECT {_CLASS_ON}, COALESCE((SELECT key FROM kept),
                (SELECT key FROM circulation_borrowerkey
                  WHERE reader_id = %(reader)s AND school_year_id = %(year)s))
"""  # noqa: S608 - our own columns


def class_and_key(reader: Reader, reference: Reference, today: date) -> tuple[int | None, UUID]:
    """The class the reader is in that day, and the year's borrower key, made at the first loan.

    One statement; the reader's lock keeps two desks from making two keys.
    """
    new_key, year = uuid4(), school_year_on(reference, today)
    values = {"reader": reader.pk, "year": year.pk if year else None, "today": today, "new_key": new_key}
    with connection.cursor() as cursor:
        cursor.execute(_CLASS_AND_KEY if year else _CLASS_ONLY, values)
        return cursor.fetchone()


# Before any school year is entered no key can be kept: each loan counts as a borrower of its own.
_CLASS_ONLY = f"SELECT {_CLASS_ON}, %(new_key)s::uuid"


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
