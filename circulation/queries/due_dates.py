"""Due dates already given that fall on days which have become closed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from circulation.models import Loan
from circulation.models.loans import OPEN
from circulation.queries.calendar import calendar
from library_site.shared.reference import Reference
from readers.models import Semester


@dataclass(frozen=True)
class DueGroup:
    """Open loans due on the same closed day, and the open day to which they would move."""

    due_on: date
    category: str
    location_id: int
    location: str
    loans: int
    new_due: date


def due_on_closed_days(
    reference: Reference, today: date, *, within: tuple[date, date] | None = None
) -> Sequence[DueGroup]:
    """Those from today on, the first due first; `within` a first and a last day. One statement.

    Open is what is open to the readers' category in the books' room. Days past are left alone: being late counts from
    the first open day after them.
    """
    rows = Loan.objects.filter(OPEN, due_on__gte=max(today, within[0]) if within else today)
    if within:
        rows = rows.filter(due_on__lte=within[1])
    days = calendar(reference)
    found = []
    columns = ("due_on", "category", "copy__location_id", "copy__location__name")
    for *group, loans in rows.values_list(*columns).annotate(loans=Count("pk")).order_by(*columns):
        due_on, category, location_id, location = group
        open_days = days.open_days(location_id, category)
        new_due = open_days.on_or_after(due_on)
        if new_due != due_on:
            found.append(DueGroup(due_on, category, location_id, location, loans, new_due))
    return found


def due_past_recall(reference: Reference, semester: Semester) -> int:
    """How many open loans are due after the semester's recall date although the holidays are not theirs. One statement.

    They were lent before the date was set; whoever calls everything back finds them on the recall list.
    """
    days = calendar(reference)
    rows = Loan.objects.filter(OPEN, due_on__gt=semester.starts_on, due_on__lt=days.next_start(semester))
    columns = ("due_on", "category", "school_class_id")
    late = 0
    for due_on, category, class_id, loans in rows.values_list(*columns).annotate(loans=Count("pk")).order_by():
        ends = [recall for recall in days.recalls(category, class_id) if recall.until >= due_on]
        late += loans if ends and min(ends, key=lambda recall: recall.on).on < due_on else 0
    return late
