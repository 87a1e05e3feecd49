"""What is counted ahead, by hand; that figures are the same with it and without is shown by `test_recount`."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from circulation.models import CirculationEvent, Loan
from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.jobs import roll_up_hourly
from reports.models import BorrowerSpan, BorrowerTerm, CopyTerm, LoanDay, RolledTerm, RolledUp
from reports.operations.rollups import roll_up
from reports.queries.facts import facts_of
from reports.queries.rolled import rolled_up
from reports.queries.subjects import copies_lent, loans_by_class
from reports.queries.trends import by_month, by_week
from reports.rules.figures import Period
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 7)
NOON = timezone.make_aware(datetime.combine(MONDAY + timedelta(days=30), time(12)))
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def year():
    return make_school_year(2026)


@pytest.fixture
def pupil():
    return make_reader(school_class=make_class())


def lend(reader, day: date = MONDAY, *, recorded: datetime | None = None, **fields) -> Loan:
    at = timezone.make_aware(datetime.combine(day, time(12)))
    loan = make_loan(reader=reader, lent_at=at, **{"returned_at": at, **fields})
    event(loan, "checkout", recorded or at)
    return loan


def event(loan: Loan, kind: str, recorded: datetime, **fields) -> CirculationEvent:
    return CirculationEvent.objects.create(
        kind=kind, at=loan.lent_at, recorded_at=recorded, loan=loan, copy=loan.copy, **fields
    )


def roll(at: datetime = NOON) -> date:
    return roll_up(at=at, reference=current_reference())


def lent() -> int:
    period = Period.of(date(2026, 9, 1), date(2027, 1, 31), today=TODAY)
    return facts_of(period, reference=current_reference(), today=TODAY).all_loans


def everything() -> list:
    models = (LoanDay, BorrowerSpan, RolledTerm, BorrowerTerm, CopyTerm)
    hidden = {"id", "term_id"}
    return [
        sorted(str({k: v for k, v in row.items() if k not in hidden}) for row in model.objects.values())
        for model in models
    ]


def test_days_that_are_over_are_counted_up_to_today(pupil):
    lend(pupil)
    lend(pupil, TODAY)
    assert roll() == TODAY
    assert [(row.day, row.lent) for row in LoanDay.objects.all()] == [(MONDAY, 1)]
    assert (BorrowerTerm.objects.count(), CopyTerm.objects.count()) == (1, 1)
    spans = [(row.starts_on, row.ends_on, row.students) for row in BorrowerSpan.objects.order_by("ends_on")]
    week = (MONDAY, MONDAY + timedelta(days=6), 1)
    assert spans == [week, (date(2026, 9, 1), date(2026, 9, 30), 1)]
    assert lent() == 2


def test_counting_again_changes_nothing(pupil):
    lend(pupil)
    roll()
    before = everything()
    roll(NOON + timedelta(hours=1))
    assert everything() == before


def test_counting_month_by_month_and_day_by_day_is_the_same(pupil):
    for day in range(0, 30, 3):
        lend(pupil, MONDAY + timedelta(days=day))
    roll()
    at_once = everything()
    for model in (BorrowerTerm, CopyTerm, RolledTerm, LoanDay, BorrowerSpan, RolledUp):
        model.objects.all().delete()
    for day in range(31):
        roll(NOON - timedelta(days=30 - day))
    assert everything() == at_once


def test_loan_entered_later_makes_its_day_count_anew(pupil):
    lend(pupil)
    roll()
    lend(pupil, MONDAY, recorded=NOON + timedelta(hours=2))
    assert rolled_up().dirty == {MONDAY}
    assert lent() == 2
    roll(NOON + timedelta(hours=3))
    assert rolled_up().dirty == frozenset()
    assert (lent(), LoanDay.objects.get().lent) == (2, 2)


def test_loan_undone_later_no_longer_counts(pupil):
    loan = lend(pupil)
    roll()
    loan.voided_at = NOON + timedelta(hours=1)
    loan.save()
    event(loan, "undo", NOON + timedelta(hours=1), undoes=CirculationEvent.objects.get())
    assert lent() == 0
    roll(NOON + timedelta(hours=2))
    assert lent() == LoanDay.objects.count() == CopyTerm.objects.count() == BorrowerSpan.objects.count() == 0


def test_act_that_was_under_way_while_counting_is_not_lost(pupil):
    roll()
    lend(pupil, MONDAY, recorded=NOON - timedelta(minutes=2))
    assert lent() == 1


def test_changed_days_of_a_semester_are_counted_by_their_new_ones(pupil, year):
    lend(pupil, date(2026, 9, 3))
    lend(pupil)
    roll()
    Semester.objects.filter(school_year=year, number=1).update(starts_on=MONDAY)
    period = Period.of(MONDAY, date(2027, 1, 31), today=TODAY)
    assert copies_lent(period) == 1
    roll(NOON + timedelta(hours=1))
    assert [row.starts_on for row in RolledTerm.objects.all()] == [MONDAY]
    assert copies_lent(period) == CopyTerm.objects.count() == 1


def test_weeks_months_and_subjects_are_the_same_with_counts_made_ahead(pupil):
    for day in (date(2026, 9, 1), MONDAY, MONDAY + timedelta(days=1), date(2026, 9, 30), TODAY):
        lend(pupil, day)
        lend(make_reader(), day)
    period = Period.of(date(2026, 9, 1), date(2027, 1, 31), today=TODAY)
    asked = (by_week, by_month, loans_by_class, copies_lent)
    before = [question(period) for question in asked]
    roll()
    assert [question(period) for question in asked] == before
    assert sum(row.student_loans or 0 for row in before[0]) == 10


def test_library_without_loans_is_counted_too():
    assert roll() == TODAY
    assert rolled_up().until == TODAY


def test_counting_ahead_is_done_every_hour(pupil, time_machine):
    time_machine.move_to(NOON)
    lend(pupil)
    roll_up_hourly(int(NOON.timestamp()))
    assert LoanDay.objects.count() == 1
    assert ("reports.roll_up", "") in roll_up_hourly.blueprint.periodic_registry.periodic_tasks
