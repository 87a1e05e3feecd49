"""Counting while others count or lend."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone

from library_site.models import Role
from library_site.shared.reference import current_reference
from reports.models import LoanDay, Snapshot
from reports.operations.rollups import roll_up
from reports.operations.snapshots import close_semester
from reports.queries.facts import facts_of
from reports.queries.subjects import copies_lent
from reports.rules.figures import Period
from tests.concurrency.test_desks import at_once
from tests.factories.calendar import make_semester
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import NOON, lend
from tests.factories.readers import make_class, make_reader, make_school_year
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


def test_counting_ahead_while_two_desks_lend_loses_no_loan(time_machine):
    """The desks key in a sheet of yesterday, so that what they lend belongs to days that are being counted."""
    time_machine.move_to(NOON)
    semester, helper = make_semester(1, 2026), make_user(Role.HELPER)
    make_policy(max_loans=50)
    make_opening_hours()
    school_class, reference = make_class(), current_reference()
    readers = [make_reader(school_class=school_class) for _number in range(2)]
    period = Period.of(semester.starts_on, semester.ends_on, today=NOON.date())
    for turn in range(TRIES):
        copies = [make_copy() for _number in range(2)]
        desks = [partial(lend, *pair, helper, NOON - timedelta(days=1)) for pair in zip(copies, readers, strict=True)]
        roll = partial(roll_up, at=NOON + timedelta(minutes=turn), reference=reference)
        at_once(*desks, roll, roll)
        facts = facts_of(period, reference=reference, today=NOON.date())
        assert facts.all_loans == facts.copies_lent == copies_lent(period) == 2 * (turn + 1)
        assert facts.borrowers == 2
    roll_up(at=NOON + timedelta(hours=1), reference=reference)
    assert LoanDay.objects.get().lent == 2 * TRIES
