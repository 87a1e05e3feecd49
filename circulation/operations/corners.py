"""The book corner: the class keeper lends what stands with the class to classmates, and takes it back into the corner.

The class's own loan stays open meanwhile; the classmate's is a second one of the same copy.
"""

from datetime import date, datetime, time

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from catalog.models import Copy
from circulation.models import CirculationEvent, Loan
from circulation.operations.checkout import class_and_key
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
from circulation.queries.due import due_for
from circulation.queries.loans import open_loans
from circulation.queries.settings import policies
from circulation.rules.boxes import WITH_CLASSMATE, CornerLending, corner_problems
from circulation.rules.policies import policy_for
from library_site.models import User
from library_site.shared.problems import Refused, violated
from library_site.shared.reference import Reference
from library_site.shared.rows import insert
from readers.models import ClassMembership, Reader

# A sheet knows days, not hours: what came back goes out again that day, and may be back the same noon.
BACK, LENT, BACK_AT_ONCE = time(12), time(12, 30), time(12, 45)


def lend_from_corner(
    *,
    copy_id: int,
    reader_id: int,
    class_id: int,
    by: User | None,
    at: datetime,
    reference: Reference,
    scan: Scan | None = None,
) -> CirculationEvent:
    """Lends a book of the class's corner to a classmate; the same scan sent twice does so once.

    Refuses (`Refused`) readers of other classes, books that are not in this corner, and those a classmate has.
    """
    try:
        with transaction.atomic(durable=True):
            reader, copy = lock_reader_and_copy(reader_id, copy_id)
            if before := recorded(scan):
                return before
            lending = _facts(reader, copy, class_id, at, None)
            loan = _corner_loan(lending, copy, by=by, at=at, reference=reference)
            return record(CirculationEvent.Kind.CHECKOUT, insert(loan), by=by, at=at, scan=scan)
    except IntegrityError as error:
        if violated(error) != "loan_one_open_corner_per_copy":
            raise
        raise Refused([WITH_CLASSMATE]) from error


def key_in(
    *,
    copy_id: int,
    reader_id: int,
    class_id: int,
    lent_on: date,
    back_on: date | None,
    by: User | None,
    reference: Reference,
) -> CirculationEvent:
    """One line of the corner's sheet, keyed in later: lent on a day, and back on a day if it is.

    Returns the event of the lending. Refuses what `lend_from_corner` does, and a line that is recorded already or
    whose days meet another classmate's.
    """
    with transaction.atomic(durable=True):
        reader, copy = lock_reader_and_copy(reader_id, copy_id)
        at = _moment(lent_on, LENT)
        back = _moment(back_on, BACK if back_on > lent_on else BACK_AT_ONCE) if back_on else None
        lending = _facts(reader, copy, class_id, at, back)
        loan = _corner_loan(lending, copy, by=by, at=at, reference=reference)
        loan.returned_at = back
        insert(loan)
        event = record(CirculationEvent.Kind.CHECKOUT, loan, by=by, at=at, scan=None)
        if back is not None:
            record(CirculationEvent.Kind.RETURN, loan, by=by, at=back, scan=None)
        return event


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _facts(reader: Reader, copy: Copy, class_id: int, at: datetime, back: datetime | None) -> CornerLending:
    """Raises `Refused` where the rules are against it."""
    lending = CornerLending(
        reader=reader,
        class_id=class_id,
        classes=_classes_on(reader, local_day(at)),
        class_loan=_class_loan(copy, class_id, local_day(at)),
        others=_others(copy, at, back),
        day=local_day(at),
        back_on=local_day(back) if back else None,
    )
    if problems := corner_problems(lending):
        raise Refused(problems)
    return lending


def _classes_on(reader: Reader, day: date) -> set[int]:
    stays = ClassMembership.objects.filter(Q(until=None) | Q(until__gt=day), reader=reader, since__lte=day)
    return set(stays.values_list("school_class_id", flat=True))


def _class_loan(copy: Copy, class_id: int, day: date) -> Loan | None:
    """The class's loan of the copy on that day, by days: a box may come at noon and be lent from at once."""
    loans = Loan.objects.filter(copy=copy, kind=Loan.Kind.CLASS, school_class_id=class_id, voided_at=None)
    that_day = loans.filter(Q(returned_at=None) | Q(returned_at__date__gte=day), lent_at__date__lte=day)
    return that_day.order_by("-lent_at").first()


def _others(copy: Copy, at: datetime, back: datetime | None) -> list[Loan]:
    """Loans from the corner whose time meets this one's."""
    loans = Loan.objects.filter(copy=copy, kind=Loan.Kind.CORNER, voided_at=None)
    meeting = loans.filter(Q(returned_at=None) | Q(returned_at__gt=at))
    return list(meeting.filter(lent_at__lt=back) if back else meeting)


def _corner_loan(lending: CornerLending, copy: Copy, *, by: User | None, at: datetime, reference: Reference) -> Loan:
    class_loan = lending.class_loan
    assert class_loan is not None
    reader, day = lending.reader, lending.day
    policy = policy_for(policies(reference), category=reader.category, material=copy.title.material, on=day)
    due = (
        due_for(reference, category=reader.category, class_id=lending.class_id, policy=policy, lent_on=day)
        if policy
        else class_loan.due_on
    )
    _class_id, key = class_and_key(reader, reference, day)
    return Loan(
        kind=Loan.Kind.CORNER,
        copy=copy,
        reader=reader,
        borrower_key=key,
        category=reader.category,
        school_class_id=lending.class_id,
        box_id=class_loan.box_id,
        lent_at=at,
        # The box is to be whole when it goes on.
        due_on=max(day, min(due, class_loan.due_on)),
        loan_days=policy.loan_days if policy else max(1, (class_loan.due_on - day).days),
        max_renewals=policy.max_renewals if policy else 0,
        policy=policy,
        lent_by=by,
    )


def return_to_corner(
    *, copy_id: int, by: User | None, at: datetime, scan: Scan | None = None
) -> CirculationEvent | None:
    """The classmate's loan ends and the class keeps the book; None if no classmate has it."""

    def act() -> CirculationEvent | None:
        with transaction.atomic(durable=True):
            readers, _copy = lock_held_copy(copy_id)
            if before := recorded(scan):
                return before
            loans = [loan for loan in open_loans(copies=[copy_id]) if loan.kind == Loan.Kind.CORNER]
            require_locked(loans, readers)
            return _close(loans[0], by=by, at=at, scan=scan) if loans else None

    return settled(act)


def _close(loan: Loan, *, by: User | None, at: datetime, scan: Scan | None) -> CirculationEvent:
    loan.returned_at = max(at, loan.lent_at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE circulation_loan SET returned_at = %s WHERE id = %s", [loan.returned_at, loan.pk])
    return record(CirculationEvent.Kind.RETURN, loan, by=by, at=at, scan=scan)
