"""The semester's end: by when everything is back, and how long that is."""

from dataclasses import dataclass
from datetime import date

from circulation.queries.calendar import calendar
from circulation.rules.due import Recall
from library_site.shared.reference import Reference
from readers.queries.classes import semester_on


@dataclass(frozen=True)
class Countdown:
    """Days until a recall date, calendar days and open ones; negative once it is over."""

    on: date
    days: int
    open_days: int
    graduating: bool


def recall_of(reference: Reference, *, category: str, class_id: int | None, today: date) -> Recall | None:
    """The recall that concerns a reader now: the nearest whose semester is not over; None if none is entered."""
    recalls = calendar(reference).recalls(category, class_id)
    return min((one for one in recalls if one.until >= today), key=lambda one: one.on, default=None)


def countdowns(reference: Reference, today: date) -> list[Countdown]:
    """The recall dates of the semester that runs, the nearest first. No statement once the calendar is cached."""
    semester, days = semester_on(reference, today), calendar(reference)
    open_days = days.open_days(None, "")
    rows = [row for row in days.recall_dates if semester and row.semester_id == semester.pk]
    return [
        Countdown(row.on, (row.on - today).days, open_days.count(after=today, until=row.on), row.graduating)
        for row in sorted(rows, key=lambda row: row.on)
    ]
