"""Activities, who registered, reading groups."""

import itertools
from datetime import date, datetime
from zoneinfo import ZoneInfo

from activities.models import Activity, ActivityKind, ActivityRegistration, Audience, GroupMember, ReadingGroup
from readers.models import Reader, SchoolClass

_numbers = itertools.count(1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLISHED_AT = datetime(2026, 9, 28, 8, 0, tzinfo=SHANGHAI)


def make_kind(shape: str = ActivityKind.Shape.GENERAL, **fields: object) -> ActivityKind:
    kind, _created = ActivityKind.objects.get_or_create(
        name=fields.pop("name", f"类型-{shape}"), defaults={"shape": shape, **fields}
    )
    return kind


def make_activity(
    name: str = "", *, shape: str = ActivityKind.Shape.GENERAL, published: bool = True, **fields: object
) -> Activity:
    """An activity of 12 to 30 October 2026; published unless told otherwise."""
    fields.setdefault("kind", None)
    kind = fields.pop("kind") or make_kind(shape)
    if published:
        fields = {"state": Activity.State.PUBLISHED, "published_at": PUBLISHED_AT} | fields
    days = {"starts_on": date(2026, 10, 12), "ends_on": date(2026, 10, 30)}
    return Activity.objects.create(name=name or f"活动{next(_numbers)}", kind=kind, **(days | fields))


def make_audience(activity: Activity, **fields: object) -> Audience:
    return Audience.objects.create(activity=activity, **fields)


def make_group(name: str = "", *, members: list[Reader] | None = None, **fields: object) -> ReadingGroup:
    """A reading group since September 2026 with these members."""
    group = ReadingGroup.objects.create(
        name=name or f"读书社{next(_numbers)}", **({"founded_on": date(2026, 9, 1)} | fields)
    )
    GroupMember.objects.bulk_create(
        GroupMember(group=group, reader=reader, since=group.founded_on) for reader in members or []
    )
    return group


def register_person(activity: Activity, reader: Reader, school_class: SchoolClass | None) -> ActivityRegistration:
    return ActivityRegistration.objects.create(
        activity=activity, by_what="person", reader=reader, school_class=school_class, at=PUBLISHED_AT
    )
