"""Prizes that are entered by hand: won outside the school, or before the system was there."""

from collections.abc import Iterable
from datetime import date, datetime

from activities.models import Honour
from activities.operations.honours import grant_honour, hold_numbers
from activities.queries.winners import ENTERED, FOUND, UNKNOWN, winners
from library_site.audit import act
from library_site.models import User
from library_site.shared.reference import Reference


def enter_honours(
    *,
    text: str,
    occasion: str,
    award: str,
    level: str,
    awarded_on: date,
    teacher: str,
    activity_id: int | None,
    as_written: bool,
    reference: Reference,
    by: User | None,
    at: datetime,
) -> list[Honour]:
    """Enters the winners of a list into the register; those that stand there already are passed over.

    Nobody is entered while a line cannot be: one that means several people or has no award, and, unless `as_written`,
    one that means nobody known. Nothing is entered twice, however often the list is sent.
    """
    with act("enter_honours", by=by):
        hold_numbers()
        rows = winners(text, award=award, occasion=occasion, on=awarded_on, reference=reference)
        if not can_enter((row.state for row in rows), as_written=as_written):
            return []
        return [
            grant_honour(
                occasion=occasion,
                award=row.line.award,
                level=level,
                awarded_on=awarded_on,
                name=row.name,
                class_name=row.class_name,
                reader_id=row.reader_id,
                school_class_id=row.class_id,
                work=row.line.work,
                teacher=teacher,
                activity_id=activity_id,
                by=by,
                at=at,
            )
            for row in rows
            if row.state != ENTERED
        ]


def can_enter(states: Iterable[str], *, as_written: bool) -> bool:
    """Whether lines in these states can all be entered."""
    allowed = {FOUND, ENTERED, UNKNOWN} if as_written else {FOUND, ENTERED}
    return set(states) <= allowed
