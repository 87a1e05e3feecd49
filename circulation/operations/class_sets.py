"""Class sets (班级成套借阅): a teacher wants many copies of one title by a day, and gets them in one act."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy, Title
from circulation.models import CirculationEvent, ClassSet, Reservation
from circulation.models.reservations import ACTIVE
from circulation.operations.checkout import check_out
from circulation.operations.desk import Scan, local_day, lock_reader
from circulation.operations.reservation import cancel
from circulation.queries.settings import open_days
from circulation.rules.lending import READER_LEFT
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from library_site.shared.reference import Reference
from readers.models import Reader


def ask_for_set(
    *,
    title_id: int,
    teacher_id: int,
    school_class_id: int | None,
    wanted: int,
    needed_on: date,
    by: User | None,
    at: datetime,
    reference: Reference,
) -> ClassSet:
    """The teacher waits for `wanted` copies, each with a turn of its own; returns the set.

    Refused (`Refused`): more copies than the library could ever lend, a day in the past, one on which the library is
    closed, a reader who is no teacher here, a second open set of the same title for the same class.
    """
    with transaction.atomic(durable=True):
        teacher = lock_reader(teacher_id)
        Title.objects.select_for_update(no_key=True).only("pk").get(pk=title_id)
        if problems := _problems(teacher, title_id, school_class_id, wanted, needed_on, at, reference):
            raise Refused(problems)
        wish = ClassSet.objects.create(
            title_id=title_id, teacher=teacher, school_class_id=school_class_id, wanted=wanted, needed_on=needed_on
        )
        Reservation.objects.bulk_create(
            Reservation(title_id=title_id, reader=teacher, class_set=wish, placed_at=at, placed_by=by)
            for _number in range(wanted)
        )
        return wish


def _problems(
    teacher: Reader,
    title_id: int,
    school_class_id: int | None,
    wanted: int,
    needed_on: date,
    at: datetime,
    reference: Reference,
) -> list[Problem]:
    problems = []
    if teacher.status != Reader.Status.ACTIVE:
        problems.append(READER_LEFT)
    if teacher.category == Reader.Category.STUDENT:
        problems.append(Problem("no_teacher", _("Class sets are lent to teachers."), field="reader"))
    there = _could_be_lent(title_id)
    if wanted > there:
        message = _("The library has %(n)d copies that can be lent.") % {"n": there}
        problems.append(Problem("too_many", message, field="wanted"))
    if needed_on < local_day(at):
        problems.append(Problem("past", _("That day is over."), field="needed_on"))
    elif not open_days(reference).is_open(needed_on):
        problems.append(Problem("closed_day", _("The library is closed on that day."), field="needed_on"))
    same = ClassSet.objects.filter(title=title_id, teacher=teacher, school_class=school_class_id, closed_at=None)
    if same.exists():
        problems.append(Problem("asked_already", _("This set was asked for already.")))
    return problems


def _could_be_lent(title_id: int) -> int:
    rows = Copy.objects.filter(title=title_id, state__in=(Copy.State.ON_SHELF, Copy.State.IN_REPAIR))
    return rows.filter(in_room_only=False, location__circulates=True).count()


def lend_set(
    *, class_set_id: int, scan_id: UUID, desk: str, by: User | None, at: datetime, reference: Reference
) -> tuple[list[CirculationEvent], list[tuple[Copy, list[Problem]]]]:
    """Lends all that is set aside for the set to its teacher; returns the acts, and what could not be lent with why.

    Each copy is an act of its own, so that one that cannot be lent keeps none of the others. The same `scan_id` again
    lends nothing twice. The set is closed once no turn of it is open.
    """
    wish = ClassSet.objects.get(pk=class_set_id)
    ready = wish.reservations.filter(state=Reservation.State.READY).select_related("copy").order_by("copy__barcode")
    events, refused = [], []
    for turn in ready:
        assert turn.copy is not None
        scan = Scan(uuid5(scan_id, str(turn.copy_id)), desk, turn.copy.barcode)
        try:
            done = check_out(
                copy_id=turn.copy.pk, reader_id=wish.teacher_id, by=by, at=at, reference=reference,
                scan=scan,
            )  # fmt: skip
            events.append(done.event)
        except Refused as refusal:
            refused.append((turn.copy, refusal.problems))
    _close_if_done(wish, at)
    return events, refused


def end_set(*, class_set_id: int, by: User | None, at: datetime, reference: Reference, reason: str = "") -> ClassSet:
    """Gives up what is still open of a set; books set aside for it go to the next. Twice is once."""
    wish = ClassSet.objects.get(pk=class_set_id)
    # The last in the queue first: else a copy that becomes free would go to the next turn of the same set.
    waiting = wish.reservations.filter(state__in=ACTIVE).order_by("-state", "-placed_at", "-pk")
    for key in list(waiting.values_list("pk", flat=True)):
        cancel(reservation_id=key, by=by, at=at, reference=reference, reason=reason)
    _close_if_done(wish, at)
    return wish


def _close_if_done(wish: ClassSet, at: datetime) -> None:
    if not wish.reservations.filter(state__in=ACTIVE).exists():
        ClassSet.objects.filter(pk=wish.pk, closed_at=None).update(closed_at=at)
        wish.refresh_from_db(fields=["closed_at"])
