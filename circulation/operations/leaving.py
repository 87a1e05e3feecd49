"""Leaving the school, alone or as a grade: only with nothing outstanding, or by an exception with its reason."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from circulation.models import Loan
from circulation.models.loans import OPEN
from circulation.operations.desk import local_day
from circulation.operations.reservation import end_turns_of, take_turns_up
from circulation.queries.balances import owed
from circulation.rules.reservations import LEFT
from library_site.audit import act
from library_site.models import Role, User
from library_site.shared.problems import Problem, Refused
from library_site.shared.reference import current_reference
from readers.models import Card, ClassMembership, ClassTeacher, Reader, Turn, TurnReader
from readers.operations.turns import keep_turn, lock_readers, states_of, take_back, undo_problems


def leave(
    *,
    kind: str,
    leaving: Collection[int],
    day: date,
    by: User | None,
    at: datetime,
    staying: Mapping[int, int] | None = None,
    stays_from: date | None = None,
    reasons: Mapping[int, str] | None = None,
    address: str | None = None,
) -> Turn:
    """Those of `leaving` who have nothing outstanding leave on `day`, the first day no longer at the school.

    Who has a book out or owes money stays as they are, unless `reasons` ({reader: why}) makes an exception, which
    counts only from a librarian. A leaver's class ends, their card counts as handed in, what they wait for is
    cancelled, their data and what they owe stay. `staying` are {reader: class} of those who go on to another class of
    the school from `stays_from` on. Refused if that moves nobody at all.
    """
    staying, reasons = staying or {}, _granted(reasons or {}, by)
    with act(f"leave.{kind}", by=by, address=address):
        readers = lock_readers({*leaving, *staying})
        present = {pk for pk, reader in readers.items() if reader.status == Reader.Status.ACTIVE}
        before = states_of(present)
        out = _with_books(leaving) | owed(leaving).keys()
        gone = sorted(pk for pk in present.intersection(leaving) if pk not in out or pk in reasons)
        moved = {pk: new for pk, new in staying.items() if pk in present and _class_of(before[pk]) != new}
        if not gone and not moved:
            raise Refused(
                [
                    Problem(
                        "nobody_leaves",
                        _("Nobody of these can leave: books are out, money is owed, or they have left."),
                    )
                ]
            )
        _write_leavers(gone, day, card_day=local_day(at))
        _write_moves(moved, stays_from or day)
        end_turns_of(gone, at=at, reference=current_reference(), reason=LEFT)
        changed = {pk: before[pk] for pk in [*gone, *moved]}
        return keep_turn(
            kind=kind, day=day, at=at, by=by, before=changed, reasons={pk: reasons[pk] for pk in out & reasons.keys()}
        )


def _granted(reasons: Mapping[int, str], by: User | None) -> dict[int, str]:
    if by is None or not by.has_role(Role.LIBRARIAN):
        return {}
    return {pk: reason.strip()[:200] for pk, reason in reasons.items() if reason.strip()}


def _with_books(reader_ids: Collection[int]) -> set[int]:
    rows = Loan.objects.filter(OPEN, reader__in=reader_ids).values_list("reader_id", flat=True)
    return {pk for pk in rows if pk is not None}


def _class_of(state: dict[str, Any]) -> int | None:
    return state["membership"][1] if state["membership"] else None


def _write_leavers(gone: Collection[int], day: date, *, card_day: date) -> None:
    Reader.objects.filter(pk__in=gone).update(status=Reader.Status.LEFT, left_on=day)
    _close_stays(gone, day)
    led = ClassTeacher.objects.filter(reader__in=gone, until=None)
    led.update(until=Greatest("since", day))
    cards = Card.objects.filter(reader__in=gone, status=Card.Status.VALID)
    cards.update(status=Card.Status.RETURNED, ended_on=Greatest("issued_on", card_day))


def _write_moves(moved: Mapping[int, int], day: date) -> None:
    _close_stays(moved, day)
    ClassMembership.objects.bulk_create(
        [ClassMembership(reader_id=pk, school_class_id=new, since=day) for pk, new in sorted(moved.items())]
    )


def _close_stays(readers: Collection[int], day: date) -> None:
    """A stay that begins after the day ends on its own first day."""
    ClassMembership.objects.filter(reader__in=list(readers), until=None).update(until=Greatest("since", day))


def undo_turn(*, turn_id: int, by: User | None, at: datetime, address: str | None = None) -> Turn:
    """Takes a whole roster, graduation or leaving back: every reader is as before, newcomers are gone again.

    Refused once something was built on it: a book lent since to somebody it moved, a later change of one of them,
    another roster.
    """
    with act("undo_turn", by=by, address=address):
        turn = Turn.objects.select_for_update(of=("self",)).get(pk=turn_id)
        rows = list(TurnReader.objects.filter(turn=turn).order_by("reader_id"))
        lock_readers(row.reader_id for row in rows if row.reader_id)
        if problems := [*undo_problems(turn, rows), *_lent_since(turn, rows)]:
            raise Refused(problems)
        take_back(turn, rows, by=by, at=at)
        take_turns_up([row.reader_id for row in rows if row.reader_id], ended_at=turn.at, reason=LEFT)
        return turn


def _lent_since(turn: Turn, rows: Collection[TurnReader]) -> list[Problem]:
    """Loans carry the class of their day, so whoever borrowed in the new one cannot be moved back unseen."""
    moved = [row.reader_id for row in rows if _stay(row.before) != _stay(row.after)]
    lent = Loan.objects.filter(reader__in=moved, lent_at__gte=turn.at, voided_at=None)
    names = list(lent.order_by("reader__name").values_list("reader__name", flat=True).distinct()[:6])
    if not names:
        return []
    text = " ".join(str(name) for name in names[:5]) + (" …" if len(names) > 5 else "")
    return [Problem("lent_since", _("Books were lent since to: %(names)s.") % {"names": text})]


def _stay(state: dict[str, Any] | None) -> Any:
    return state["membership"] if state else None
