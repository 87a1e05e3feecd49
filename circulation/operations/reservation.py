"""Reserving a title, and giving the turn up again."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from catalog.models import Copy, Title
from circulation.models import ClassSet, Loan, Reservation
from circulation.models.loans import OPEN
from circulation.models.reservations import ACTIVE
from circulation.operations.checkout import granted
from circulation.operations.desk import local_day, lock_copy, lock_reader
from circulation.operations.pickup import end_turn, serve_queue
from circulation.queries.settings import policies
from circulation.queries.standing import reader_standing
from circulation.rules.policies import policy_for
from circulation.rules.reserving import WAITS_ALREADY, HeldCopy, Reserving, reservation_problems
from library_site.models import User
from library_site.shared.problems import Problem, Refused, standing, violated
from library_site.shared.reference import Reference


def place(
    *,
    title_id: int,
    reader_id: int,
    by: User | None,
    at: datetime,
    reference: Reference,
    overrides: Collection[str] = (),
    reason: str = "",
    fetched: int | None = None,
) -> Reservation:
    """The reader waits for the title, at the end of its queue; returns the turn.

    `fetched` is a copy that was taken from the shelf for it: it is set aside at once, for whoever is first. Refuses
    (`Refused`) with every standing problem; `overrides` with a `reason` count only for a librarian.
    """
    try:
        with transaction.atomic(durable=True):
            asked, copies = _facts(title_id, reader_id, at, reference, fetched)
            problems = reservation_problems(asked)
            if standing(problems, granted(overrides, reason, by)):
                raise Refused(problems)
            turn = Reservation.objects.create(
                title_id=title_id, reader_id=reader_id, placed_at=at, placed_by=by,
                reason=reason.strip()[:200] if problems else "",
            )  # fmt: skip
            if fetched in copies:
                serve_queue(copy=copies[fetched], at=at, reference=reference)
                turn.refresh_from_db()
            return turn
    except IntegrityError as error:
        if violated(error) == "reservation_once_per_reader":
            raise Refused([WAITS_ALREADY]) from error
        raise


def problems_of(
    *, title_id: int, reader_id: int, at: datetime, reference: Reference, fetched: int | None = None
) -> list[Problem]:
    """What `place` would refuse by, without placing anything."""
    with transaction.atomic():
        asked, _copies = _facts(title_id, reader_id, at, reference, fetched)
        return reservation_problems(asked)


def _facts(
    title_id: int, reader_id: int, at: datetime, reference: Reference, fetched: int | None
) -> tuple[Reserving, dict[int, Copy]]:
    """What the rules look at. Reader, title and copies are locked: none comes in or goes out until the turn stands."""
    reader = lock_reader(reader_id)
    title = Title.objects.select_for_update(no_key=True).only("pk", "material").get(pk=title_id)
    today = local_day(at)
    copies = _locked_copies(title_id)
    own = Reservation.objects.filter(reader=reader, state__in=ACTIVE, class_set=None)
    others = Reservation.objects.filter(title=title_id, state=Reservation.State.WAITING).exclude(reader=reader)
    asked = Reserving(
        reader=reader,
        policy=policy_for(policies(reference), category=reader.category, material=title.material, on=today),
        copies=copies,
        standing=reader_standing(reader_id, today),
        waits=own.filter(title=title_id).exists(),
        turns=own.exclude(title=title_id).count(),
        queue=others.count(),
        fetched=any(held.copy.pk == fetched and held.is_in for held in copies),
    )
    return asked, {held.copy.pk: held.copy for held in copies if held.is_in}


def _locked_copies(title_id: int) -> list[HeldCopy]:
    rows = Copy.objects.select_for_update(of=("self",), no_key=True).select_related("location")
    copies = list(rows.filter(title=title_id).order_by("pk"))
    # A classmate's loan from the corner comes after the class's of the same copy: who has it counts.
    loans = Loan.objects.filter(OPEN, copy__in=copies).order_by(F("reader").asc(nulls_first=True))
    out = dict(loans.values_list("copy", "reader"))
    ready = Reservation.objects.filter(copy__in=copies, state=Reservation.State.READY)
    kept = set(ready.values_list("copy", flat=True))
    return [HeldCopy(copy, copy.pk in out, out.get(copy.pk), copy.pk in kept) for copy in copies]


def cancel(
    *, reservation_id: int, by: User | None, at: datetime, reference: Reference, reason: str = ""
) -> Reservation:
    """Gives the turn up; a copy that was set aside for it goes to the next. A turn that has ended stays as it is."""
    return _ended(reservation_id, Reservation.State.CANCELLED, at=at, reference=reference, reason=reason.strip()[:200])


def expire(*, reservation_id: int, at: datetime, reference: Reference) -> Reservation:
    """The book was not picked up: the turn ends and the copy goes to the next."""
    return _ended(reservation_id, Reservation.State.EXPIRED, at=at, reference=reference)


class _Moved(Exception):
    """The turn got or lost its copy while the copy's lock was waited for."""


def _ended(
    reservation_id: int, state: Reservation.State, *, at: datetime, reference: Reference, reason: str = ""
) -> Reservation:
    while True:
        try:
            with transaction.atomic(durable=True):
                return _end(reservation_id, state, at=at, reference=reference, reason=reason)
        except _Moved:  # a copy came in or was passed on that very moment: look again
            continue


def _end(
    reservation_id: int, state: Reservation.State, *, at: datetime, reference: Reference, reason: str
) -> Reservation:
    """The copy is locked before the turn, as everywhere."""
    copy_id = Reservation.objects.values_list("copy", flat=True).get(pk=reservation_id)
    copy = lock_copy(copy_id) if copy_id is not None else None
    turn = Reservation.objects.select_for_update(no_key=True).get(pk=reservation_id)
    if turn.state not in ACTIVE or (state == Reservation.State.EXPIRED and turn.state != Reservation.State.READY):
        return turn
    if turn.copy_id != copy_id:
        raise _Moved
    end_turn(turn, state, at, reason)
    if copy is not None:
        serve_queue(copy=copy, at=at, reference=reference)
    return turn


def end_turns_of(readers: Collection[int], *, at: datetime, reference: Reference, reason: str) -> list[Reservation]:
    """Cancels what these readers wait for, inside the act by which they leave; their rows are locked.

    Copies set aside for them go to the next.
    """
    copies = Reservation.objects.filter(reader__in=readers, state=Reservation.State.READY).values_list(
        "copy", flat=True
    )
    locked = [lock_copy(copy_id) for copy_id in sorted(pk for pk in copies if pk)]
    rows = Reservation.objects.select_for_update(no_key=True).filter(reader__in=readers, state__in=ACTIVE)
    turns = list(rows.order_by("pk"))
    for turn in turns:
        end_turn(turn, Reservation.State.CANCELLED, at, reason)
    ClassSet.objects.filter(teacher__in=readers, closed_at=None).update(closed_at=at)
    for copy in locked:
        serve_queue(copy=copy, at=at, reference=reference)
    return turns


def take_turns_up(readers: Collection[int], *, ended_at: datetime, reason: str) -> None:
    """Takes `end_turns_of` back: what it cancelled waits again, at the old places."""
    rows = Reservation.objects.filter(reader__in=readers, ended_at=ended_at, reason=reason)
    ClassSet.objects.filter(teacher__in=readers, closed_at=ended_at).update(closed_at=None)
    rows.filter(state=Reservation.State.CANCELLED).update(
        state=Reservation.State.WAITING, ended_at=None, reason="", copy=None, ready_at=None, expires_on=None
    )
