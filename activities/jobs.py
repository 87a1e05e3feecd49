"""Work in the background that activities need."""

from django.utils import timezone
from procrastinate.contrib.django import app

from activities.operations.challenges import give_all_badges
from library_site.shared.reference import current_reference


# Once a day within school hours; the pages of a challenge do the same for whoever looks.
@app.periodic(cron="30 12 * * *")
@app.task(name="activities.give_badges", queueing_lock="activities.give_badges")
def give_badges_daily(timestamp: int) -> None:
    """Gives the badges of the challenges that are on."""
    give_all_badges(reference=current_reference(), at=timezone.now())
