"""Undoing the last act at a desk, with everything it changed, and leaving a record that it was undone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models import CirculationEvent, Loan, Reservation
from circulation.models.loans import OPEN
from circulation.operations.checkin import close
from circulation.operations.desk import Scan, lock_copy, lock_loans, lock_reader, record, recorded
from circulation.operations.lateness import take_back_costs
from circulation.operations.losses import take_back_loss
from circulation.operations.pickup import release, unfulfil
from library_site import audit
from library_site.models import Role, User
from library_site.shared.problems import Problem, Refused
from library_site.shared.reference import current_reference

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

    What was done in one act is undone in one: all renewals of "renew all"; after "renew instead" the book is returned
    as before. Refuses (`Refused`) if the last act is older than `UNDO_WITHIN`, or if the book or loan has moved on.
    """
    with transaction.atomic(durable=True):
        if before := recorded(scan, kind=CirculationEvent.Kind.UNDO):
            return before
        last = last_act(desk=desk)
        if last is None or not _is_recent(last, at):
            raise Refused([NOTHING])
        return _undo(last, by=by, at=at, scan=scan)


def undo_event(*, event_id: int, by: User | None, at: datetime, scan: Scan | None = None) -> CirculationEvent:
    """Undoes one act of this working day by its event; refuses as `undo_last` does, and to all but librarians the
    acts of other desks."""
    with transaction.atomic(durable=True):
        event = CirculationEvent.objects.filter(pk=event_id).exclude(kind=CirculationEvent.Kind.UNDO).first()
        if event is None or not _is_recent(event, at) or not _may_undo(event, by, scan):
            raise Refused([NOTHING])
        return _undo(event, by=by, at=at, scan=scan)


def last_act(*, desk: str) -> CirculationEvent | None:
    """The newest act of a desk that is not undone and not itself an undoing, whatever day it is dated."""
    return _standing().filter(desk=desk).order_by("-pk").first()


def _standing() -> QuerySet[CirculationEvent]:
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    return CirculationEvent.objects.exclude(kind=CirculationEvent.Kind.UNDO).filter(~Exists(undone))


def _is_recent(event: CirculationEvent, at: datetime) -> bool:
    """Whether it was done within `UNDO_WITHIN`, whatever day it is dated and whatever clock the page has."""
    return event.recorded_at is not None and event.recorded_at >= at - UNDO_WITHIN


def _may_undo(event: CirculationEvent, by: User | None, scan: Scan | None) -> bool:
    here = scan is None or event.desk == scan.desk
    return here or (by is not None and by.has_role(Role.LIBRARIAN))


def _undo(event: CirculationEvent, *, by: User | None, at: datetime, scan: Scan | None) -> CirculationEvent:
    others = _done_with(event)
    for reader_id in sorted({one.reader_id for one in [event, *others] if one.reader_id is not None}):
        lock_reader(reader_id)
    copies = {copy_id: lock_copy(copy_id) for copy_id in sorted({event.copy_id, *(one.copy_id for one in others)})}
    if before := recorded(scan, kind=CirculationEvent.Kind.UNDO):
        return before
    lock_loans([one.loan_id for one in [event, *others]])
    for other in others:
        if not _has_moved_on(other):
            reverse(other, copies[other.copy_id], by=by, at=at, scan=scan)
    undoing = reverse(event, copies[event.copy_id], by=by, at=at, scan=scan)
    _return_again(event, copies[event.copy_id], by=by, scan=scan)
    return undoing


def _done_with(event: CirculationEvent) -> list[CirculationEvent]:
    """What else the same scan did: the other renewals of "renew all", a classmate's return with the class's."""
    if event.scan_id is None:
        return []
    same = _standing().filter(scan_id=event.scan_id, kind=event.kind)
    return list(same.exclude(pk=event.pk).order_by("pk"))


def _return_again(event: CirculationEvent, copy: Copy, *, by: User | None, scan: Scan | None) -> None:
    """If the renewal was made instead of a return, the loan is closed again as that return had left it."""
    if event.scan_id is None or event.kind != CirculationEvent.Kind.RENEWAL:
        return
    instead = CirculationEvent.objects.filter(scan_id=event.scan_id, loan_id=event.loan_id, undoes__kind="return")
    if (undoing := instead.select_related("undoes").first()) and undoing.undoes:
        loan = Loan.objects.select_related("reader").get(pk=event.loan_id)
        was = undoing.undoes
        amnesty = "amnesty" in was.details
        close(loan, copy, by=by, at=was.at, reference=current_reference(), scan=scan, amnesty=amnesty)


def reverse(
    event: CirculationEvent, copy: Copy, *, by: User | None, at: datetime, scan: Scan | None
) -> CirculationEvent:
    """Takes back what the event changed and records it; reader and copy are locked. Refuses if it has moved on."""
    loan = Loan.objects.select_related("copy__title", "reader").get(pk=event.loan_id)
    if _is_undone(event) or _has_moved_on(event):
        raise Refused([MOVED_ON])
    _REVERSALS[event.kind](loan, event, at)
    take_back_costs(event, by=by, at=at)
    take_back_loss(event, by=by, at=at)
    _restore_state(copy, event, by=by)
    turn = _restore_queue(copy, event, at) if loan.kind != Loan.Kind.CORNER else None
    details = {"reservation": turn.pk} if turn else {}
    return record(CirculationEvent.Kind.UNDO, loan, by=by, at=at, scan=scan, undoes=event, details=details)


def _restore_queue(copy: Copy, event: CirculationEvent, at: datetime) -> Reservation | None:
    """Not for a corner's loan: its book stays with the class all the while.

    Whoever got the copy set aside since it came in waits again; a book whose lending is undone is for whoever is next,
    if anybody is."""
    if event.kind in _BROUGHT_IN:
        release(copy_id=copy.pk)
    if event.kind != CirculationEvent.Kind.CHECKOUT:
        return None
    reservation_id = event.details.get("fulfilled")
    return unfulfil(reservation_id=reservation_id, copy=copy, at=at, reference=current_reference())


def _is_undone(event: CirculationEvent) -> bool:
    return CirculationEvent.objects.filter(undoes=event).exists()


def _has_moved_on(event: CirculationEvent) -> bool:
    """Whether a later act on the same loan stands (one that is neither undone nor an undoing)."""
    later = _standing().filter(loan_id=event.loan_id, pk__gt=event.pk)
    # A due date that gave way to a closed day is nobody's act at the desk.
    return later.exclude(kind=CirculationEvent.Kind.DUE_MOVED).exists()


def _void_checkout(loan: Loan, event: CirculationEvent, at: datetime) -> None:
    lent_on = Loan.objects.filter(OPEN, copy_id=loan.copy_id, kind=Loan.Kind.CORNER)
    if loan.kind == Loan.Kind.CLASS and lent_on.exists():
        raise Refused([MOVED_ON])
    loan.voided_at = at
    loan.save(update_fields=["voided_at"])


def _reopen_return(loan: Loan, event: CirculationEvent, at: datetime) -> None:
    if Loan.objects.filter(OPEN, copy_id=loan.copy_id).filter(_in_its_place(loan)).exists():
        raise Refused([MOVED_ON])
    if loan.kind == Loan.Kind.CORNER and _has_left_its_class(event):
        raise Refused([MOVED_ON])
    loan.returned_at = None
    loan.save(update_fields=["returned_at"])


def _in_its_place(loan: Loan) -> Q:
    """What may not be open beside it: a loan from the corner stands beside its class's, all others alone."""
    corner = Q(kind=Loan.Kind.CORNER)
    return corner if loan.kind == Loan.Kind.CORNER else ~corner


def _has_left_its_class(event: CirculationEvent) -> bool:
    """Whether the book of a corner is back in the library by an act of its own, not by the one that is undone."""
    class_loans = Loan.objects.filter(copy_id=event.copy_id, kind=Loan.Kind.CLASS)
    ended_with_it = Q(events__scan_id=event.scan_id, events__kind=event.kind) if event.scan_id else Q(pk=None)
    return not class_loans.filter(OPEN | ended_with_it).exists()


def _shorten_renewal(loan: Loan, event: CirculationEvent, at: datetime) -> None:
    loan.due_on = date.fromisoformat(event.details["due_on"][0])
    loan.renewals -= 1
    loan.save(update_fields=["due_on", "renewals"])


def _away_again(loan: Loan, event: CirculationEvent, at: datetime) -> None:
    """Finding changed nothing of the loan that it is noted at; a book that is out by now stays found."""
    if Loan.objects.filter(OPEN, copy_id=loan.copy_id).exists():
        raise Refused([MOVED_ON])


def _nothing_of_the_loan(loan: Loan, event: CirculationEvent, at: datetime) -> None:
    """Damage changes nothing of the loan that it is noted at."""


def _due_as_before(loan: Loan, event: CirculationEvent, at: datetime) -> None:
    loan.due_on = date.fromisoformat(event.details["due_on"][0])
    loan.save(update_fields=["due_on"])


_BROUGHT_IN = (CirculationEvent.Kind.RETURN, CirculationEvent.Kind.LOST, CirculationEvent.Kind.FOUND)
_REVERSALS: dict[str, Callable[[Loan, CirculationEvent, datetime], None]] = {
    CirculationEvent.Kind.CHECKOUT: _void_checkout,
    CirculationEvent.Kind.RETURN: _reopen_return,
    CirculationEvent.Kind.RENEWAL: _shorten_renewal,
    CirculationEvent.Kind.LOST: _reopen_return,
    CirculationEvent.Kind.FOUND: _away_again,
    CirculationEvent.Kind.DAMAGED: _nothing_of_the_loan,
    CirculationEvent.Kind.DUE_MOVED: _due_as_before,
}


def _restore_state(copy: Copy, event: CirculationEvent, *, by: User | None) -> None:
    before_after = event.details.get("state")
    if before_after and copy.state == before_after[1]:
        copy.state = before_after[0]
        with audit.attributed("undo", by=by):
            copy.save(update_fields=["state"])
