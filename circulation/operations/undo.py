"""Undoing the last act at a desk, with everything it changed, and leaving a record that it was undone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models import CirculationEvent, Loan
from circulation.models.loans import OPEN
from circulation.operations.desk import Scan, lock_copy, lock_reader, record, recorded
from library_site import audit
from library_site.models import User
from library_site.shared.problems import Problem, Refused

# A desk's last act is one of this working day; older ones are history, to be corrected openly.
UNDO_WITHIN = timedelta(hours=12)

NOTHING = Problem("nothing_to_undo", _("Nothing to undo at this desk."))
MOVED_ON = Problem(
    "moved_on",
    _("Something else has happened to this book since."),
    _("Scan the book to see where it is now."),
)


def undo_last(*, desk: str, by: User | None, at: datetime, scan: Scan | None = None) -> CirculationEvent:
    """Undoes the desk's last act that is not undone yet; returns the undoing event (`undoes` is the act).

    Refuses (`Refused`) if there is none within `UNDO_WITHIN`, or if the book or loan has moved on since.
    """
    with transaction.atomic(durable=True):
        last = last_act(desk=desk, since=at - UNDO_WITHIN)
        if last is None:
            raise Refused([NOTHING])
        return _undo(last, by=by, at=at, scan=scan)


def undo_event(*, event_id: int, by: User | None, at: datetime, scan: Scan | None = None) -> CirculationEvent:
    """Undoes one act of this working day by its event; refuses as `undo_last` does."""
    with transaction.atomic(durable=True):
        rows = CirculationEvent.objects.filter(pk=event_id, at__gte=at - UNDO_WITHIN)
        event = rows.exclude(kind=CirculationEvent.Kind.UNDO).first()
        if event is None:
            raise Refused([NOTHING])
        return _undo(event, by=by, at=at, scan=scan)


def last_act(*, desk: str, since: datetime) -> CirculationEvent | None:
    """The newest act of a desk that is not undone and not itself an undoing."""
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    acts = CirculationEvent.objects.filter(desk=desk, at__gte=since).exclude(kind=CirculationEvent.Kind.UNDO)
    return acts.filter(~Exists(undone)).order_by("-pk").first()


def _undo(event: CirculationEvent, *, by: User | None, at: datetime, scan: Scan | None) -> CirculationEvent:
    if event.reader_id is not None:
        lock_reader(event.reader_id)
    copy = lock_copy(event.copy_id)
    if before := recorded(scan):
        return before
    return reverse(event, copy, by=by, at=at, scan=scan)


def reverse(
    event: CirculationEvent, copy: Copy, *, by: User | None, at: datetime, scan: Scan | None
) -> CirculationEvent:
    """Takes back what the event changed and records it; reader and copy are locked. Refuses if it has moved on."""
    loan = Loan.objects.select_related("copy__title", "reader").get(pk=event.loan_id)
    if _is_undone(event) or _has_moved_on(event):
        raise Refused([MOVED_ON])
    _REVERSALS[event.kind](loan, event, at)
    _restore_state(copy, event, by=by)
    return record(CirculationEvent.Kind.UNDO, loan, by=by, at=at, scan=scan, undoes=event)


def _is_undone(event: CirculationEvent) -> bool:
    return CirculationEvent.objects.filter(undoes=event).exists()


def _has_moved_on(event: CirculationEvent) -> bool:
    """Whether a later act on the same loan stands (one that is neither undone nor an undoing)."""
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    later = CirculationEvent.objects.filter(loan_id=event.loan_id, pk__gt=event.pk)
    return later.exclude(kind=CirculationEvent.Kind.UNDO).filter(~Exists(undone)).exists()


def _void_checkout(loan: Loan, event: CirculationEvent, at: datetime) -> None:
    loan.voided_at = at
    loan.save(update_fields=["voided_at"])


def _reopen_return(loan: Loan, event: CirculationEvent, at: datetime) -> None:
    if Loan.objects.filter(OPEN, copy_id=loan.copy_id).exists():
        raise Refused([MOVED_ON])
    loan.returned_at = None
    loan.save(update_fields=["returned_at"])


def _shorten_renewal(loan: Loan, event: CirculationEvent, at: datetime) -> None:
    loan.due_on = date.fromisoformat(event.details["due_on"][0])
    loan.renewals -= 1
    loan.save(update_fields=["due_on", "renewals"])


_REVERSALS: dict[str, Callable[[Loan, CirculationEvent, datetime], None]] = {
    CirculationEvent.Kind.CHECKOUT: _void_checkout,
    CirculationEvent.Kind.RETURN: _reopen_return,
    CirculationEvent.Kind.RENEWAL: _shorten_renewal,
}


def _restore_state(copy: Copy, event: CirculationEvent, *, by: User | None) -> None:
    before_after = event.details.get("state")
    if before_after and copy.state == before_after[1]:
        copy.state = before_after[0]
        with audit.attributed("undo", by=by):
            copy.save(update_fields=["state"])
