"""Keeping the register of room care."""

from collections.abc import Sequence

from library_site.audit import act
from library_site.models import User
from reports.models import RoomCare


def enter_care(*, line: RoomCare, kinds: Sequence[str], by: User, address: str | None = None) -> list[RoomCare]:
    """Enters a line like `line` for each kind of care that was done on the same day."""
    with act("enter_room_care", by=by, address=address):
        rows = [
            RoomCare(kind=kind, on=line.on, room=line.room, done_by=line.done_by, found=line.found, by=by)
            for kind in kinds
        ]
        return RoomCare.objects.bulk_create(rows)


def correct_care(*, line: RoomCare, by: User, address: str | None = None) -> RoomCare:
    """Corrects a line, which keeps the account that entered it; the history keeps what it said before."""
    with act("correct_room_care", by=by, address=address):
        line.save()
        return line


def drop_care(*, line: RoomCare, by: User, address: str | None = None) -> None:
    """Takes a line out of the register; the history keeps it."""
    with act("drop_room_care", by=by, address=address):
        line.delete()
