"""Counting while others count or lend."""

from datetime import datetime
from functools import partial

import pytest
from django.utils import timezone

from library_site.models import Role
from library_site.shared.reference import current_reference
from reports.models import Snapshot
from reports.operations.snapshots import close_semester
from tests.concurrency.test_desks import at_once
from tests.factories.calendar import make_semester
from tests.factories.readers import make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 10


def test_semester_closed_by_two_at_once_is_closed_once():
    librarian, reference = make_user(Role.LIBRARIAN), current_reference()
    for start_year in range(2000, 2000 + TRIES):
        make_school_year(start_year)
        semester = make_semester(1, start_year)
        at = timezone.make_aware(datetime(2026, 9, 1))
        close = partial(close_semester, semester_id=semester.pk, reason="", by=librarian, at=at, reference=reference)
        outcomes = at_once(close, close)
        assert ["reason_missing"] in outcomes
        assert Snapshot.objects.filter(semester=semester).count() == 1
