"""Work in the background that circulation needs."""

from django.utils import timezone
from procrastinate.contrib.django import app

from circulation.operations.popularity import count_popularity


# Twice a day, within the hours in which a school's PC is on.
@app.periodic(cron="20 8,16 * * *")
@app.task(name="circulation.count_popularity", queueing_lock="circulation.count_popularity")
def count_popularity_now(timestamp: int) -> None:
    """Brings the order of search hits up to date."""
    count_popularity(at=timezone.now())
