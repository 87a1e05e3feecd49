"""Boxes that change hands: two classes swap, or all boxes go round, in one act with nothing in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circulation.models import BoxStay, CirculationEvent, Loan
from circulation.models.loans import OPEN
from circulation.operations.boxes import RETIRED, class_loan, lock_boxes, lock_copies_of
from circulation.operations.desk import local_day
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from library_site.shared.reference import Reference

OUTDATED = Problem(
    "plan_outdated", _("A box has moved since this plan was drawn."), _("Look at the new plan, then go on.")
)
NO_MOVE = Problem("no_move", _("No box changes its class."), _("Choose where the boxes go."))


@dataclass(frozen=True)
class Move:
    """A box goes from the class it stands with to another."""

    box_id: int
    from_class: int
    to_class: int


def move_boxes(*, moves: Sequence[Move], by: User | None, at: datetime, reference: Reference) -> int:
    """Every box goes to its new class with all its books, or none does; returns the number of books.

    The old class's loans end and the new class's begin at the same moment. What classmates have from a corner stays
    with them, and follows the box when it comes back. Refused if a box stands elsewhere than the plan says, or is no
    longer used, and where nothing would move.
    """
    moving = {move.box_id: move for move in moves if move.from_class != move.to_class}
    if not moving:
        raise Refused([NO_MOVE])
    with transaction.atomic(durable=True):
        boxes = lock_boxes(moving)
        stays = {stay.box_id: stay for stay in BoxStay.objects.filter(box__in=moving, until=None)}
        if any(pk not in stays or stays[pk].school_class_id != move.from_class for pk, move in moving.items()):
            raise Refused([OUTDATED])
        if any(box.is_retired for box in boxes.values()):
            raise Refused([RETIRED])
        _move_stays(list(stays.values()), moving, at)
        return _move_books(moving, by=by, at=at, reference=reference)


def _move_stays(stays: list[BoxStay], moving: dict[int, Move], at: datetime) -> None:
    day = local_day(at)
    BoxStay.objects.filter(pk__in=[stay.pk for stay in stays]).update(until=Greatest("since", day))
    BoxStay.objects.bulk_create(
        [BoxStay(box_id=pk, school_class_id=move.to_class, since=day) for pk, move in sorted(moving.items())]
    )


def _move_books(moving: dict[int, Move], *, by: User | None, at: datetime, reference: Reference) -> int:
    lock_copies_of(list(moving))
    # Read after the locks: a book that came back meanwhile stays in the library.
    loans = Loan.objects.filter(OPEN, box__in=moving, kind=Loan.Kind.CLASS).select_for_update(no_key=True)
    old = [
        loan for loan in loans.order_by("pk") if loan.box_id and loan.school_class_id == moving[loan.box_id].from_class
    ]
    Loan.objects.filter(pk__in=[loan.pk for loan in old]).update(returned_at=Greatest(F("lent_at"), at))
    new = Loan.objects.bulk_create(
        [
            class_loan(
                copy_id=loan.copy_id,
                box_id=box_id,
                class_id=moving[box_id].to_class,
                by=by,
                at=max(at, loan.lent_at),
                reference=reference,
            )
            for loan in old
            if (box_id := loan.box_id)
        ]
    )
    CirculationEvent.objects.bulk_create(
        [_event(CirculationEvent.Kind.RETURN, loan, by=by, at=at) for loan in old]
        + [_event(CirculationEvent.Kind.CHECKOUT, loan, by=by, at=at) for loan in new]
    )
    return len(new)


def _event(kind: str, loan: Loan, *, by: User | None, at: datetime) -> CirculationEvent:
    return CirculationEvent(
        kind=kind,
        at=at,
        recorded_at=timezone.now(),
        by=by,
        loan=loan,
        copy_id=loan.copy_id,
        school_class_id=loan.school_class_id,
        details={"moved": True},
    )
