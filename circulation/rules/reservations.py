"""Whose turn it is, how long a book waits on the pick-up shelf, and why a reservation is refused."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from circulation.rules.calendar import OpenDays

MERGED, NO_COPIES, LEFT = "merged", "no_copies", "left"
# Why a turn ended that its reader did not give up, in words; the first is written by the database.
REASONS = {
    MERGED: _("Waited for the same book twice"),
    NO_COPIES: _("The library has no copy any more"),
    LEFT: _("Left the school"),
}


@dataclass(frozen=True)
class Turns:
    """How a copy stands to the queue of its title, for one reader.

    `held_for` is the reader whom this very copy is set aside for, until `held_until`. `own` is the reader's own turn
    (the one this copy is set aside for, if it is), `own_set` its class set. `ahead` counts who waits before this
    reader (everybody, for a reader who does not wait). `free` are the copies that are in and set aside for nobody;
    it is counted only where somebody is ahead.
    """

    held_for: int | None = None
    held_until: date | None = None
    own: int | None = None
    own_set: int | None = None
    ahead: int = 0
    free: int = 0

    def held_for_other(self, reader_id: int | None) -> bool:
        """Whether this copy stands on the pick-up shelf for somebody else."""
        return self.held_for is not None and self.held_for != reader_id

    def is_of_set(self, reader_id: int) -> bool:
        """Whether this copy is set aside for the reader's class set."""
        return self.held_for == reader_id and self.own_set is not None

    @property
    def is_needed(self) -> bool:
        """Whether those who wait before this reader need every copy that is in."""
        return self.held_for is None and self.ahead > 0 and self.free <= self.ahead

    @property
    def is_short(self) -> bool:
        """Whether others wait for more copies than are in, so that one on loan must come back."""
        return self.free < self.ahead

    @property
    def concerns(self) -> bool:
        """Whether lending this copy changes anything in the queue."""
        return self.own is not None or self.held_for is not None


NOBODY = Turns()


def kept_until(day: date, *, pickup_days: int, open_days: OpenDays) -> date:
    """The last day on the pick-up shelf of a book set aside on `day`: the `pickup_days`-th open day after it."""
    for _number in range(pickup_days):
        day = open_days.on_or_after(day + timedelta(days=1))
    return day


def is_over(expires_on: date, *, today: date, open_days: OpenDays) -> bool:
    """Whether the time on the pick-up shelf is over; a last day that has become a closed one moves to the next open."""
    return expires_on < today and open_days.on_or_after(expires_on) < today
