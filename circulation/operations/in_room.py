"""Use in the room: reference works and other books that stay are handed out, and are back the same day.

It is kept as a loan of its own kind, so that the desk, undo and the copy's history know of it; no figure counts it as
one.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from catalog.models import Copy
from circulation.models import CirculationEvent, Loan
from circulation.operations.checkin import close
from circulation.operations.checkout import class_and_key, put_on_shelf
from circulation.operations.desk import (
    Scan,
    local_day,
    lock_held_copy,
    lock_reader_and_copy,
    record,
    recorded,
    require_locked,
    settled,
)
from circulation.queries.loans import open_loans
from circulation.rules.in_room import OUT, room_problems
from library_site.models import User
from library_site.shared.problems import Refused, violated
from library_site.shared.reference import Reference
from library_site.shared.rows import insert
from readers.models import Reader


def hand_out(
    *, copy_id: int, reader_id: int, by: User | None, at: datetime, reference: Reference, scan: Scan | None = None
) -> CirculationEvent:
    """Hands the copy to the reader for reading in the room, due the same day; the same scan counts once.

    Refused (`Refused`) while the copy is out, to who has left, and for a withdrawn copy. A copy that was thought away
    is on the shelf again.
    """
    try:
        with transaction.atomic(durable=True):
            return _hand_out(copy_id, reader_id, by, at, reference, scan)
    except IntegrityError as error:
        if violated(error) == "loan_one_open_per_copy":
            raise Refused([OUT]) from error
        raise


def _hand_out(
    copy_id: int, reader_id: int, by: User | None, at: datetime, reference: Reference, scan: Scan | None
) -> CirculationEvent:
    reader, copy = lock_reader_and_copy(reader_id, copy_id)
    if before := recorded(scan):
        return before
    if problems := room_problems(reader, copy, is_out=bool(open_loans(copies=[copy_id]))):
        raise Refused(problems)
    details = {}
    if copy.state != Copy.State.ON_SHELF:
        details["state"] = [copy.state, Copy.State.ON_SHELF]
        put_on_shelf(copy, by=by)
    loan = _new_use(reader, copy, by=by, at=at, reference=reference)
    return record(CirculationEvent.Kind.CHECKOUT, loan, by=by, at=at, scan=scan, details=details)


def _new_use(reader: Reader, copy: Copy, *, by: User | None, at: datetime, reference: Reference) -> Loan:
    today = local_day(at)
    class_id, borrower_key = class_and_key(reader, reference, today)
    return insert(
        Loan(
            kind=Loan.Kind.ROOM,
            copy=copy,
            reader=reader,
            borrower_key=borrower_key,
            category=reader.category,
            school_class_id=class_id,
            lent_at=at,
            due_on=today,
            loan_days=1,
            max_renewals=0,
            lent_by=by,
        )
    )


def bring_back(*, loan_id: int, by: User | None, at: datetime, reference: Reference) -> CirculationEvent | None:
    """Notes that a book used in the room is back; None if it was already. Knows no loans of another kind."""
    copy_id = Loan.objects.values_list("copy_id", flat=True).get(pk=loan_id, kind=Loan.Kind.ROOM)

    def act() -> CirculationEvent | None:
        with transaction.atomic(durable=True):
            readers, copy = lock_held_copy(copy_id)
            loans = [loan for loan in open_loans(copies=[copy_id]) if loan.pk == loan_id]
            require_locked(loans, readers)
            return close(loans[0], copy, by=by, at=at, reference=reference, scan=None) if loans else None

    return settled(act)
