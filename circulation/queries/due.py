"""By when a book is due back, by calendar, timetable and recall dates. No statement once they are cached."""

from datetime import date, timedelta

from circulation.models import LoanPolicy
from circulation.queries.calendar import calendar
from circulation.queries.timetable import next_borrowing_day
from circulation.rules.due import Due, NextPeriod, due, is_after_recall
from library_site.shared.reference import Reference


def due_for(
    reference: Reference,
    *,
    category: str,
    class_id: int | None,
    policy: LoanPolicy,
    lent_on: date,
    location_id: int | None = None,
) -> date:
    """The day by which a book lent on `lent_on` is back; `location_id` is the room that the book belongs to."""
    return due_because(
        reference,
        category=category,
        class_id=class_id,
        loan_days=policy.loan_days,
        aligns=policy.aligns_to_period,
        lent_on=lent_on,
        location_id=location_id,
    ).on


def due_because(
    reference: Reference,
    *,
    category: str,
    class_id: int | None,
    loan_days: int,
    aligns: bool,
    lent_on: date,
    location_id: int | None = None,
) -> Due:
    """As `due_for`, with the reason; for a loan that keeps its own term (renewal) as well."""
    days = calendar(reference)
    return due(
        lent_on=lent_on,
        loan_days=loan_days,
        open_days=days.open_days(location_id, category),
        recalls=days.recalls(category, class_id),
        next_period=_next_period(reference, class_id) if aligns and class_id is not None else None,
    )


def _next_period(reference: Reference, class_id: int) -> NextPeriod:
    return lambda day: next_borrowing_day(reference, class_id=class_id, after=day - timedelta(days=1))


def after_recall(reference: Reference, *, category: str, class_id: int | None, lent_on: date) -> bool:
    """Whether the recall date is over and no holiday lending open for the category: nothing more is lent."""
    return is_after_recall(lent_on=lent_on, recalls=calendar(reference).recalls(category, class_id))
