"""The pick-up shelf: a copy that comes in goes to the first in the queue, and on to the next.

What is here runs inside the act that brings the copy, lends it or takes it away. Order of locks: reader, title, copy,
loan, reservation; a second copy, met late, is locked only if nobody else has it (`pass_on`).
"""

from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from catalog.models import Copy
from circulation.models import ClassSet, Loan, Reservation
from circulation.models.loans import OPEN
from circulation.models.reservations import ACTIVE
from circulation.operations.desk import local_day
from circulation.queries.loans import READER
from circulation.queries.settings import open_days, options
from circulation.rules.reservations import NO_COPIES, kept_until
from library_site.shared.reference import Reference
from library_site.shared.rows import Rows

_TURN = Rows(Reservation, "turn")
# Waits for whoever serves the same turn at another desk, and takes the next one if that one was quicker.
_SERVE = f"""
    WITH first AS MATERIALIZED (
        SELECT turn.id
          FROM circulation_reservation AS turn
          JOIN readers_reader AS active ON active.id = turn.reader_id AND active.status = 'active'
         WHERE turn.title_id = %(title)s AND turn.state = 'waiting'
           AND NOT EXISTS (
                SELECT 1 FROM circulation_reservation AS held WHERE held.copy_id = %(copy)s AND held.state = 'ready')
         ORDER BY turn.placed_at, turn.id
         LIMIT 1 FOR NO KEY UPDATE OF turn)
    UPDATE circulation_reservation AS turn
       SET state = 'ready', copy_id = %(copy)s, ready_at = %(at)s, expires_on = %(until)s
      FROM first, readers_reader AS reader
     WHERE turn.id = first.id AND reader.id = turn.reader_id
    RETURNING {_TURN.sql}, {READER.sql}
"""  # noqa: S608 - our own columns


def serve_queue(*, copy: Copy, at: datetime, reference: Reference) -> Reservation | None:
    """Sets the locked copy aside for the first who waits for its title; None if nobody does or it is not for lending.

    `copy` carries its location. The reader of the result is read with it. One statement where nobody waits.
    """
    assert connection.in_atomic_block
    if not can_be_lent(copy):
        return None
    today, days = local_day(at), options(reference).pickup_days
    until = kept_until(today, pickup_days=days, open_days=open_days(reference))
    with connection.cursor() as cursor:
        cursor.execute(_SERVE, {"title": copy.title_id, "copy": copy.pk, "at": at, "until": until})
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    turn = _TURN.read(values)
    turn.reader, turn.copy = READER.read(values), copy
    if turn.class_set is not None:
        _keep_for_set(turn, today, reference)
    return turn


def can_be_lent(copy: Copy) -> bool:
    """Whether the copy, if it is in, can go to somebody who waits."""
    return copy.state == Copy.State.ON_SHELF and copy.location.circulates and not copy.in_room_only


def _keep_for_set(turn: Reservation, today: date, reference: Reference) -> None:
    """Books of a class set stay until the usual time after the day they are needed on."""
    assert turn.class_set is not None
    day, days = max(today, turn.class_set.needed_on), options(reference).pickup_days
    turn.expires_on = kept_until(day, pickup_days=days, open_days=open_days(reference))
    turn.save(update_fields=["expires_on"])


def fulfil(*, reader_id: int, title_id: int, copy_id: int, at: datetime, reference: Reference) -> Reservation | None:
    """The reader has got the title: their turn is fulfilled, and returned; None if they had none.

    If another copy was set aside for them, that goes to the next. If this copy was set aside for somebody else (a
    librarian's exception), that reader waits again, at the old place. Reader and copy are locked.
    """
    assert connection.in_atomic_block
    concerned = Q(reader=reader_id, title=title_id, state__in=ACTIVE) | Q(copy=copy_id, state=Reservation.State.READY)
    turns = list(Reservation.objects.select_for_update(no_key=True).filter(concerned).order_by("pk"))
    for turn in turns:
        if turn.reader_id != reader_id:
            _wait_again(turn)
    own = sorted((turn for turn in turns if turn.reader_id == reader_id), key=lambda turn: _rank(turn, copy_id))
    if not own:
        return None
    turn = own[0]
    end_turn(turn, Reservation.State.FULFILLED, at)
    if turn.copy_id is not None and turn.copy_id != copy_id:
        pass_on(copy_id=turn.copy_id, at=at, reference=reference)
    return turn


def _rank(turn: Reservation, copy_id: int) -> tuple[bool, bool, bool, datetime, int]:
    """Which of a reader's turns a copy fulfils: the one it is set aside for, then the reader's own, then a set's."""
    waits = turn.state == Reservation.State.WAITING
    return turn.copy_id != copy_id, turn.class_set_id is not None, waits, turn.placed_at, turn.pk


def unfulfil(*, reservation_id: int | None, copy: Copy, at: datetime, reference: Reference) -> Reservation | None:
    """Undoes `fulfil` after the loan of the locked copy was voided; returns who the copy is set aside for now.

    What this copy had fulfilled is as before; else it goes to the first in the queue, if anybody waits.
    """
    assert connection.in_atomic_block
    turn = Reservation.objects.select_for_update(no_key=True).filter(pk=reservation_id or 0).first()
    if turn is not None and turn.state == Reservation.State.FULFILLED and not _waits_again(turn):
        if turn.copy_id == copy.pk and turn.ready_at is not None and can_be_lent(copy):
            turn.state, turn.ended_at = Reservation.State.READY, None
            turn.save(update_fields=["state", "ended_at"])
            return turn
        _wait_again(turn)
    return serve_queue(copy=copy, at=at, reference=reference)


def _waits_again(turn: Reservation) -> bool:
    """Whether the reader has asked for the title anew meanwhile."""
    same = Reservation.objects.filter(title=turn.title_id, reader=turn.reader_id, state__in=ACTIVE)
    return turn.class_set_id is None and same.filter(class_set=None).exists()


def _wait_again(turn: Reservation) -> None:
    turn.state, turn.ended_at, turn.reason = Reservation.State.WAITING, None, ""
    turn.copy, turn.ready_at, turn.expires_on = None, None, None
    turn.save(update_fields=["state", "ended_at", "reason", "copy", "ready_at", "expires_on"])


def end_turn(turn: Reservation, state: Reservation.State, at: datetime, reason: str = "") -> None:
    """Ends a turn; the copy that was set aside for it stays named."""
    turn.state, turn.ended_at, turn.reason = state, at, reason
    turn.save(update_fields=["state", "ended_at", "reason"])


def pass_on(*, copy_id: int, at: datetime, reference: Reference) -> Reservation | None:
    """Sets a copy that has become free aside for the next in the queue; None if nobody waits.

    Never waits for the copy's lock: where another desk has it in hand this moment, the pick-up shelf's page lists it.
    """
    rows = Copy.objects.select_related("location").select_for_update(of=("self",), no_key=True, skip_locked=True)
    copy = rows.filter(pk=copy_id).first()
    if copy is None or Loan.objects.filter(OPEN, copy=copy).exists():
        return None
    return serve_queue(copy=copy, at=at, reference=reference)


def release(*, copy_id: int) -> Reservation | None:
    """The locked copy is no longer for its reader (withdrawn, lost, in repair): who had it waits again, first in turn.

    Returns that turn, None if the copy was set aside for nobody.
    """
    assert connection.in_atomic_block
    rows = Reservation.objects.select_for_update(no_key=True).filter(copy=copy_id, state=Reservation.State.READY)
    turn = rows.first()
    if turn is not None:
        _wait_again(turn)
    return turn


# A copy in one of these may come to the pick-up shelf some day.
COMING = (Copy.State.ON_SHELF, Copy.State.IN_REPAIR)


def copy_gone(*, copy: Copy, at: datetime) -> list[Reservation]:
    """The locked copy cannot be lent any more, or for a while: `release`, inside the act that says so.

    Returns who was waiting in vain (`cancel_if_none_comes`).
    """
    release(copy_id=copy.pk)
    return cancel_if_none_comes(title_id=copy.title_id, at=at)


def cancel_if_none_comes(*, title_id: int, at: datetime) -> list[Reservation]:
    """Where the title has no copy left that could ever come, all who wait are cancelled and returned, to be told."""
    assert connection.in_atomic_block
    coming = Copy.objects.filter(title=title_id, state__in=COMING)
    if coming.filter(location__circulates=True, in_room_only=False).exists():
        return []
    rows = Reservation.objects.select_for_update(no_key=True).filter(title=title_id, state__in=ACTIVE)
    turns = list(rows.order_by("pk"))
    for turn in turns:
        end_turn(turn, Reservation.State.CANCELLED, at, NO_COPIES)
    ClassSet.objects.filter(title=title_id, closed_at=None).update(closed_at=at)
    return turns
