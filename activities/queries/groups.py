"""Reading groups, their members and meetings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from activities.models import GroupMeeting, GroupMember, ReadingGroup
from activities.queries.registration import Pupil, pupils_of
from library_site.shared.reference import Reference
from readers.models import ClassMembership
from readers.queries.classes import class_names_on


@dataclass(frozen=True)
class Member:
    """Somebody in a group, with the class of today."""

    pk: int
    reader_id: int
    name: str
    class_name: str
    since: date


def groups() -> QuerySet[ReadingGroup]:
    """All groups with `people` now in them and `times` they met; those that go on first."""
    rows = ReadingGroup.objects.select_related("leader", "school_class").annotate(
        people=Count("members", filter=Q(members__until=None), distinct=True), times=Count("meetings", distinct=True)
    )
    return rows.order_by("-ended_on", "name", "pk")


def groups_led(account_id: int | None) -> QuerySet[ReadingGroup]:
    """The groups that go on, of this leader only unless None, by name."""
    rows = ReadingGroup.objects.filter(ended_on=None)
    return (rows if account_id is None else rows.filter(leader__account=account_id)).order_by("name", "pk")


def groups_of(account_id: int, classes: Collection[int]) -> QuerySet[ReadingGroup]:
    """The groups somebody leads or is in now, and those of the classes that they lead."""
    own = Q(leader__account=account_id) | Q(pk__in=_in_now(account_id))
    return groups().filter(own | Q(school_class__in=classes))


def _in_now(account_id: int) -> QuerySet[GroupMember, int]:
    return GroupMember.objects.filter(reader__account=account_id, until=None).values_list("group_id", flat=True)


def members_of(group: ReadingGroup, reference: Reference, day: date) -> list[Member]:
    """Who is in the group now, by class and number. Two statements."""
    rows = GroupMember.objects.filter(group=group, until=None).exclude(reader=None).select_related("reader")
    found = list(rows.order_by("reader__number", "pk"))
    classes = dict(
        ClassMembership.objects.filter(reader__in=[row.reader_id for row in found], until=None).values_list(
            "reader_id", "school_class_id"
        )
    )
    names = class_names_on(reference, day)
    lines = [_member(row, names.get(classes.get(row.reader_id or 0, 0), "")) for row in found]
    return sorted(lines, key=lambda line: line.class_name)


def _member(row: GroupMember, class_name: str) -> Member:
    assert row.reader is not None
    return Member(row.pk, row.reader.pk, row.reader.name, class_name, row.since)


def meetings_of(group: ReadingGroup, first: date | None = None, last: date | None = None) -> QuerySet[GroupMeeting]:
    """The meetings from a day to a day, the newest first."""
    rows = GroupMeeting.objects.filter(group=group).order_by("-on", "-pk")
    if first and last:
        rows = rows.filter(on__range=(first, last))
    return rows


@dataclass(frozen=True)
class GroupYear:
    """A group in a semester: how often it met, and how many came in all."""

    group: ReadingGroup
    times: int
    came: int
    topics: list[str]


def groups_between(first: date, last: date) -> list[GroupYear]:
    """Groups that went on in a semester, with what they did in it. Three statements."""
    rows = groups().filter(Q(ended_on=None) | Q(ended_on__gte=first), founded_on__lte=last)
    held = GroupMeeting.objects.filter(on__range=(first, last))
    counted = {
        row["group"]: row
        for row in held.values("group").annotate(times=Count("pk"), came=Sum("present", default=0)).order_by()
    }
    topics: dict[int, list[str]] = {}
    for group_id, topic in held.order_by("on", "pk").values_list("group_id", "topic"):
        topics.setdefault(group_id, []).append(topic)
    nothing = {"times": 0, "came": 0}
    return [
        GroupYear(row, (found := counted.get(row.pk, nothing))["times"], found["came"], topics.get(row.pk, []))
        for row in rows
    ]


def class_ticks(group: ReadingGroup, class_id: int, day: date) -> list[Pupil]:
    """The pupils of a class, and who of them is in the group. Two statements."""
    inside = set(GroupMember.objects.filter(group=group, until=None).values_list("reader_id", flat=True))
    return pupils_of(class_id, day, ticked=inside)
