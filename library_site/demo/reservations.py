"""The demo's reservations: some wait, some books stand ready, and a teacher has asked for a class set."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from catalog.models import Copy, Title
from circulation.models import ClassSet, Loan, Reservation
from circulation.models.loans import OPEN
from library_site.demo.calendar import OpenDays
from readers.models import ClassTeacher, Reader

WAITED_FOR = (3, 2, 2, 1, 1, 1)  # how many wait for each of the most read titles that are out
READY, TO_FETCH, SET, SET_READY = 6, 2, 4, 2
PICKUP_DAYS = 3
LEAST_DAYS = 8


def write_reservations(days: list[date], open_days: OpenDays, *, by: int) -> None:
    """Turns of the last of these open days, which have passed; what is ready is kept three open days from then."""
    if len(days) < LEAST_DAYS:
        return
    day = days[-1]
    until = day
    for _number in range(PICKUP_DAYS):
        until = open_days.on_or_after(until + timedelta(days=1))
    pupils = Reader.objects.filter(category=Reader.Category.STUDENT, status=Reader.Status.ACTIVE)
    readers = iter(pupils.order_by("pinyin", "pk")[:40])
    inside = _inside(day).distinct("title").order_by("title")[: READY + TO_FETCH]
    _wait_for_what_is_out(readers, days, by)
    for number, copy in enumerate(inside):
        turn = _turn(copy.title_id, next(readers), days[-4], number, by)
        if number < READY:
            turn.state, turn.copy, turn.ready_at, turn.expires_on = "ready", copy, _at(day, number), until
        turn.save()
    _ask_for_set(day, open_days, by)


def _wait_for_what_is_out(readers: Iterator[Reader], days: list[date], by: int) -> None:
    out = Title.objects.filter(copies__in=_out()).exclude(copies__in=_inside(days[-1])).distinct()
    for title, number in zip(out.order_by("-popularity", "pk")[: len(WAITED_FOR)], WAITED_FOR, strict=False):
        for minute in range(number):
            _turn(title.pk, next(readers), days[-6 + minute], minute, by).save()


def _ask_for_set(day: date, open_days: OpenDays, by: int) -> None:
    """A set of the title with most copies in."""
    teachers = Reader.objects.filter(category=Reader.Category.TEACHER, status=Reader.Status.ACTIVE)
    leads = ClassTeacher.objects.filter(reader__in=teachers, until=None).order_by("pk").first()
    teacher = leads.reader if leads else teachers.order_by("pk").first()
    free = _inside(day).exclude(pk__in=Reservation.objects.filter(state="ready").values("copy"))
    most = free.order_by().values("title").annotate(n=Count("pk")).order_by("-n", "title").first()
    if teacher is None or most is None or most["n"] < SET:
        return
    copies = list(free.filter(title=most["title"]).order_by("pk")[:SET])
    needed = open_days.on_or_after(day + timedelta(days=7))
    wish = ClassSet.objects.create(
        title_id=copies[0].title_id,
        teacher=teacher,
        school_class_id=leads.school_class_id if leads else None,
        wanted=SET,
        needed_on=needed,
    )
    for number, copy in enumerate(copies):
        turn = _turn(copy.title_id, teacher, day, number, by)
        turn.class_set = wish
        if number < SET_READY:
            turn.state, turn.copy, turn.ready_at, turn.expires_on = "ready", copy, _at(day, 20), needed
        turn.save()


def _turn(title_id: int, reader: Reader, day: date, minute: int, by: int) -> Reservation:
    return Reservation(title_id=title_id, reader=reader, placed_at=_at(day, minute), placed_by_id=by)


def _at(day: date, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12, 10 + minute)))


def _out() -> "QuerySet[Copy]":
    return Copy.objects.filter(Exists(Loan.objects.filter(OPEN, copy=OuterRef("pk"))))


def _inside(day: date) -> "QuerySet[Copy]":
    """Copies that were on the shelf by that day and may be taken home."""
    there = Copy.objects.filter(state=Copy.State.ON_SHELF, location__circulates=True, in_room_only=False)
    there = there.filter(acquired_on__lt=day)
    return there.filter(~Exists(Loan.objects.filter(OPEN, copy=OuterRef("pk"))))
