"""Work in the background that circulation needs."""

from django.utils import timezone
from procrastinate.contrib.django import app

from circulation.operations.pickup_shelf import tidy
from circulation.operations.popularity import count_popularity
from circulation.operations.retention import forget_old
from circulation.queries.settings import forgotten_before
from library_site.models import User
from library_site.shared.reference import current_reference


# Twice a day, within the hours in which a school's PC is on.
@app.periodic(cron="20 8,16 * * *")
@app.task(name="circulation.count_popularity", queueing_lock="circulation.count_popularity")
def count_popularity_now(timestamp: int) -> None:
    """Brings the order of search hits up to date."""
    count_popularity(at=timezone.now())


# Before the first readers come. The pick-up shelf's page does the same when it is opened.
@app.periodic(cron="10 7 * * *")
@app.task(name="circulation.tidy_pickup_shelf", queueing_lock="circulation.tidy_pickup_shelf")
def tidy_pickup_shelf(timestamp: int) -> None:
    """What was not picked up goes to the next in the queue."""
    tidy(at=timezone.now(), reference=current_reference())


# Once a day within school hours: a PC that was off catches up the next day. Without anything old it is one look.
@app.periodic(cron="40 9 * * *")
@app.task(name="circulation.forget_old", queueing_lock="circulation.forget_old")
def forget_old_daily(timestamp: int) -> None:
    """Anonymises loans older than the school keeps them."""
    _forget(by_id=None)


@app.task(name="circulation.forget_old_now")
def forget_old_now(*, by_id: int) -> None:
    """The same, asked for on the page."""
    _forget(by_id=by_id)


def _forget(*, by_id: int | None) -> None:
    before = forgotten_before(current_reference(), timezone.localdate())
    if before is not None:
        by = User.objects.get(pk=by_id) if by_id else None
        forget_old(before=before, by=by, at=timezone.now())
