"""Whether a reader may borrow or keep a book, and if not, every reason why.

Each rule is one small function that returns a problem or None; the lists below say which rules an act asks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.models import Copy, Title
from circulation.models import Loan, LoanPolicy
from circulation.rules.reservations import NOBODY, Turns
from circulation.rules.standing import ReaderStanding, standing_problems
from library_site.shared.problems import Problem
from readers.models import Reader


@dataclass(frozen=True)
class Lending:
    """All that the rules of a checkout look at, read under lock. `loans` are the reader's open loans of every kind.

    `policy` holds for the material, `general` for all materials together. `after_recall`: everything is to be back by
    now. `was_out_then`: on the past day that a checkout is dated, the copy was with somebody.
    `in_class_box`: the copy is out in a class's name.
    """

    reader: Reader
    copy: Copy
    copy_is_out: bool
    loans: Sequence[Loan]
    policy: LoanPolicy | None
    today: date
    general: LoanPolicy | None = None
    standing: ReaderStanding = field(default_factory=ReaderStanding)
    turns: Turns = NOBODY
    after_recall: bool = False
    was_out_then: bool = False
    in_class_box: bool = False

    @property
    def taken_home(self) -> list[Loan]:
        """The loans that limits and blocks are about: neither from the book corner nor used in the room."""
        return [loan for loan in self.loans if loan.kind == Loan.Kind.READER]


READER_LEFT = Problem("reader_left", _("This reader has left the school."), _("Only returns are possible."))


def _reader_left(lending: Lending) -> Problem | None:
    if lending.reader.status == Reader.Status.ACTIVE:
        return None
    return READER_LEFT


def _no_policy(lending: Lending) -> Problem | None:
    if lending.policy is not None:
        return None
    return Problem("no_policy", _("No loan rule covers this reader and this kind of book."), _("Ask the librarian."))


def _limit_reached(lending: Lending) -> Problem | None:
    """The rule for all materials counts every book, a material's own rule the books of that material.

    A class set is many books on purpose, and each waited its turn: no limit stops it.
    """
    if lending.turns.is_of_set(lending.reader.pk):
        return None
    general = lending.general
    if general is not None and len(lending.taken_home) >= general.max_loans:
        return _at_limit(len(lending.taken_home))
    policy = lending.policy
    if policy is None or not policy.material:
        return None
    same = [loan for loan in lending.taken_home if loan.copy.title.material == policy.material]
    return _at_limit(len(same), Title.Material(policy.material).label) if len(same) >= policy.max_loans else None


def _at_limit(count: int, material: Any = "") -> Problem:
    message = ngettext_lazy("At the limit: %(count)d book is out.", "At the limit: %(count)d books are out.", count)
    if material:
        message = ngettext_lazy(
            "At the limit of this kind (%(material)s): %(count)d is out.",
            "At the limit of this kind (%(material)s): %(count)d are out.",
            count,
        )
    return Problem(
        "limit_reached",
        message % {"count": count, "material": material},
        _("Return a book first."),
        overridable=True,
    )


def _overdue(lending: Lending) -> Problem | None:
    late = [loan for loan in lending.taken_home if loan.due_on < lending.today]
    if not late or lending.policy is None or not lending.policy.blocks_when_overdue:
        return None
    return Problem("overdue", _("A book is overdue."), _("Return it first."), overridable=True)


def _after_recall(lending: Lending) -> Problem | None:
    if not lending.after_recall:
        return None
    message = _("The recall date is over: this semester nothing more is lent.")
    return Problem("after_recall", message, _("Lend again next semester."), overridable=True)


def _was_out_then(lending: Lending) -> Problem | None:
    if not lending.was_out_then:
        return None
    return Problem("was_out_then", _("On that day this book was on loan."), _("Check the date and the number."))


def _copy_is_out(lending: Lending) -> Problem | None:
    if lending.in_class_box:
        message = _("This book is in a class box.")
        return Problem("in_class_box", message, _("Take it back first: scan it with no reader open."))
    if not lending.copy_is_out:
        return None
    return Problem("copy_is_out", _("This book is on loan."), _("Return it first: scan it with no reader open."))


def _copy_withdrawn(lending: Lending) -> Problem | None:
    if lending.copy.state != Copy.State.WITHDRAWN:
        return None
    return Problem("copy_withdrawn", _("This book was withdrawn."), _("Lay it aside for the librarian."))


def _copy_not_on_shelf(lending: Lending) -> Problem | None:
    if lending.copy.state in (Copy.State.ON_SHELF, Copy.State.WITHDRAWN):
        return None
    state = Copy.State(lending.copy.state).label
    message = _("This book is recorded as: %(state)s.") % {"state": state}
    return Problem("copy_not_on_shelf", message, _("Lay it aside for the librarian."), overridable=True)


def _in_room_only(lending: Lending) -> Problem | None:
    if lending.copy.location.circulates and not lending.copy.in_room_only:
        return None
    return Problem("in_room_only", _("For use in the room only."), _("Hand it out for reading here."), overridable=True)


def _held_for_other(lending: Lending) -> Problem | None:
    """Says nothing of whom it is kept for."""
    if not lending.turns.held_for_other(lending.reader.pk):
        return None
    message = _("This book is kept on the pick-up shelf for somebody else.")
    return Problem("held_for_other", message, _("Put it back on the pick-up shelf."), overridable=True)


def _reserved(lending: Lending) -> Problem | None:
    if not lending.turns.is_needed:
        return None
    message = _("Others have reserved this title, and this copy is the one they wait for.")
    return Problem("reserved", message, _("Lay it aside for the librarian."), overridable=True)


CHECKOUT_RULES: list[Callable[[Lending], Problem | None]] = [
    _reader_left,
    _no_policy,
    _limit_reached,
    _overdue,
    _after_recall,
    _copy_is_out,
    _was_out_then,
    _copy_withdrawn,
    _copy_not_on_shelf,
    _in_room_only,
    _held_for_other,
    _reserved,
]


def checkout_problems(lending: Lending) -> list[Problem]:
    """Every reason against lending this copy to this reader; empty if nothing is."""
    found = [problem for rule in CHECKOUT_RULES if (problem := rule(lending)) is not None]
    return found + standing_problems(lending.standing, lending.policy)
