"""Whether a reader may borrow or keep a book, and if not, every reason why.

Each rule is one small function that returns a problem or None; the lists below say which rules an act asks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.models import Copy
from circulation.models import Loan, LoanPolicy
from library_site.shared.problems import Problem
from readers.models import Reader


@dataclass(frozen=True)
class Lending:
    """All that the rules of a checkout look at, read under lock. `loans` are the reader's open loans."""

    reader: Reader
    copy: Copy
    copy_is_out: bool
    loans: Sequence[Loan]
    policy: LoanPolicy | None
    today: date


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
    if lending.policy is None or len(lending.loans) < lending.policy.max_loans:
        return None
    message = ngettext_lazy(
        "At the limit: %(count)d book is out.", "At the limit: %(count)d books are out.", len(lending.loans)
    ) % {"count": len(lending.loans)}
    return Problem("limit_reached", message, _("Return a book first."), overridable=True)


def _overdue(lending: Lending) -> Problem | None:
    late = [loan for loan in lending.loans if loan.due_on < lending.today]
    if not late or lending.policy is None or not lending.policy.blocks_when_overdue:
        return None
    return Problem("overdue", _("A book is overdue."), _("Return it first."), overridable=True)


def _copy_is_out(lending: Lending) -> Problem | None:
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


CHECKOUT_RULES: list[Callable[[Lending], Problem | None]] = [
    _reader_left,
    _no_policy,
    _limit_reached,
    _overdue,
    _copy_is_out,
    _copy_withdrawn,
    _copy_not_on_shelf,
    _in_room_only,
]


def checkout_problems(lending: Lending) -> list[Problem]:
    """Every reason against lending this copy to this reader; empty if nothing is."""
    return [problem for rule in CHECKOUT_RULES if (problem := rule(lending)) is not None]


def renewal_problems(loan: Loan, *, today: date) -> list[Problem]:
    """Every reason against renewing a loan: closed, reader gone, at its limit of renewals, overdue."""
    if loan.returned_at is not None or loan.voided_at is not None:
        return [Problem("loan_closed", _("This book is already back."), _("Lend it again by scanning it."))]
    problems = []
    if loan.reader is not None and loan.reader.status != Reader.Status.ACTIVE:
        problems.append(READER_LEFT)
    if loan.renewals >= loan.max_renewals:
        problems.append(
            Problem("renewal_limit", _("Renewed as often as allowed."), _("Return it first."), overridable=True)
        )
    if loan.due_on < today:
        problems.append(Problem("renewal_overdue", _("The book is overdue."), _("Return it first."), overridable=True))
    return problems
