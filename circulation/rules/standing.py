"""How a reader stands with the library, and what of it speaks against lending and renewing."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from circulation.models import LoanPolicy, Reservation
from library_site.shared.problems import Problem


@dataclass(frozen=True)
class ReaderStanding:
    """`owed` in yuan; `suspended_until` the last day without borrowing, None if today is not one of them.

    `block` is the librarian's note that stops lending, `ready` and `waiting` count reservations.
    """

    owed: Decimal = Decimal(0)
    suspended_until: date | None = None
    block: str = ""
    ready: int = 0
    waiting: int = 0

    def less(self, turn: Reservation) -> "ReaderStanding":
        """The standing once this turn of the reader, counted in it, is fulfilled."""
        if turn.ready_at is not None:
            return replace(self, ready=self.ready - 1)
        return replace(self, waiting=self.waiting - 1)


def standing_problems(standing: ReaderStanding, policy: LoanPolicy | None) -> list[Problem]:
    """Suspension, debt and block, each with its reason; the rule says from how much debt on nothing is lent."""
    asked = (_suspended(standing), _owes(standing, policy), _blocked(standing))
    return [problem for problem in asked if problem is not None]


def _suspended(standing: ReaderStanding) -> Problem | None:
    if standing.suspended_until is None:
        return None
    message = _("No borrowing up to and with %(day)s: a book came back late.") % {"day": standing.suspended_until}
    return Problem("suspended", message, _("Lend again after that day."), overridable=True)


def _owes(standing: ReaderStanding, policy: LoanPolicy | None) -> Problem | None:
    most = policy.owes_at_most if policy else None
    if most is None or standing.owed < most:
        return None
    message = _("%(sum)s yuan are owed.") % {"sum": standing.owed}
    return Problem("owes", message, _("Settle what is owed first."), overridable=True)


def _blocked(standing: ReaderStanding) -> Problem | None:
    if not standing.block:
        return None
    message = _("Blocked by the librarian: %(note)s") % {"note": standing.block}
    return Problem("reader_blocked", message, _("Ask the librarian."), overridable=True)


# What pupils at the desk are told: that there is something, not what (children's affairs are the librarian's).
UNTOLD = {
    "owes": _("Something is to be paid."),
    "reader_blocked": _("The librarian wants to see this reader first."),
}


def is_of_reader(problem: Problem) -> bool:
    """Whether a reason is about the reader, whatever the book."""
    return problem.code in {"reader_left", "suspended", "owes", "reader_blocked"}
