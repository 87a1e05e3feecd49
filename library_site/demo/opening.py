"""What the demo's school says about its year: sports day, recall dates, holiday lending, hours of its own."""

from datetime import date, time, timedelta

from circulation.models import Closure, HolidayLending, LoanPolicy, OpeningHours, RecallDate
from library_site.demo.calendar import OpenDays
from readers.models import Semester

WEEK = timedelta(days=7)
WORKING_WEEK = range(5)


def write_opening(open_days: OpenDays, *, since: date, today: date) -> None:
    """A sports day to come, on which books are due already; nothing here changes a figure of the past."""
    sports_day = open_days.on_or_after(today + timedelta(days=8))
    Closure.objects.create(starts_on=sports_day, ends_on=sports_day, reason="校运会")
    for semester in Semester.objects.select_related("school_year"):
        _write_end(semester, open_days)
    OpeningHours.objects.bulk_create(
        OpeningHours(category="student", weekday=day, opens=opens, closes=closes)
        for day in WORKING_WEEK
        for opens, closes in ((time(12), time(13)), (time(15, 40), time(17, 10)))
    )
    LoanPolicy.objects.create(
        category="student", material="bound", effective_from=since, max_loans=1, loan_days=7, max_renewals=0,
        overdue_cost=LoanPolicy.OverdueCost.SUSPENSION, grace_days=2,
    )  # fmt: skip


def _write_end(semester: Semester, open_days: OpenDays) -> None:
    """Everything is back ten days before the holidays, from graduating grades three weeks before."""
    for graduating, before in ((False, timedelta(days=10)), (True, 3 * WEEK)):
        if not graduating or semester.number == 2:
            on = open_days.on_or_after(semester.ends_on - before)
            RecallDate.objects.create(semester=semester, graduating=graduating, on=on)
    for category in ("student", "teacher"):
        HolidayLending.objects.create(semester=semester, category=category, opens_on=semester.ends_on - 2 * WEEK)
