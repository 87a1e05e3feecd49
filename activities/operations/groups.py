"""Reading groups: founded, their members, their meetings, ended."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from activities.models import GroupMeeting, GroupMember, ReadingGroup
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated
from readers.models import Reader

SAME_NAME = Problem("group_same_name", _("There is a reading group of this name."), field="name")
HAS_ENDED = Problem("group_ended", _("This reading group has ended."))


def save_group(
    *, group_id: int | None = None, values: Mapping[str, Any], by: User | None, address: str | None = None
) -> ReadingGroup:
    """Founds a reading group, or changes it. Refused (`Refused`) for the name of another that goes on."""
    try:
        with act("save_reading_group", by=by, address=address):
            group = ReadingGroup.objects.select_for_update().get(pk=group_id) if group_id else ReadingGroup()
            for name, value in values.items():
                setattr(group, name, value)
            group.save()
            return group
    except IntegrityError as error:
        if violated(error) != "reading_group_name_unique":
            raise
        raise Refused([SAME_NAME]) from error


def end_group(*, group_id: int, on: date, by: User | None, address: str | None = None) -> None:
    """The group ends on a day, and with it all memberships; nothing happens to one that has ended."""
    with act("end_reading_group", by=by, address=address):
        group = ReadingGroup.objects.select_for_update().get(pk=group_id)
        if group.ended_on is None:
            group.ended_on = max(on, group.founded_on)
            group.save(update_fields=["ended_on"])
            _leave(group, None, on)


def set_members(
    *, group_id: int, among: Collection[int], chosen: Collection[int], on: date, by: User | None,
    address: str | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Of the readers `among`, those `chosen` are in the group from `on`, the others no longer.

    Who was in it stays known with both days; one who came in by mistake that same day leaves no trace. Refused
    (`Refused`) for a group that has ended. Returns how many came and how many left.
    """
    with act("set_group_members", by=by, address=address):
        group = ReadingGroup.objects.select_for_update().get(pk=group_id)
        if group.ended_on is not None:
            raise Refused([HAS_ENDED])
        inside = set(group.members.filter(until=None, reader__in=among).values_list("reader_id", flat=True))
        left = _leave(group, inside - set(chosen), on)
        here = Reader.objects.filter(pk__in=set(chosen) & set(among) - inside, status=Reader.Status.ACTIVE)
        rows = [GroupMember(group=group, reader=reader, since=on) for reader in here.order_by("pk")]
        return len(GroupMember.objects.bulk_create(rows)), left


def _leave(group: ReadingGroup, readers: Collection[int] | None, on: date) -> int:
    """These readers, or all, are in the group no longer."""
    rows = GroupMember.objects.filter(group=group, until=None)
    if readers is not None:
        rows = rows.filter(reader__in=readers)
    number = rows.count()
    rows.filter(since__gte=on).delete()
    rows.update(until=on)
    return number


def save_meeting(
    *, group_id: int, meeting_id: int | None = None, values: Mapping[str, Any], by: User | None,
    address: str | None = None,
) -> GroupMeeting:  # fmt: skip
    """Enters a meeting of a group, or corrects one."""
    with act("save_group_meeting", by=by, address=address):
        rows = GroupMeeting.objects.select_for_update()
        meeting = rows.get(pk=meeting_id, group=group_id) if meeting_id else GroupMeeting(group_id=group_id)
        for name, value in values.items():
            setattr(meeting, name, value)
        meeting.save()
        return meeting


def drop_meeting(*, group_id: int, meeting_id: int, by: User | None, address: str | None = None) -> None:
    """Removes a meeting entered by mistake."""
    with act("drop_group_meeting", by=by, address=address):
        GroupMeeting.objects.filter(pk=meeting_id, group=group_id).delete()
