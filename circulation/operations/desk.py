"""What all acts at the desk share: the scan that asked, the locks in their one order, the event that is left.

Order of locks, everywhere: reader, then copy, then loan. The opposite order deadlocks two desks; locking the copy
alone lets them break a reader's limit.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.utils import timezone

from catalog.models import Copy, Location
from circulation.models import CirculationEvent, Loan
from circulation.queries.loans import COPY, READER, TITLE
from library_site.models import User
from library_site.shared.rows import Rows, insert
from readers.models import Reader

Result = TypeVar("Result")

_LOCATION = Rows(Location, "location")
_HELD = f"{COPY.sql}, {TITLE.sql}, {_LOCATION.sql}"
_PLACED = """
      JOIN catalog_title AS title ON title.id = copy.title_id
      JOIN catalog_location AS location ON location.id = copy.location_id
"""
_LOCK_READER = f"SELECT {READER.sql} FROM readers_reader AS reader WHERE id = %s FOR NO KEY UPDATE"  # noqa: S608
# Locked before it is joined: a copy that gets another title or place while this waits would fall out of a locked join.
_LOCK_COPY = f"""
    WITH copy AS MATERIALIZED (SELECT * FROM catalog_copy WHERE id = %s FOR NO KEY UPDATE)
    SELECT {_HELD} FROM copy {_PLACED}
"""  # noqa: S608 - our own columns
# Counting the readers locks them before the copy is looked for.
_LOCK_BOTH = f"""
    WITH reader AS MATERIALIZED (SELECT * FROM readers_reader WHERE id = %(reader)s FOR NO KEY UPDATE),
         copy AS MATERIALIZED (
            SELECT * FROM catalog_copy WHERE id = %(copy)s AND (SELECT count(*) FROM reader) = 1 FOR NO KEY UPDATE)
    SELECT {READER.sql}, {_HELD} FROM reader CROSS JOIN copy {_PLACED}
"""  # noqa: S608 - our own columns
_LOCK_HELD = f"""
    WITH reader AS MATERIALIZED (
            SELECT id FROM readers_reader
             WHERE id IN (SELECT reader_id FROM circulation_loan
                           WHERE copy_id = %(copy)s AND returned_at IS NULL AND voided_at IS NULL)
             ORDER BY id FOR NO KEY UPDATE),
         copy AS MATERIALIZED (
            SELECT * FROM catalog_copy WHERE id = %(copy)s AND (SELECT count(*) FROM reader) >= 0 FOR NO KEY UPDATE)
    SELECT ARRAY(SELECT id FROM reader), {_HELD} FROM copy {_PLACED}
"""  # noqa: S608 - our own columns
_RECORDED = """
    SELECT id FROM circulation_circulationevent
     WHERE scan_id = %(scan)s AND (%(loan)s::bigint IS NULL OR loan_id = %(loan)s)
       AND (%(kind)s = '' OR kind = %(kind)s)
     ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True)
class Scan:
    """A scan as the page made it: its own id (a repeated one is recorded once), desk, text and time on the page.

    `on_duty` is the reader who had scanned the own card to be named with what is done at this desk; `mode` what each
    event keeps of the mode that the desk is in.
    """

    id: UUID
    desk: str
    code: str = ""
    scanned_at: datetime | None = None
    on_duty: int | None = None
    mode: Mapping[str, str] = field(default_factory=dict)


def local_day(at: datetime) -> date:
    """The school's calendar day of a moment."""
    return timezone.localdate(at)


def lock_reader(reader_id: int) -> Reader:
    """Locks the row that owns the reader's limit, to the end of the transaction."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_READER, [reader_id])
        row = cursor.fetchone()
    if row is None:
        raise Reader.DoesNotExist
    return READER.read(iter(row))


def lock_copy(copy_id: int) -> Copy:
    """Locks the copy, with its title and place read beside it."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_COPY, [copy_id])
        row = cursor.fetchone()
    if row is None:
        raise Copy.DoesNotExist
    return _read_copy(iter(row))


def lock_reader_and_copy(reader_id: int, copy_id: int) -> tuple[Reader, Copy]:
    """As `lock_reader`, then `lock_copy`. One statement."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_BOTH, {"reader": reader_id, "copy": copy_id})
        row = cursor.fetchone()
    if row is None:
        raise Copy.DoesNotExist
    values = iter(row)
    return READER.read(values), _read_copy(values)


def lock_held_copy(copy_id: int) -> tuple[frozenset[int], Copy]:
    """Locks whoever has the copy on loan, then the copy; returns the ids of these readers with it. One statement.

    Another desk may have lent it on while this waited: see `require_locked`.
    """
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_HELD, {"copy": copy_id})
        row = cursor.fetchone()
    if row is None:
        raise Copy.DoesNotExist
    values = iter(row)
    return frozenset(next(values)), _read_copy(values)


class HolderChanged(Exception):
    """The copy went to another reader between looking for the holder and locking the copy: the act begins again."""


def require_locked(loans: Sequence[Loan], locked: frozenset[int]) -> None:
    """Raises `HolderChanged` where one of these loans is of a reader who is not locked."""
    if any(loan.reader_id is not None and loan.reader_id not in locked for loan in loans):
        raise HolderChanged


def lock_loans(loan_ids: Collection[int]) -> None:
    """Locks several loans in the order of their keys, as moving due dates does, which locks nothing before them."""
    if len(loan_ids) > 1:
        rows = Loan.objects.select_for_update(no_key=True).filter(pk__in=loan_ids)
        list(rows.order_by("pk").values_list("pk"))


def settled(act: Callable[[], Result]) -> Result:
    """Does the act, which opens its own transaction, again for as long as the copy's holder changes meanwhile."""
    while True:
        try:
            return act()
        except HolderChanged:
            continue


def _read_copy(values: Any) -> Copy:
    copy = COPY.read(values)
    copy.title, copy.location = TITLE.read(values), _LOCATION.read(values)
    return copy


def recorded(scan: Scan | None, *, loan_id: int | None = None, kind: str = "") -> CirculationEvent | None:
    """What this scan already led to, if it was sent before; asked under lock.

    Any kind of event counts: a scan that returned a book and is sent again must not lend it. With `loan_id`, only an
    event of that loan (one scan may renew several); with `kind`, only one of that kind.
    """
    if scan is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, {"scan": scan.id, "loan": loan_id, "kind": kind})
        found = cursor.fetchone()
    # Nearly always there is none, so the wide row is read only where there is one.
    return event_of(found[0]) if found else None


def event_of(event_id: int) -> CirculationEvent:
    """An event with what the desk shows of it."""
    return CirculationEvent.objects.select_related("loan__copy__title", "reader").get(pk=event_id)


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
    """Writes the event of an act, in the act's own transaction, with the hour it is done whatever day it is dated."""
    assert connection.in_atomic_block
    event = CirculationEvent(
        kind=kind,
        at=at,
        recorded_at=timezone.now(),
        by=by,
        on_duty_id=scan.on_duty if scan else None,
        loan=loan,
        copy_id=loan.copy_id,
        reader=loan.reader,
        school_class_id=loan.school_class_id,
        undoes=undoes,
        details={**(scan.mode if scan else {}), **(details or {})},
        desk=scan.desk if scan else "",
        scan_id=scan.id if scan else None,
        scanned_at=scan.scanned_at if scan else None,
        code=scan.code[:64] if scan else "",
    )
    return insert(event)
