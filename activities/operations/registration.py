"""Registering for an activity: persons, classes, reading groups; the activity is locked while places are counted."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from activities.models import Activity, ActivityRegistration, GroupMember, ReadingGroup
from activities.queries.registration import current_registrations, taken_in
from activities.rules.audience import in_audience
from activities.rules.registration import NOT_INVITED, open_problems, room_problems
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, standing
from library_site.shared.reference import Reference
from readers.models import ClassMembership, Reader
from readers.queries.classes import class_names_on, classes_on

LATE = ("registration_over",)


@dataclass(frozen=True)
class _Person:
    pk: int
    category: str
    class_id: int | None


def register_person(
    *, activity_id: int, reader_id: int, reference: Reference, by: User | None, at: datetime,
    late: bool = False, address: str | None = None,
) -> ActivityRegistration:  # fmt: skip
    """Registers one reader in the class of that day; whoever is registered already stays so, once.

    Refused (`Refused`) where registration is not open (`late`: its last day is set aside), the reader is not meant,
    and where no place is left.
    """
    with act("register_for_activity", by=by, address=address):
        activity = _open(activity_id, Activity.Registration.PERSON, localdate(at), late)
        known = current_registrations(activity).filter(reader=reader_id).first()
        if known is not None:
            return known
        return _add_people(activity, [reader_id], _people([reader_id], localdate(at)), reference, by, at)[0]


def register_class_list(
    *, activity_id: int, class_id: int, reader_ids: Collection[int], seen: Collection[int], reference: Reference,
    by: User | None, at: datetime, late: bool = False, address: str | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Makes the readers of a class who take part be these: registers who is new, takes back who is not named.

    `seen` are those who took part when the list was drawn up: who registered or left since then stays as they are.
    All of it or nothing, refused as `register_person`; readers of other classes are not in reach (`Refused`). Returns
    how many were registered and how many taken back.
    """
    with act("register_for_activity", by=by, address=address):
        activity = _open(activity_id, Activity.Registration.PERSON, localdate(at), late)
        members = ClassMembership.objects.filter(school_class=class_id, until=None).values("reader")
        before = {row.reader_id: row for row in current_registrations(activity).filter(reader__in=members)}
        dropped = [row for pk, row in before.items() if pk in seen and pk not in reader_ids]
        _take_back(dropped, at)
        new = [pk for pk in dict.fromkeys(reader_ids) if pk not in before and pk not in seen]
        people = _people(new, localdate(at))
        if any(person.class_id != class_id for person in people):
            raise Refused([NOT_INVITED])
        return len(_add_people(activity, new, people, reference, by, at)), len(dropped)


def register_class(
    *, activity_id: int, class_id: int, people: int, reference: Reference, by: User | None, at: datetime,
    late: bool = False, address: str | None = None,
) -> ActivityRegistration:  # fmt: skip
    """Registers a class with so many people, or changes their number. Refused as `register_person`."""
    with act("register_for_activity", by=by, address=address):
        activity = _open(activity_id, Activity.Registration.CLASS, localdate(at), late)
        _must_invite(activity, Reader.Category.STUDENT, class_id, reference, localdate(at))
        known = current_registrations(activity).filter(school_class=class_id).first()
        more = people - (known.number_of_people if known else 0)
        _must_have_room(activity, Counter({class_id: more}), reference, localdate(at))
        row = known or _new(activity, by, at, school_class_id=class_id)
        row.number_of_people = people
        row.save()
        return row


def register_group(
    *, activity_id: int, group_id: int, reference: Reference, by: User | None, at: datetime, late: bool = False,
    address: str | None = None,
) -> ActivityRegistration:  # fmt: skip
    """Registers a reading group with the members it has now; one registered already stays so. Refused as above."""
    with act("register_for_activity", by=by, address=address):
        activity = _open(activity_id, Activity.Registration.GROUP, localdate(at), late)
        if known := current_registrations(activity).filter(group=group_id).first():
            return known
        group = ReadingGroup.objects.get(pk=group_id, ended_on=None)
        people = GroupMember.objects.filter(group=group, until=None).count()
        _must_have_room(activity, Counter({group.school_class_id: people}), reference, localdate(at))
        row = _new(activity, by, at, group_id=group.pk, school_class_id=group.school_class_id)
        row.number_of_people = people
        row.save()
        return row


def take_back_registration(
    *, registration_id: int, by: User | None, at: datetime, late: bool = False, address: str | None = None
) -> None:
    """A registration no longer counts; its row stays. Refused once registration is over, unless `late`."""
    with act("take_back_registration", by=by, address=address):
        activity_id = ActivityRegistration.objects.values_list("activity_id", flat=True).get(pk=registration_id)
        activity = Activity.objects.select_for_update(no_key=True).get(pk=activity_id)
        if problems := standing(open_problems(activity, activity.registration, localdate(at)), LATE if late else ()):
            raise Refused(problems)
        _take_back(list(current_registrations(activity).filter(pk=registration_id)), at)


def _open(activity_id: int, by_what: str, today: date, late: bool) -> Activity:
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity_id)
    if problems := standing(open_problems(activity, by_what, today), LATE if late else ()):
        raise Refused(problems)
    return activity


def _add_people(
    activity: Activity, reader_ids: Sequence[int], people: Sequence[_Person], reference: Reference, by: User | None,
    at: datetime,
) -> list[ActivityRegistration]:  # fmt: skip
    """Every one of the readers has to be here and meant."""
    if len(people) != len(reader_ids):
        raise Refused([NOT_INVITED])
    wanted = Counter(person.class_id for person in people)
    for person in people:
        _must_invite(activity, person.category, person.class_id, reference, localdate(at))
    _must_have_room(activity, wanted, reference, localdate(at))
    rows = [_new(activity, by, at, reader_id=person.pk, school_class_id=person.class_id) for person in people]
    return ActivityRegistration.objects.bulk_create(rows)


def _people(reader_ids: Sequence[int], day: date) -> list[_Person]:
    """Those of the readers who are at the school, with the class they are in. Two statements."""
    here = Reader.objects.filter(pk__in=reader_ids, status=Reader.Status.ACTIVE).values_list("pk", "category")
    rows = ClassMembership.objects.filter(reader__in=reader_ids, since__lte=day, until=None)
    classes = dict(rows.values_list("reader_id", "school_class_id"))
    return [_Person(pk, category, classes.get(pk)) for pk, category in here.order_by("pk")]


def _must_invite(activity: Activity, category: str, class_id: int | None, reference: Reference, day: date) -> None:
    school_class = next((one for one in classes_on(reference, day) if one.pk == class_id), None)
    if not in_audience(activity.audiences.all(), category=category, school_class=school_class):
        raise Refused([NOT_INVITED])


def _must_have_room(activity: Activity, wanted: Counter[int | None], reference: Reference, day: date) -> None:
    if activity.most is None and activity.most_per_class is None:
        return
    problems: list[Problem] = room_problems(activity, taken_in(activity), wanted, class_names_on(reference, day))
    if problems:
        raise Refused(problems)


def _new(activity: Activity, by: User | None, at: datetime, **whom: int | None) -> ActivityRegistration:
    return ActivityRegistration(activity=activity, by_what=activity.registration, at=at, by=by, **whom)


def _take_back(rows: Sequence[ActivityRegistration], at: datetime) -> None:
    for row in rows:
        row.cancelled_at = at
    ActivityRegistration.objects.bulk_update(rows, ["cancelled_at"])
