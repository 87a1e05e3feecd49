"""Keeping the pick-up shelf: what was not picked up, what came free, what somebody has seen to."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from catalog.models import Copy
from circulation.models import Reservation
from circulation.models.reservations import ACTIVE
from circulation.operations.desk import local_day, lock_copy
from circulation.operations.pickup import COMING, cancel_if_none_comes, pass_on, release
from circulation.operations.reservation import cancel, expire
from circulation.queries.pickup import came_free
from circulation.queries.settings import open_days
from circulation.rules.reservations import LEFT, is_over
from library_site.shared.reference import Reference
from readers.models import Reader


def tidy(*, at: datetime, reference: Reference) -> int:
    """Ends what is over and serves who is next; returns how many turns it changed. Each turn is an act of its own.

    A book not picked up by the end of its last open day goes to the next in the queue; turns of readers who have
    left, and of titles that no copy is left of, are cancelled; a book on the shelf that became free goes to the next.
    """
    days, today, changed = open_days(reference), local_day(at), 0
    due = Reservation.objects.filter(state=Reservation.State.READY, expires_on__lt=today)
    for turn in due.order_by("expires_on", "pk"):
        if turn.expires_on and is_over(turn.expires_on, today=today, open_days=days):
            expire(reservation_id=turn.pk, at=at, reference=reference)
            changed += 1
    gone = Reservation.objects.filter(state__in=ACTIVE, reader__status=Reader.Status.LEFT)
    for key in list(gone.order_by("pk").values_list("pk", flat=True)):
        cancel(reservation_id=key, by=None, at=at, reference=reference, reason=LEFT)
        changed += 1
    changed += _release_what_cannot_be_lent() + _cancel_what_cannot_come(at)
    return changed + _serve_what_came_free(at, reference)


def _release_what_cannot_be_lent() -> int:
    """Copies that were taken from circulation past the desk, by an edit or an import."""
    rows = Reservation.objects.filter(state=Reservation.State.READY)
    found = rows.exclude(copy__state=Copy.State.ON_SHELF, copy__in_room_only=False, copy__location__circulates=True)
    copies = list(found.order_by("copy").values_list("copy", flat=True))
    for copy_id in copies:
        with transaction.atomic(durable=True):
            if copy_id is not None:
                lock_copy(copy_id)
                release(copy_id=copy_id)
    return len(copies)


def _cancel_what_cannot_come(at: datetime) -> int:
    """Titles whose last copies went past the desk, or at two desks at once: neither saw the other's go.

    A copy that an edit keeps in the room may be edited back: who waits for it still waits.
    """
    coming = Copy.objects.filter(title=OuterRef("title"), state__in=COMING)
    waiting = Reservation.objects.filter(~Exists(coming), state__in=ACTIVE)
    cancelled = 0
    for title_id in list(waiting.order_by("title").values_list("title", flat=True).distinct()):
        with transaction.atomic(durable=True):
            cancelled += len(cancel_if_none_comes(title_id=title_id, at=at))
    return cancelled


def _serve_what_came_free(at: datetime, reference: Reference) -> int:
    served = 0
    for turn in came_free(with_queue=True):
        assert turn.copy_id is not None
        with transaction.atomic(durable=True):
            served += pass_on(copy_id=turn.copy_id, at=at, reference=reference) is not None
    return served


def set_aside(*, copy_id: int, at: datetime, reference: Reference) -> Reservation | None:
    """Sets a copy aside that was fetched from the shelf, for the first in the queue; None if it is not for anybody."""
    with transaction.atomic(durable=True):
        lock_copy(copy_id)
        return pass_on(copy_id=copy_id, at=at, reference=reference)


def settle(*, reservation_id: int, at: datetime) -> None:
    """What was to be done after the turn's end is done: the book is back on its shelf, the reader is told."""
    ended = Reservation.objects.filter(pk=reservation_id, settled_at=None).exclude(state__in=ACTIVE)
    ended.update(settled_at=at)
