"""The demo's class boxes: some classes have one in their corner, two changed places, classmates have books of them."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from catalog.models import Copy
from circulation.models import BorrowerKey, Box, BoxStay, CirculationEvent, Loan, OwnBook
from circulation.models.loans import OPEN
from readers.models import ClassMembership, Reader, SchoolClass

NAMES = ("图书箱一", "图书箱二", "图书箱三", "图书箱四", "图书箱五")
OWN_BOOKS = ("我的昆虫图鉴", "神奇校车", "父与子全集")
BOOKS = 18
LENT_ON = 4
DAYS = 60
CHANGED_AGO, LENT_ON_AGO = 9, 2


def write_boxes(days: list[date], *, by: int) -> None:
    """Four boxes with classes of the middle grades and one in the library. `days` are open days that have passed."""
    boxes = Box.objects.bulk_create([Box(name=name, capacity=30) for name in NAMES])
    present = ClassMembership.objects.filter(until=None, reader__status=Reader.Status.ACTIVE).values("school_class")
    classes = list(SchoolClass.objects.filter(pk__in=present).order_by("-entry_year", "number"))
    middle = classes[len(classes) // 3 :][: len(boxes) - 1]
    if len(days) <= CHANGED_AGO or len(middle) < len(boxes) - 1:
        return
    changed, first = days[-CHANGED_AGO], days[max(0, len(days) - 3 * CHANGED_AGO)]
    copies = _free_copies(len(middle) * BOOKS, since=first)
    for place, (box, school_class) in enumerate(zip(boxes, middle, strict=False)):
        before = middle[(place + 1) % 2] if place < 2 else None
        if before is not None:
            BoxStay.objects.create(box=box, school_class=before, since=first, until=changed)
        BoxStay.objects.create(box=box, school_class=school_class, since=changed if before else first)
        share = copies[place * BOOKS : (place + 1) * BOOKS]
        loans = [_class_loan(copy, box, school_class, changed if before else first, by) for copy in share]
        corner = _lent_on(loans[:LENT_ON], school_class, days[-LENT_ON_AGO], by)
        Loan.objects.bulk_create([*loans, *corner])
        CirculationEvent.objects.bulk_create([_event(loan, by) for loan in [*loans, *corner]])
    _bring_own(middle[0], changed)


def _free_copies(number: int, *, since: date) -> list[Copy]:
    """Copies that nobody had since that day."""
    out = Loan.objects.filter(OPEN | Q(returned_at__date__gte=since)).values("copy")
    free = Copy.objects.filter(state=Copy.State.ON_SHELF, location__circulates=True).exclude(pk__in=out)
    free = free.filter(Q(acquired_on=None) | Q(acquired_on__lt=since))
    return list(free.order_by("title", "pk").distinct("title")[:number])


def _class_loan(copy: Copy, box: Box, school_class: SchoolClass, day: date, by: int) -> Loan:
    return Loan(
        kind=Loan.Kind.CLASS,
        copy=copy,
        borrower_key=UUID(int=copy.pk),
        category=Reader.Category.COLLECTIVE,
        school_class=school_class,
        box=box,
        lent_at=_at(day, 13),
        due_on=_weekday(day + timedelta(days=DAYS)),
        loan_days=DAYS,
        max_renewals=1,
        lent_by_id=by,
    )


def _lent_on(loans: list[Loan], school_class: SchoolClass, day: date, by: int) -> list[Loan]:
    members = ClassMembership.objects.filter(school_class=school_class, until=None).values("reader")
    keys = BorrowerKey.objects.filter(reader__in=members, reader__status=Reader.Status.ACTIVE)
    people = keys.order_by("-school_year__start_year", "reader__number").select_related("reader")[: len(loans)]
    return [
        Loan(
            kind=Loan.Kind.CORNER,
            copy=loan.copy,
            reader=key.reader,
            borrower_key=key.key,
            category=key.reader.category,
            school_class=school_class,
            box=loan.box,
            lent_at=_at(day, 12),
            due_on=_weekday(day + timedelta(days=14)),
            loan_days=14,
            max_renewals=0,
            lent_by_id=by,
        )
        for loan, key in zip(loans, people, strict=False)
    ]


def _event(loan: Loan, by: int) -> CirculationEvent:
    return CirculationEvent(
        kind=CirculationEvent.Kind.CHECKOUT,
        at=loan.lent_at,
        recorded_at=loan.lent_at,
        by_id=by,
        loan=loan,
        copy=loan.copy,
        reader=loan.reader,
        school_class=loan.school_class,
    )


def _bring_own(school_class: SchoolClass, day: date) -> None:
    members = ClassMembership.objects.filter(school_class=school_class, until=None).order_by("reader__number")
    OwnBook.objects.bulk_create(
        OwnBook(school_class=school_class, owner_id=owner, name=name, brought_on=day)
        for owner, name in zip(members.values_list("reader_id", flat=True), OWN_BOOKS, strict=False)
    )


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
