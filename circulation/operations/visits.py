"""Counting who comes to the reading rooms: by card, by class, by a teacher's period; and taking a wrong one back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circulation.models import Visit
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import ClassMembership, Reader, SchoolClass

# A card held to the scanner again within this time is the same visit.
SAME_VISIT = timedelta(minutes=10)
# A class that was counted as a whole need not be counted pupil by pupil, nor a second time.
SAME_PERIOD = timedelta(minutes=35)
OF_A_CLASS = (Visit.Kind.CLASS, Visit.Kind.PERIOD)
LEFT = Problem("reader_left", _("This reader has left the school."))


@dataclass(frozen=True)
class Place:
    """Where: a room, None for the library as a whole; the electronic reading room is counted apart."""

    room_id: int | None = None
    is_electronic: bool = False


@dataclass(frozen=True)
class Counted:
    """`is_new` is False where somebody was counted before, by the visit given."""

    visit: Visit
    is_new: bool


def visit_by_card(
    *, reader_id: int, place: Place, by: User | None, at: datetime, scan_id: UUID | None = None
) -> Counted:  # fmt: skip
    """Counts a reader. Whoever was counted in this place within ten minutes, or with the class, is not counted again.

    The same scan counts once. Refuses (`Refused`) a reader who has left.
    """
    with transaction.atomic(durable=True):
        reader = Reader.objects.select_for_update(of=("self",), no_key=True).get(pk=reader_id)
        if before := _of_scan(scan_id):
            return Counted(before, is_new=True)
        if reader.status == Reader.Status.LEFT:
            raise Refused([LEFT])
        membership = ClassMembership.objects.filter(reader=reader, until=None).first()
        class_id = membership.school_class_id if membership else None
        if before := _counted_lately(reader, class_id, place, at):
            return Counted(before, is_new=False)
        visit = Visit(kind=Visit.Kind.CARD, reader=reader, category=reader.category, school_class_id=class_id)
        return Counted(_written(visit, place, by=by, at=at, scan_id=scan_id), is_new=True)


@dataclass(frozen=True)
class Lesson:
    """What a teacher did with the class."""

    teacher_id: int
    subject: str = ""
    what: str = ""


def visit_of_class(
    *, class_id: int, heads: int, place: Place, by: User | None, at: datetime, lesson: Lesson | None = None,
    scan_id: UUID | None = None,
) -> Visit:  # fmt: skip
    """Counts a class with so many people; with a lesson it is a teacher's period.

    A period entered for a class that the desk has counted at that time makes that visit the period: its people count
    once. The same scan counts once. Refuses (`Refused`) a class that is counted already.
    """
    with transaction.atomic(durable=True):
        SchoolClass.objects.select_for_update(of=("self",), no_key=True).get(pk=class_id)
        if before := _of_scan(scan_id):
            return before
        near = _near(class_id, place, at).first()
        if near is not None and (lesson is None or near.kind == Visit.Kind.PERIOD):
            raise Refused([_counted(near)])
        visit = near or Visit(school_class_id=class_id)
        visit.heads, visit.kind = heads, Visit.Kind.CLASS if lesson is None else Visit.Kind.PERIOD
        for name, value in vars(lesson).items() if lesson else ():
            setattr(visit, name, value)
        if near is None:
            return _written(visit, place, by=by, at=at, scan_id=scan_id)
        there = Place(place.room_id or near.room_id, place.is_electronic)
        return _written(visit, there, by=by, at=near.at, scan_id=scan_id or near.scan_id)


def void_visit(*, visit_id: int, at: datetime) -> Visit:
    """A visit that was not one counts no more; done twice it is done once."""
    with transaction.atomic(durable=True):
        visit = Visit.objects.select_for_update(of=("self",), no_key=True).get(pk=visit_id)
        if visit.voided_at is None:
            visit.voided_at = at
            visit.save(update_fields=["voided_at"])
        return visit


def take_back_period(*, visit_id: int, at: datetime) -> Visit:
    """A period that was entered wrongly: what the desk had counted before counts as that class again, else nothing."""
    with transaction.atomic(durable=True):
        visit = Visit.objects.select_for_update(of=("self",), no_key=True).get(pk=visit_id)
        if visit.kind == Visit.Kind.PERIOD and visit.voided_at is None:
            if visit.scan_id is None:
                visit.voided_at = at
            else:
                visit.kind, visit.teacher_id, visit.subject, visit.what = Visit.Kind.CLASS, None, "", ""
            visit.save()
        return visit


def _written(visit: Visit, place: Place, **values: Any) -> Visit:
    for name, value in (vars(place) | values).items():
        setattr(visit, name, value)
    visit.save()
    return visit


def _of_scan(scan_id: UUID | None) -> Visit | None:
    return Visit.objects.filter(scan_id=scan_id).first() if scan_id else None


def _standing(place: Place) -> QuerySet[Visit]:
    return Visit.objects.filter(voided_at=None, is_electronic=place.is_electronic)


def _counted_lately(reader: Reader, class_id: int | None, place: Place, at: datetime) -> Visit | None:
    lately = Q(reader=reader, room_id=place.room_id, at__gt=at - SAME_VISIT)
    if class_id is not None:
        lately |= Q(school_class_id=class_id, kind__in=OF_A_CLASS, at__gt=at - SAME_PERIOD)
    return _standing(place).filter(lately, at__lte=at).order_by("-at").first()


def _near(class_id: int, place: Place, at: datetime) -> QuerySet[Visit]:
    near = _standing(place).filter(school_class_id=class_id, kind__in=OF_A_CLASS)
    return near.filter(at__gt=at - SAME_PERIOD, at__lt=at + SAME_PERIOD).select_for_update(of=("self",), no_key=True)


def _counted(visit: Visit) -> Problem:
    values = {"time": f"{timezone.localtime(visit.at):%H:%M}", "heads": visit.heads}
    return Problem(
        "class_counted",
        _("This class is counted already: %(time)s, %(heads)s people.") % values,
        _("If the number is wrong, take that entry back first."),
    )
