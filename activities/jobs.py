"""Work in the background that activities need."""

from django.utils import timezone
from procrastinate.contrib.django import app

from activities.operations.challenges import give_all_badges
from activities.operations.suggestions import settle_arrived
from library_site.shared.reference import current_reference


# Once a day within school hours; the pages of a challenge do the same for whoever looks.
@app.periodic(cron="30 12 * * *")
@app.task(name="activities.give_badges", queueing_lock="activities.give_badges")
def give_badges_daily(timestamp: int) -> None:
    """Gives the badges of the challenges that are on."""
    give_all_badges(reference=current_reference(), at=timezone.now())


# Once a day within school hours; the pages of suggestions do the same when they are opened.
@app.periodic(cron="50 12 * * *")
@app.task(name="activities.settle_suggestions", queueing_lock="activities.settle_suggestions")
def settle_suggestions_daily(timestamp: int) -> None:
    """Suggested books that came in are set to be on the shelf."""
    settle_arrived(at=timezone.now())
