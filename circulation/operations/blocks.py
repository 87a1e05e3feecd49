"""Stopping a reader from borrowing by a note, and letting one borrow again."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from circulation.models import ReaderBlock, Suspension
from circulation.operations.desk import local_day, lock_reader
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

NO_REASON = Problem("no_reason", _("Say why."), field="reason")
BLOCKED = Problem("blocked_already", _("This reader is blocked already."), _("End that block first."), field="reason")
NOT_BLOCKED = Problem("not_blocked", _("This reader is not blocked any more."))
NOT_SUSPENDED = Problem("not_suspended", _("This reader is not suspended any more."))


def block(*, reader_id: int, reason: str, by: User | None, at: datetime, address: str | None = None) -> ReaderBlock:
    """From now on nothing is lent or renewed to the reader, but by exception; `reason` is what the desk shows.

    Refused without a reason, and while another block stands.
    """
    _require(reason)
    with act("block_reader", by=by, address=address):
        lock_reader(reader_id)
        if ReaderBlock.objects.filter(reader=reader_id, ended_at=None).exists():
            raise Refused([BLOCKED])
        return ReaderBlock.objects.create(reader_id=reader_id, reason=reason.strip(), since=at, by=by)


def unblock(*, reader_id: int, by: User | None, at: datetime, address: str | None = None) -> ReaderBlock:
    """Ends the reader's block. Refused if none stands."""
    with act("unblock_reader", by=by, address=address):
        lock_reader(reader_id)
        standing = ReaderBlock.objects.filter(reader=reader_id, ended_at=None).first()
        if standing is None:
            raise Refused([NOT_BLOCKED])
        standing.ended_at, standing.ended_by = at, by
        standing.save(update_fields=["ended_at", "ended_by"])
        return standing


def lift(*, reader_id: int, reason: str, by: User | None, at: datetime, address: str | None = None) -> int:
    """Ends the reader's suspensions, those that wait behind one that runs included; returns how many.

    Refused without a reason, and if none runs or waits.
    """
    _require(reason)
    with act("lift_suspension", by=by, address=address):
        lock_reader(reader_id)
        standing = Suspension.objects.filter(reader=reader_id, lifted_at=None, ends_on__gte=local_day(at))
        number = standing.update(lifted_at=at, lifted_by=by, reason=reason.strip())
        if not number:
            raise Refused([NOT_SUSPENDED])
        return number


def _require(reason: str) -> None:
    if not reason.strip():
        raise Refused([NO_REASON])
