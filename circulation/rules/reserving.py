"""Why a reader cannot reserve a title: the same list for the page and for the act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.models import Copy
from circulation.models import LoanPolicy
from circulation.rules.lending import READER_LEFT
from circulation.rules.standing import ReaderStanding, standing_problems
from library_site.shared.problems import Problem
from readers.models import Reader

WAITS_ALREADY = Problem("waits_already", _("This reader waits for the title already."))


@dataclass(frozen=True)
class HeldCopy:
    """A copy of the title: whether it is out (and with whom), and whether it is set aside for somebody."""

    copy: Copy
    is_out: bool = False
    holder_id: int | None = None
    is_kept: bool = False

    @property
    def can_come(self) -> bool:
        """Whether it can be lent, now or once it is back or mended."""
        may_leave = self.copy.location.circulates and not self.copy.in_room_only
        return may_leave and self.copy.state in (Copy.State.ON_SHELF, Copy.State.IN_REPAIR)

    @property
    def is_in(self) -> bool:
        """Whether it can be taken from the shelf now."""
        return self.can_come and self.copy.state == Copy.State.ON_SHELF and not self.is_out and not self.is_kept


@dataclass(frozen=True)
class Reserving:
    """All that the rules look at, read under lock.

    `waits` says that the reader has a turn for this title already, `turns` how many for other titles, `queue` how
    many others wait for this one. `fetched`: a copy from the shelf is at hand and is set aside at once.
    """

    reader: Reader
    policy: LoanPolicy | None
    copies: Sequence[HeldCopy]
    standing: ReaderStanding = field(default_factory=ReaderStanding)
    waits: bool = False
    turns: int = 0
    queue: int = 0
    fetched: bool = False


def _reader_left(asked: Reserving) -> Problem | None:
    return READER_LEFT if asked.reader.status != Reader.Status.ACTIVE else None


def _no_policy(asked: Reserving) -> Problem | None:
    if asked.policy is not None:
        return None
    return Problem("no_policy", _("No loan rule covers this reader and this kind of book."), _("Ask the librarian."))


def _nothing_to_reserve(asked: Reserving) -> Problem | None:
    if any(held.can_come for held in asked.copies):
        return None
    return Problem("nothing_to_reserve", _("No copy of this title can be lent."), _("Ask the librarian."))


def _has_it(asked: Reserving) -> Problem | None:
    if not any(held.holder_id == asked.reader.pk for held in asked.copies):
        return None
    return Problem("has_it", _("This reader has the title out now."))


def _waits_already(asked: Reserving) -> Problem | None:
    return WAITS_ALREADY if asked.waits else None


def _copy_is_in(asked: Reserving) -> Problem | None:
    inside = [held.copy for held in asked.copies if held.is_in]
    if asked.fetched or len(inside) <= asked.queue:
        return None
    first = min(inside, key=lambda copy: (copy.location.name, copy.barcode))
    return Problem(
        "copy_is_in",
        _("A copy is in: %(place)s, %(barcode)s.") % {"place": first.location.name, "barcode": first.barcode},
        _("Take it from the shelf."),
    )


def _reservation_limit(asked: Reserving) -> Problem | None:
    if asked.policy is None or asked.turns < asked.policy.max_reservations:
        return None
    message = ngettext_lazy("Waits for %(n)d title already.", "Waits for %(n)d titles already.", asked.turns)
    return Problem(
        "reservation_limit", message % {"n": asked.turns}, _("Cancel another reservation first."), overridable=True
    )


RULES: list[Callable[[Reserving], Problem | None]] = [
    _reader_left,
    _no_policy,
    _nothing_to_reserve,
    _has_it,
    _waits_already,
    _copy_is_in,
    _reservation_limit,
]


def reservation_problems(asked: Reserving) -> list[Problem]:
    """Every reason against the reservation; empty if nothing is. What a title itself refuses goes alone."""
    problems = [problem for rule in RULES if (problem := rule(asked)) is not None]
    problems += standing_problems(asked.standing, asked.policy)
    final = [problem for problem in problems if not problem.overridable]
    return final or problems
