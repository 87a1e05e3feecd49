"""Whether a book goes into a class box, and a book of the corner to a classmate; if not, every reason why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.models import Copy
from circulation.models import Box, Loan
from circulation.rules.lending import READER_LEFT
from circulation.rules.reservations import NOBODY, Turns
from library_site.shared.problems import Problem
from readers.models import Reader


@dataclass(frozen=True)
class Filling:
    """What is looked at under lock before a copy goes into a box. `loans` are the copy's open ones.

    `class_id` is the class the box stands with, None for none; `held` the number of books it holds.
    """

    box: Box
    class_id: int | None
    held: int
    copy: Copy
    loans: Sequence[Loan]
    turns: Turns = NOBODY


@dataclass(frozen=True)
class CornerLending:
    """What is looked at before a classmate gets a copy from the corner of `class_id`, on `day`.

    `classes` are those the reader is in on that day, `class_loan` the class's own loan of the copy then, `others` loans
    from the corner whose time meets this one's. `back_on` is the day it came back, where a sheet tells of the past.
    """

    reader: Reader
    class_id: int
    classes: Collection[int]
    class_loan: Loan | None
    others: Sequence[Loan]
    day: date
    back_on: date | None = None


NOWHERE = Problem("box_nowhere", _("This box stands with no class."), _("Give it to a class first."))
OTHER_CLASS = Problem("other_class", _("This is not of your class."), _("Take it to the front desk of the library."))
NOT_IN_CORNER = Problem(
    "not_in_corner", _("This book is not in the book corner of this class."), _("Take it to the library.")
)
WITH_CLASSMATE = Problem("copy_is_out", _("A classmate has this book."), _("Take it back first: scan it alone."))
WAS_OUT_THEN = Problem("was_out_then", _("A classmate had this book on that day."), _("Look at the dates."))
KEYED_ALREADY = Problem("keyed_already", _("This line is recorded already."))
LEFT_SINCE = Problem("left_since", _("The book has left the class since."), _("Give the day it came back."))


def filling_problems(filling: Filling) -> list[Problem]:
    """Every reason against putting the copy into the box; empty if nothing is."""
    found = [
        _nowhere(filling),
        _out(filling),
        _state(filling),
        _stays_in_the_room(filling),
        _waited_for(filling),
        _full(filling),
    ]
    return [problem for problem in found if problem is not None]


def _nowhere(filling: Filling) -> Problem | None:
    return NOWHERE if filling.class_id is None else None


def _out(filling: Filling) -> Problem | None:
    loan = next(iter(filling.loans), None)
    if loan is None:
        return None
    if loan.box_id == filling.box.pk and loan.school_class_id == filling.class_id:
        return Problem("in_this_box", _("This book is in the box already."))
    if loan.kind in {Loan.Kind.CLASS, Loan.Kind.CORNER}:
        return Problem("in_class_box", _("This book is in a class box."), _("Take it back first."))
    return Problem("copy_is_out", _("This book is on loan."), _("Take it back first."))


def _state(filling: Filling) -> Problem | None:
    state = filling.copy.state
    if state == Copy.State.ON_SHELF:
        return None
    if state == Copy.State.WITHDRAWN:
        return Problem("copy_withdrawn", _("This book was withdrawn."), _("Lay it aside for the librarian."))
    message = _("This book is recorded as: %(state)s.") % {"state": Copy.State(state).label}
    return Problem("copy_not_on_shelf", message, _("Lay it aside for the librarian."), overridable=True)


def _stays_in_the_room(filling: Filling) -> Problem | None:
    if filling.copy.location.circulates and not filling.copy.in_room_only:
        return None
    return Problem("in_room_only", _("For use in the room only."), overridable=True)


def _waited_for(filling: Filling) -> Problem | None:
    if filling.turns.held_for is not None:
        message = _("This book is kept on the pick-up shelf for somebody else.")
        return Problem("held_for_other", message, _("Put it back on the pick-up shelf."))
    if filling.turns.is_needed:
        message = _("Others have reserved this title, and this copy is the one they wait for.")
        return Problem("reserved", message, _("Lay it aside for the librarian."))
    return None


def _full(filling: Filling) -> Problem | None:
    if filling.held < filling.box.capacity:
        return None
    message = ngettext_lazy(
        "The box is full: it holds %(count)d book.",
        "The box is full: it holds %(count)d books.",
        filling.box.capacity,
    ) % {"count": filling.box.capacity}
    return Problem("box_full", message, _("Take another box."), overridable=True)


def corner_problems(lending: CornerLending) -> list[Problem]:
    """Every reason against lending the copy to this reader from the class's corner."""
    found = [_of_the_class(lending), _in_the_corner(lending), _with_nobody_else(lending)]
    return [problem for problem in found if problem is not None]


def _of_the_class(lending: CornerLending) -> Problem | None:
    if lending.reader.status != Reader.Status.ACTIVE:
        return READER_LEFT
    return OTHER_CLASS if lending.class_id not in lending.classes else None


def _in_the_corner(lending: CornerLending) -> Problem | None:
    if lending.class_loan is None:
        return NOT_IN_CORNER
    is_gone = lending.class_loan.returned_at is not None
    return LEFT_SINCE if is_gone and lending.back_on is None else None


def _with_nobody_else(lending: CornerLending) -> Problem | None:
    same = [loan for loan in lending.others if loan.reader_id == lending.reader.pk]
    if any(localdate(loan.lent_at) == lending.day for loan in same):
        return KEYED_ALREADY
    if any(loan.returned_at is None for loan in lending.others):
        return WITH_CLASSMATE
    return WAS_OUT_THEN if lending.others else None
