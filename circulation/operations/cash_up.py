"""Counting the cash box: what the entries say, and what is in it."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from circulation.models import CashUp
from circulation.operations.payments import hold_cash_box
from circulation.queries.cash import cash_box
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

COUNTED_MEANWHILE = Problem("counted_meanwhile", _("The box was counted meanwhile."), _("See that count below."))
NO_NOTE = Problem("no_note", _("Count and entries differ: note why, or that it is not known."), field="note")
NEGATIVE = Problem("negative", _("A count is nothing or more."), field="counted")


def count_cash(*, counted: Decimal, note: str, after: int | None, by: User | None, at: datetime) -> CashUp:
    """Writes a count of the box (yuan) beside what the entries since the last one say, and returns it.

    `after` is the last count that the page knew. Payments wait while this is written: what comes later falls on the
    next count. Refused (`Refused`) if somebody else counted since, and for a difference without a note.
    """
    with act("count_cash", by=by):
        hold_cash_box()
        box = cash_box()
        if (box.last.pk if box.last else None) != after:
            raise Refused([COUNTED_MEANWHILE])
        if problems := _problems(counted, box.expected, note):
            raise Refused(problems)
        return CashUp.objects.create(
            until_entry=box.until, expected=box.expected, counted=counted, note=note.strip()[:200], by=by, at=at
        )


def _problems(counted: Decimal, expected: Decimal, note: str) -> list[Problem]:
    if counted < 0:
        return [NEGATIVE]
    return [NO_NOTE] if counted != expected and not note.strip() else []
