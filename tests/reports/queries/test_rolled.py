from datetime import date, datetime

import pytest
from django.utils import timezone

from reports.models import RolledUp
from reports.queries.rolled import NOTHING, Rolled, consistently

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(datetime(2026, 11, 2, 9))


def test_month_counted_ahead_meanwhile_by_the_same_run_is_read_again():
    """A run that catches up bears one moment, however many months it counts one after another."""
    row = RolledUp.objects.create(pk=1, until=date(2026, 10, 1), at=AT)
    seen: list[date | None] = []

    def read(rolled: Rolled) -> date | None:
        seen.append(rolled.until)
        RolledUp.objects.filter(pk=row.pk).update(until=date(2026, 11, 1))
        return rolled.until

    assert consistently(read) == date(2026, 11, 1)
    assert seen == [date(2026, 10, 1), date(2026, 11, 1)]


def test_count_that_never_comes_to_rest_is_made_from_the_loans():
    row = RolledUp.objects.create(pk=1, until=date(2026, 1, 1), at=AT)

    def read(rolled: Rolled) -> Rolled:
        if rolled.until is not None:
            RolledUp.objects.filter(pk=row.pk).update(until=date(rolled.until.year + 1, 1, 1))
        return rolled

    assert consistently(read) == NOTHING
