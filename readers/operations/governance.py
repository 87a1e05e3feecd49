"""Keeping the leading group, meetings and the librarian's register."""

from collections.abc import Collection

from library_site.audit import act
from library_site.models import User
from readers.models import Attendance, DevelopmentRecord, LeadingGroupMember, Meeting


def keep_member(*, member: LeadingGroupMember, by: User, address: str | None = None) -> LeadingGroupMember:
    """Adds or changes a member of the leading group; a second leader in charge is refused by the database."""
    with act("keep_leading_group_member", by=by, address=address):
        member.save()
        return member


def keep_meeting(
    *,
    meeting: Meeting,
    expected: Collection[str],
    present: Collection[str],
    by: User,
    address: str | None = None,
) -> Meeting:
    """Keeps a meeting and who of those expected was there; keys are `reader-7` or `member-3`.

    Whoever was expected before stays so, though they serve no longer.
    """
    with act("keep_meeting", by=by, address=address):
        meeting.save()
        known = {_key(row): row for row in Attendance.objects.select_for_update().filter(meeting=meeting)}
        for key in dict.fromkeys([*known, *expected]):
            row = known.get(key) or _attendance(meeting, key)
            was_there = key in present
            if row.pk is None or row.was_there != was_there:
                row.was_there = was_there
                row.save()
        return meeting


def keep_development(*, record: DevelopmentRecord, by: User, address: str | None = None) -> DevelopmentRecord:
    """Adds or changes a line of the register."""
    with act("keep_development_record", by=by, address=address):
        record.save()
        return record


def drop_development(*, record: DevelopmentRecord, by: User, address: str | None = None) -> None:
    """Takes a line out of the register; the history keeps it."""
    with act("drop_development_record", by=by, address=address):
        record.delete()


def _key(row: Attendance) -> str:
    return f"reader-{row.reader_id}" if row.reader_id is not None else f"member-{row.member_id}"


def _attendance(meeting: Meeting, key: str) -> Attendance:
    kind, pk = key.split("-")
    return Attendance(meeting=meeting, **{f"{kind}_id": int(pk)})
