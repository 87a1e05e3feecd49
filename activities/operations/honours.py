"""The register of honours: a line is granted, corrected or taken back, never deleted."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Honour
from library_site.audit import act
from library_site.models import NumberSeries, User
from library_site.shared.problems import Problem, Refused

NO_REASON = Problem("no_reason", _("Say why."), field="reason")
REVOKED = Problem("revoked", _("This honour has already been taken back."))
NO_NAME = Problem("no_name", _("Say who is honoured."), field="name")
NO_AWARD = Problem("no_award", _("Say which award it is."), field="award")
CORRECTED = ("occasion", "award", "work", "name", "class_name", "teacher", "level", "awarded_on")


def grant_honour(
    *,
    occasion: str,
    award: str,
    awarded_on: date,
    name: str,
    level: str = Honour.Level.SCHOOL,
    class_name: str = "",
    reader_id: int | None = None,
    school_class_id: int | None = None,
    work: str = "",
    teacher: str = "",
    activity_id: int | None = None,
    result_id: int | None = None,
    proposal_id: int | None = None,
    by: User | None,
    at: datetime,
) -> Honour:
    """Enters a line into the register: part of the caller's act where there is one, else an act of its own.

    An honour of the school gets the next certificate number, of the year of `at`; those from outside have none of ours.
    Refused (`Refused`) without a name or an award. A result has one honour that stands, a proposal one for ever.
    """
    honour = Honour(
        occasion=occasion,
        award=award,
        level=level,
        awarded_on=awarded_on,
        name=name,
        class_name=class_name,
        reader_id=reader_id,
        school_class_id=school_class_id,
        work=work,
        teacher=teacher,
        activity_id=activity_id,
        result_id=result_id,
        proposal_id=proposal_id,
    )
    return grant_honours(honours=[honour], by=by, at=at)[0]


def grant_honours(*, honours: Sequence[Honour], by: User | None, at: datetime) -> list[Honour]:
    """As `grant_honour`, for lines that are not written yet: all of them or none, their numbers in this order."""
    for honour in honours:
        _tidy(honour)
    with _own_act("grant_honour", by):
        own = [honour for honour in honours if honour.level == Honour.Level.SCHOOL]
        for honour, number in zip(own, _next_numbers(len(own), at), strict=True):
            honour.number = number
        return Honour.objects.bulk_create(honours)


def _tidy(honour: Honour) -> None:
    for name in ("occasion", "award", "name", "work", "teacher"):
        setattr(honour, name, getattr(honour, name).strip())
    problems = [problem for text, problem in ((honour.name, NO_NAME), (honour.award, NO_AWARD)) if not text]
    if problems:
        raise Refused(problems)


def revoke_honour(*, honour_id: int, reason: str, by: User | None, at: datetime) -> Honour:
    """Takes an honour back: the line stays with the day and the reason, its number is not given again.

    Refused (`Refused`) without a reason, and the second time.
    """
    if not reason.strip():
        raise Refused([NO_REASON])
    with _own_act("revoke_honour", by):
        honour = _locked(honour_id)
        honour.revoked_on, honour.reason = timezone.localdate(at), reason.strip()
        honour.save(update_fields=["revoked_on", "reason"])
        return honour


def correct_honour(*, honour_id: int, values: Mapping[str, Any], by: User | None) -> Honour:
    """Corrects the words of a line; its number stays, and the history keeps what it said before.

    Refused (`Refused`) for one that was taken back.
    """
    with _own_act("correct_honour", by):
        honour = _locked(honour_id)
        for name in CORRECTED:
            setattr(honour, name, values.get(name, getattr(honour, name)))
        honour.save(update_fields=list(CORRECTED))
        return honour


def _locked(honour_id: int) -> Honour:
    honour = Honour.objects.select_for_update(of=("self",), no_key=True).get(pk=honour_id)
    if honour.revoked_on is not None:
        raise Refused([REVOKED])
    return honour


def hold_numbers() -> NumberSeries:
    """Locks the series of certificate numbers until the transaction ends: whoever grants or enters honours waits."""
    assert connection.in_atomic_block
    NumberSeries.objects.get_or_create(kind=NumberSeries.Kind.HONOUR)
    return NumberSeries.objects.select_for_update().get(kind=NumberSeries.Kind.HONOUR)


def _next_numbers(wanted: int, at: datetime) -> list[str]:
    """2026-0001 and on: the serial part goes on over the years, so that no two ever meet."""
    if not wanted:
        return []
    series = hold_numbers()
    first, series.next_value = series.next_value, series.next_value + wanted
    series.save(update_fields=["next_value"])
    return [f"{timezone.localdate(at).year}-{value:04d}" for value in range(first, first + wanted)]


@contextmanager
def _own_act(name: str, by: User | None) -> Iterator[None]:
    if connection.in_atomic_block:
        yield
        return
    with act(name, by=by):
        yield
