"""Whether a loan may be renewed, and if not, every reason why."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from circulation.models import Loan, LoanPolicy
from circulation.rules.due import Because, Due
from circulation.rules.lending import READER_LEFT
from circulation.rules.standing import ReaderStanding, standing_problems
from library_site.shared.problems import Problem
from readers.models import Reader


@dataclass(frozen=True)
class Renewing:
    """All that the rules of a renewal look at, read under lock; `due` is the day that it would be due from now on.

    `reserved`: others wait for more copies of the title than are in.
    """

    loan: Loan
    today: date
    due: Due
    policy: LoanPolicy | None = None
    standing: ReaderStanding = field(default_factory=ReaderStanding)
    reserved: bool = False


def renewal_problems(renewing: Renewing) -> list[Problem]:
    """Every reason against renewing: closed, reader gone or not in good standing, limit, overdue, recall date."""
    loan = renewing.loan
    if (never := _never(loan)) is not None:
        return [never]
    problems = []
    if loan.reader is not None and loan.reader.status != Reader.Status.ACTIVE:
        problems.append(READER_LEFT)
    if loan.renewals >= loan.max_renewals:
        problems.append(
            Problem("renewal_limit", _("Renewed as often as allowed."), _("Return it first."), overridable=True)
        )
    if loan.due_on < renewing.today:
        problems.append(Problem("renewal_overdue", _("The book is overdue."), _("Return it first."), overridable=True))
    elif _is_recalled(renewing):
        problems.append(Problem("recall", _("It is to be back by the recall date."), overridable=True))
    if renewing.reserved:
        problems.append(
            Problem("reserved", _("Others have reserved this title."), _("Return it when due."), overridable=True)
        )
    return problems + standing_problems(renewing.standing, renewing.policy)


def _never(loan: Loan) -> Problem | None:
    """What no exception helps against."""
    if loan.returned_at is not None or loan.voided_at is not None:
        return Problem("loan_closed", _("This book is already back."), _("Lend it again by scanning it."))
    if loan.kind == Loan.Kind.ROOM:
        return Problem("in_room_only", _("For use in the room only."), _("It is back today."))
    if loan.kind == Loan.Kind.CORNER:
        return Problem("from_corner", _("A book of the corner goes back with its box."), _("Return it first."))
    return None


def _is_recalled(renewing: Renewing) -> bool:
    """Whether the recall date leaves no more time than there is."""
    bound = renewing.due.because in (Because.RECALL, Because.AFTER_RECALL)
    return bound and renewing.due.on <= renewing.loan.due_on
