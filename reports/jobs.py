"""Work in the background that reports need."""

from django.utils import timezone
from procrastinate.contrib.django import app

from library_site.shared.reference import current_reference
from reports.operations.snapshots import close_due_semesters


# Once a day within school hours: a PC that was off catches up the next day.
@app.periodic(cron="50 9 * * *")
@app.task(name="reports.close_semesters", queueing_lock="reports.close_semesters")
def close_semesters(timestamp: int) -> None:
    """Keeps the figures of semesters that are over for as long as the school waits for late corrections."""
    close_due_semesters(at=timezone.now(), reference=current_reference())
