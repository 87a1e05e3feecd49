"""Work in the background that reports need."""

from django.utils import timezone
from procrastinate.contrib.django import app

from library_site.shared.reference import current_reference
from reports.operations.move_rollups import roll_moves
from reports.operations.rollups import roll_up
from reports.operations.snapshots import close_due_semesters


# Once a day within school hours: a PC that was off catches up the next day.
@app.periodic(cron="50 9 * * *")
@app.task(name="reports.close_semesters", queueing_lock="reports.close_semesters")
def close_semesters(timestamp: int) -> None:
    """Keeps the figures of semesters that are over for as long as the school waits for late corrections."""
    close_due_semesters(at=timezone.now(), reference=current_reference())


# Hourly: pages count what came since the last time themselves. Most times it is one look.
@app.periodic(cron="5 * * * *")
@app.task(name="reports.roll_up", queueing_lock="reports.roll_up", lock="reports.roll_up")
def roll_up_hourly(timestamp: int) -> None:
    """Counts days that are over ahead, so that reports stay fast after millions of loans."""
    roll_up(at=timezone.now(), reference=current_reference())
    roll_moves(at=timezone.now())
