"""What all acts at the desk share: the scan that asked, the locks in their one order, the event that is left.

Order of locks, everywhere: reader, then copy, then loan. The opposite order deadlocks two desks; locking the copy
alone lets them break a reader's limit.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from catalog.models import Copy
from catalog.models.titles import long_columns
from circulation.models import CirculationEvent, Loan
from circulation.models.loans import OPEN
from library_site.models import User
from readers.models import Reader


@dataclass(frozen=True)
class Scan:
    """A scan as the page made it: its own id (a repeated one is recorded once), desk, text and time on the page.

    `on_duty` is the reader who had scanned the own card to be named with what is done at this desk.
    """

    id: UUID
    desk: str
    code: str = ""
    scanned_at: datetime | None = None
    on_duty: int | None = None


def local_day(at: datetime) -> date:
    """The school's calendar day of a moment."""
    return timezone.localdate(at)


def lock_reader(reader_id: int) -> Reader:
    """Locks the row that owns the reader's limit, to the end of the transaction."""
    assert connection.in_atomic_block
    return Reader.objects.select_for_update(of=("self",), no_key=True).get(pk=reader_id)


def lock_copy(copy_id: int) -> Copy:
    """Locks the copy, with its title and place read beside it."""
    assert connection.in_atomic_block
    rows = Copy.objects.select_for_update(of=("self",), no_key=True).select_related("title", "location")
    return rows.defer(*long_columns("title")).get(pk=copy_id)


def open_loans(*, reader_id: int | None, copy_id: int) -> list[Loan]:
    """Open loans of the reader and of the copy, read after the locks (a count beside a lock may be stale)."""
    who = Q(copy_id=copy_id) if reader_id is None else Q(reader_id=reader_id) | Q(copy_id=copy_id)
    rows = Loan.objects.filter(OPEN).filter(who).select_related("copy__title", "reader")
    return list(rows.defer(*long_columns("copy__title")).order_by("due_on", "pk"))


def recorded(scan: Scan | None, *, loan_id: int | None = None, kind: str = "") -> CirculationEvent | None:
    """What this scan already led to, if it was sent before; asked under lock.

    Any kind of event counts: a scan that returned a book and is sent again must not lend it. With `loan_id`, only an
    event of that loan (one scan may renew several); with `kind`, only one of that kind.
    """
    if scan is None:
        return None
    rows = CirculationEvent.objects.filter(scan_id=scan.id)
    if loan_id is not None:
        rows = rows.filter(loan_id=loan_id)
    if kind:
        rows = rows.filter(kind=kind)
    found = rows.order_by("-pk").values_list("pk", flat=True).first()
    # Nearly always there is none, so the wide row is read only where there is one.
    return CirculationEvent.objects.select_related("loan__copy__title", "reader").get(pk=found) if found else None


def record(
    kind: str,
    loan: Loan,
    *,
    by: User | None,
    at: datetime,
    scan: Scan | None,
    details: dict[str, Any] | None = None,
    undoes: CirculationEvent | None = None,
) -> CirculationEvent:
    """Writes the event of an act, in the act's own transaction."""
    assert connection.in_atomic_block
    return CirculationEvent.objects.create(
        kind=kind,
        at=at,
        by=by,
        on_duty_id=scan.on_duty if scan else None,
        loan=loan,
        copy_id=loan.copy_id,
        reader=loan.reader,
        school_class_id=loan.school_class_id,
        undoes=undoes,
        details=details or {},
        desk=scan.desk if scan else "",
        scan_id=scan.id if scan else None,
        scanned_at=scan.scanned_at if scan else None,
        code=scan.code[:64] if scan else "",
    )
