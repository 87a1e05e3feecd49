"""Who takes part in an activity."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from activities.models import Activity, ActivityRegistration
from activities.queries.pupils import class_pupils
from activities.rules.registration import Taken
from library_site.shared.reference import Reference
from readers.models import ClassMembership, Reader
from readers.queries.classes import NamedClass, class_names_then
from readers.queries.enrolment import enrolled_on


@dataclass(frozen=True)
class Line:
    """A registration as the list shows it; `name` is that of the person, class or group."""

    pk: int
    name: str
    class_name: str
    number: str
    people: int
    at: datetime


@dataclass(frozen=True)
class Pupil:
    """A pupil on the list of a class, and whether they are ticked."""

    pk: int
    name: str
    number: str
    initials: str
    is_ticked: bool


@dataclass(frozen=True)
class ClassCount:
    """A class that is invited, how many of it take part, and how many it may send."""

    school_class: NamedClass
    people: int
    enrolled: int


def current_registrations(activity: Activity) -> QuerySet[ActivityRegistration]:
    """Those that count."""
    return ActivityRegistration.objects.filter(activity=activity, cancelled_at=None)


def taken_in(activity: Activity) -> Taken:
    """The people registered now. One statement."""
    rows = current_registrations(activity).values("school_class").annotate(people=Sum("number_of_people")).order_by()
    by_class = {row["school_class"]: row["people"] for row in rows}
    return Taken(sum(by_class.values()), by_class)


def registered(activity: Activity, classes: Collection[int] | None = None) -> QuerySet[ActivityRegistration]:
    """The registrations by class and name, of these classes only unless None."""
    rows = current_registrations(activity).select_related("reader", "group", "school_class")
    if classes is not None:
        rows = rows.filter(school_class__in=classes)
    order = ("school_class__stage", "-school_class__entry_year", "school_class__number", "reader__number", "pk")
    return rows.order_by(*order)


def lines_of(rows: Sequence[ActivityRegistration], activity: Activity, reference: Reference) -> list[Line]:
    """Registrations as lines; classes are named as on the activity's first day. No statement."""
    names = class_names_then(reference, activity.starts_on)
    return [_line(row, names) for row in rows]


def _line(row: ActivityRegistration, names: dict[int, str]) -> Line:
    class_name = names.get(row.school_class_id or 0, "")
    name = row.reader.name if row.reader else row.group.name if row.group else class_name
    number = row.reader.number if row.reader else ""
    return Line(row.pk, name, class_name, number, row.number_of_people, row.at)


def own_registration(activity: Activity, reader_id: int) -> ActivityRegistration | None:
    """One's own registration, if it counts. One statement."""
    return current_registrations(activity).filter(reader=reader_id).first()


def class_list(activity: Activity, class_id: int, day: date) -> list[Pupil]:
    """The pupils of a class, by school number, and who of them takes part. Two statements."""
    part = set(current_registrations(activity).exclude(reader=None).values_list("reader_id", flat=True))
    return pupils_of(class_id, day, ticked=part)


def pupils_of(class_id: int, day: date, *, ticked: Collection[int | None]) -> list[Pupil]:
    """The pupils of a class by school number. One statement."""
    return [Pupil(row.pk, row.name, row.number, row.initials, row.pk in ticked) for row in class_pupils(class_id, day)]


def class_counts(activity: Activity, classes: Sequence[NamedClass], day: date) -> list[ClassCount]:
    """How many of each invited class take part. Two statements."""
    taken = taken_in(activity).by_class
    enrolled = enrolment_of([one.pk for one in classes], day)
    return [ClassCount(one, taken.get(one.pk, 0), enrolled.get(one.pk, 0)) for one in classes]


def enrolment_of(class_ids: Collection[int], day: date) -> dict[int, int]:
    """Pupils of each class: {class: number}. One statement."""
    rows = enrolled_on(day).filter(school_class__in=class_ids).values_list("school_class_id", flat=True)
    found: dict[int, int] = {}
    for pk in rows:
        found[pk] = found.get(pk, 0) + 1
    return found


@dataclass(frozen=True)
class Me:
    """Who is logged in, as a reader: the category and the class of today."""

    reader: Reader
    class_id: int | None


def reader_of(account_id: int) -> Me | None:
    """The reader of an account with the present class. Two statements."""
    reader = Reader.objects.filter(account=account_id, status=Reader.Status.ACTIVE).first()
    if reader is None:
        return None
    row = ClassMembership.objects.filter(reader=reader, until=None).values_list("school_class_id", flat=True).first()
    return Me(reader, row)
