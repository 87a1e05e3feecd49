"""Class boxes (班级图书箱): making them, giving them to a class, filling, emptying, keeping them for longer.

Order of locks: boxes by pk, then copies by pk, then loans.
"""

import itertools
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models import Box, BoxStay, CirculationEvent, Loan
from circulation.models.loans import OPEN
from circulation.operations.checkout import granted, put_on_shelf
from circulation.operations.desk import Scan, local_day, lock_copy, record, recorded
from circulation.queries.box_terms import COLLECTIVE, box_terms
from circulation.queries.loans import open_loans
from circulation.queries.queue import turns_of
from circulation.rules.boxes import NOWHERE, Filling, filling_problems
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, standing, violated
from library_site.shared.reference import Reference

NAME_TAKEN = Problem("box_name_taken", _("Another box has this name."), field="name")
IN_USE = Problem(
    "box_in_use", _("The box stands with a class, or books are out in it."), _("Take it back first."),
    field="is_retired",
)  # fmt: skip
RETIRED = Problem("box_retired", _("This box is no longer used."), _("Take it into use again first."))
ELSEWHERE = Problem("box_elsewhere", _("The box stands with another class."), _("Take it back, or swap boxes."))
BOOKS_MISSING = Problem("books_missing", _("Books of the box are not back."), _("Look at what is missing first."))


def save_box(
    *, box_id: int | None = None, values: Mapping[str, Any], by: User | None, address: str | None = None
) -> Box:
    """Makes or changes a box: `name`, `capacity`, `is_retired`.

    Refused for a name that another box has, and to retire one that stands with a class or whose books are out.
    """
    try:
        with act("save_box", by=by, address=address):
            box = lock_boxes([box_id])[box_id] if box_id else Box()
            if values.get("is_retired") and box.pk and (stay_of(box.pk) or _open(box.pk).exists()):
                raise Refused([IN_USE])
            for column in ("name", "capacity", "is_retired"):
                if column in values:
                    setattr(box, column, values[column])
            box.save()
            return box
    except IntegrityError as error:
        if violated(error) != "box_name_unique":
            raise
        raise Refused([NAME_TAKEN]) from error


def place_box(*, box_id: int, class_id: int, day: date, by: User | None, address: str | None = None) -> BoxStay:
    """The box stands with the class from `day` on; asked twice, once.

    Refused for a box that is no longer used, or stands with another class.
    """
    with act("place_box", by=by, address=address):
        box = lock_boxes([box_id])[box_id]
        stay = stay_of(box_id)
        if stay is not None and stay.school_class_id == class_id:
            return stay
        problems = [RETIRED] if box.is_retired else []
        if problems := [*problems, *([ELSEWHERE] if stay else [])]:
            raise Refused(problems)
        return BoxStay.objects.create(box=box, school_class_id=class_id, since=day)


def class_pile(*, class_id: int, name: str, day: date, by: User | None, address: str | None = None) -> Box:
    """The box of this name for a pile of books lent in the class's name at once (集体借阅), made where there is none.

    One that stands with another class, or is no longer used, is passed over for one with a number behind the name.
    """
    with act("class_pile", by=by, address=address):
        for number in itertools.count(1):
            box, _made = Box.objects.get_or_create(name=name if number == 1 else f"{name} {number}")
            box = lock_boxes([box.pk])[box.pk]
            stay = stay_of(box.pk)
            if stay is None and not box.is_retired:
                BoxStay.objects.create(box=box, school_class_id=class_id, since=day)
                return box
            if stay is not None and stay.school_class_id == class_id:
                return box
        raise AssertionError(name)


def end_stay(
    *, box_id: int, day: date, missing_is_known: bool, by: User | None, address: str | None = None
) -> list[Loan]:
    """The box is back in the library; returns the loans of what is missing, which stay with the class.

    Refused while books are missing, unless `missing_is_known`. Asked twice, once.
    """
    with act("end_box_stay", by=by, address=address):
        lock_boxes([box_id])
        stay = stay_of(box_id)
        if stay is None:
            return []
        missing = list(_present(stay))
        if missing and not missing_is_known:
            raise Refused([BOOKS_MISSING])
        _end(stay, day)
        return missing


def put_in(
    *,
    box_id: int,
    copy_id: int,
    by: User | None,
    at: datetime,
    reference: Reference,
    overrides: Collection[str] = (),
    reason: str = "",
    scan: Scan | None = None,
) -> CirculationEvent:
    """Lends the copy in the name of the class that the box stands with; the same scan sent twice does so once.

    Refuses (`Refused`) with every standing problem; `overrides` count only for a librarian who gives a `reason`.
    """
    try:
        with transaction.atomic(durable=True):
            box = lock_boxes([box_id])[box_id]
            copy = lock_copy(copy_id)
            if before := recorded(scan):
                return before
            stay = stay_of(box_id)
            filling = Filling(
                box=box,
                class_id=stay.school_class_id if stay else None,
                held=_present(stay).count() if stay else 0,
                copy=copy,
                loans=open_loans(copies=[copy_id]),
                turns=turns_of(title_id=copy.title_id, copy_id=copy_id, reader_id=None),
            )
            problems = filling_problems(filling)
            if standing(problems, granted(overrides, reason, by)):
                raise Refused(problems)
            assert filling.class_id is not None
            loan = _lend(filling, filling.class_id, by=by, at=at, reference=reference)
            details: dict[str, Any] = {"box": box.name}
            if problems:
                details |= {"overrides": [problem.code for problem in problems], "reason": reason}
            if copy.state != copy.State.ON_SHELF:
                details["state"] = [copy.state, copy.State.ON_SHELF]
                put_on_shelf(copy, by=by)
            return record(CirculationEvent.Kind.CHECKOUT, loan, by=by, at=at, scan=scan, details=details)
    except IntegrityError as error:
        if violated(error) != "loan_one_open_per_copy":
            raise
        raise Refused([Problem("copy_is_out", _("This book is on loan."), _("Take it back first."))]) from error


def _lend(filling: Filling, class_id: int, *, by: User | None, at: datetime, reference: Reference) -> Loan:
    loan = class_loan(
        copy_id=filling.copy.pk, box_id=filling.box.pk, class_id=class_id, by=by, at=at, reference=reference
    )
    others = _open(filling.box.pk).filter(school_class_id=class_id, due_on__gte=local_day(at))
    loan.due_on = others.order_by("-due_on").values_list("due_on", flat=True).first() or loan.due_on
    loan.copy = filling.copy
    loan.save(force_insert=True)
    return loan


def class_loan(
    *, copy_id: int, box_id: int, class_id: int, by: User | None, at: datetime, reference: Reference
) -> Loan:
    """An unsaved loan in the class's name. Its borrower key is its own: a class is no borrower to be counted."""
    terms = box_terms(reference, class_id=class_id, day=local_day(at))
    return Loan(
        kind=Loan.Kind.CLASS,
        copy_id=copy_id,
        borrower_key=uuid4(),
        category=COLLECTIVE,
        school_class_id=class_id,
        box_id=box_id,
        lent_at=at,
        due_on=terms.due_on,
        loan_days=terms.loan_days,
        max_renewals=terms.max_renewals,
        policy=terms.policy,
        lent_by=by,
    )


def extend_box(*, box_id: int, due_on: date, by: User | None, at: datetime, scan: Scan | None = None) -> int:
    """All books that the class has in the box are due on `due_on`; returns how many were due on another day.

    Each is recorded as a renewal. Refused for a day that is over.
    """
    if due_on < local_day(at):
        raise Refused([Problem("due_before_today", _("This day is over."), field="due_on")])
    with transaction.atomic(durable=True):
        lock_boxes([box_id])
        stay = stay_of(box_id)
        if stay is None:
            raise Refused([NOWHERE])
        lock_copies_of([box_id])
        loans = list(_present(stay).exclude(due_on=due_on).order_by("pk"))
        for loan in loans:
            details = {"due_on": [loan.due_on.isoformat(), due_on.isoformat()]}
            loan.due_on, loan.renewals = due_on, loan.renewals + 1
            loan.save(update_fields=["due_on", "renewals"])
            record(CirculationEvent.Kind.RENEWAL, loan, by=by, at=at, scan=scan, details=details)
        return len(loans)


def lock_boxes(box_ids: Iterable[int]) -> dict[int, Box]:
    """The boxes, locked by pk to the end of the transaction. Raises `Box.DoesNotExist` where one is not on record."""
    wanted = set(box_ids)
    rows = Box.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    found = {box.pk: box for box in rows}
    if len(found) < len(wanted):
        raise Box.DoesNotExist
    return found


def stay_of(box_id: int) -> BoxStay | None:
    """Where the box stands now."""
    return BoxStay.objects.filter(box_id=box_id, until=None).first()


def _end(stay: BoxStay, day: date) -> None:
    stay.until = max(day, stay.since)
    stay.save(update_fields=["until"])


def lock_copies_of(box_ids: Collection[int]) -> None:
    """Locks, by pk, the copies that are out in these boxes; what is out is to be read again after it."""
    held = Loan.objects.filter(OPEN, box__in=box_ids, kind=Loan.Kind.CLASS).values("copy_id")
    list(Copy.objects.select_for_update(no_key=True).filter(pk__in=held).order_by("pk").values_list("pk"))


def _open(box_id: int) -> QuerySet[Loan]:
    return Loan.objects.filter(OPEN, box_id=box_id, kind=Loan.Kind.CLASS)


def _present(stay: BoxStay) -> QuerySet[Loan]:
    """What the class has in the box; what is still missing from a class before is not in it."""
    return _open(stay.box_id).filter(school_class_id=stay.school_class_id)
