"""The work log says what was done on each day, and the same numbers as every other report."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Copy
from circulation.models import Visit
from circulation.operations.copy_state import change_copy_state
from circulation.operations.losses import mend, report_damage
from circulation.operations.payments import pay, refund, take_back_entry, take_back_receipt
from circulation.operations.renewal import renew
from circulation.operations.undo import undo_event
from library_site.models import Role
from library_site.shared.reference import current_reference
from reports.queries.facts import facts_of
from reports.queries.figures import FIGURES
from reports.queries.worklog import work_of
from reports.rules.figures import Period
from reports.rules.worklog import Work, by_month, total_of, worth_a_line
from tests.factories.catalog import make_copy
from tests.factories.charges import make_charge
from tests.factories.circulation import make_box, make_class_loan, make_loan, make_opening_hours, make_policy
from tests.factories.desk import NOON, lend, loan_of, make_scan, take_back
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.reports import make_care
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
MONDAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def librarian(db):
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=5, loan_days=14)
    return make_user(Role.LIBRARIAN)


@pytest.fixture
def pupil(librarian):
    return make_reader(school_class=make_class())


def log(first: date = date(2026, 10, 1), last: date = date(2026, 10, 31)) -> dict[date, Work]:
    rows = work_of(Period.of(first, last, today=last), reference=current_reference())
    return {row.first: row.work for row in rows}


def test_loans_returns_and_renewals_count_on_their_day(librarian, pupil):
    first, second = make_copy(), make_copy()
    lend(first, pupil, librarian)
    lend(second, pupil, librarian)
    take_back(first, librarian, NOON + DAY)
    renew(loan_id=loan_of(second).pk, by=librarian, at=NOON + DAY, reference=current_reference(), scan=make_scan())
    days = log()
    assert (days[MONDAY].lent, days[MONDAY].returned, days[MONDAY].renewed) == (2, 0, 0)
    assert (days[MONDAY + DAY].lent, days[MONDAY + DAY].returned, days[MONDAY + DAY].renewed) == (0, 1, 1)


def test_what_was_undone_was_not_done(librarian, pupil):
    kept, undone = make_copy(), make_copy()
    lend(kept, pupil, librarian)
    checkout = lend(undone, pupil, librarian)
    undo_event(event_id=checkout.pk, by=librarian, at=NOON, scan=make_scan())
    back = take_back(kept, librarian, NOON)
    undo_event(event_id=back.pk, by=librarian, at=NOON, scan=make_scan())
    assert (log()[MONDAY].lent, log()[MONDAY].returned) == (1, 0)


def test_class_loans_and_use_in_the_room_are_counted_apart(librarian, pupil):
    school_class = make_class()
    box = make_box(school_class=school_class)
    make_class_loan(box, school_class, lent_at=NOON)
    make_loan(reader=pupil, kind="room", lent_at=NOON)
    make_loan(reader=pupil, kind="corner", box=box, lent_at=NOON)
    work = log()[MONDAY]
    assert (work.lent, work.class_lent, work.in_room) == (1, 1, 1)


def test_days_before_the_first_loan_and_visit_are_unknown_and_not_zero(librarian, pupil):
    make_loan(reader=pupil, lent_at=NOON)
    Visit.objects.create(kind="card", at=NOON + DAY, reader=pupil)
    days = log()
    assert days[MONDAY - DAY] == Work(new_copies=0, care=0)
    assert (days[MONDAY].lent, days[MONDAY].cash, days[MONDAY].visits) == (1, 0, None)
    assert (days[MONDAY + DAY].lent, days[MONDAY + DAY].visits) == (0, 1)


def test_visits_leave_out_the_electronic_room_and_voided_ones(librarian):
    Visit.objects.create(kind="class", at=NOON, heads=40, school_class=make_class())
    Visit.objects.create(kind="class", at=NOON, heads=30, school_class=make_class(), is_electronic=True)
    Visit.objects.create(kind="card", at=NOON, voided_at=NOON)
    assert log()[MONDAY].visits == 40


def test_cash_is_what_came_in_less_what_was_paid_back(librarian, pupil):
    make_loan(reader=pupil, lent_at=NOON - 5 * DAY)
    charge, wrong = make_charge(pupil, "28.00"), make_charge(pupil, "5.00")
    done = {"by": librarian, "at": NOON}
    pay(reader_id=pupil.pk, charge_ids=[charge.pk], amount=Decimal(28), **done)
    taken_back = pay(reader_id=pupil.pk, charge_ids=[wrong.pk], amount=Decimal(5), **done)
    take_back_receipt(receipt_id=taken_back.pk, reason="打错", by=librarian, at=NOON)
    refund(charge_id=charge.pk, amount=Decimal("8.50"), reason="找到了", by=librarian, at=NOON + DAY)
    assert (log()[MONDAY].cash, log()[MONDAY + DAY].cash) == (Decimal("28.00"), Decimal("-8.50"))


def test_new_copies_count_on_the_day_they_were_acquired_whatever_became_of_them(librarian):
    make_copy(acquired_on=MONDAY)
    gone = make_copy(acquired_on=MONDAY)
    make_copy(acquired_on=None)
    change_copy_state(copy_id=gone.pk, state="withdrawn", by=librarian, at=NOON)
    assert log()[MONDAY].new_copies == 2


def test_room_care_is_counted(librarian):
    make_care("fire", on=MONDAY)
    make_care("rat", on=MONDAY)
    assert log()[MONDAY].care == 2


class TestMended:
    """History is written by the database's own clock, so these are of today."""

    def mended(self) -> int | None:
        today = timezone.localdate()
        return log(today, today)[today].mended

    def change(self, copy, by, *states):
        for state in states:
            change_copy_state(copy_id=copy.pk, state=state, by=by, at=timezone.now())

    @pytest.fixture(autouse=True)
    def a_loan_before(self, pupil):
        make_loan(reader=pupil, lent_at=timezone.now() - DAY)

    def test_copy_that_came_back_from_repair_counts_once_a_day(self, librarian):
        copy, other = make_copy(), make_copy()
        self.change(copy, librarian, "in_repair", "on_shelf", "in_repair", "on_shelf")
        self.change(other, librarian, "in_repair", "on_shelf", "missing")
        assert self.mended() == 2

    def test_copy_still_in_repair_or_withdrawn_from_there_was_not_mended(self, librarian):
        self.change(make_copy(), librarian, "in_repair")
        self.change(make_copy(), librarian, "in_repair", "withdrawn")
        self.change(make_copy(), librarian, "missing", "on_shelf")
        assert self.mended() == 0

    def test_book_mended_by_its_reader_counts_until_it_is_taken_back(self, librarian, pupil):
        copy = make_copy(state="in_repair")
        charge = make_charge(pupil, "5.00", kind="damage", copy=copy, at=timezone.now())
        entry = mend(charge_id=charge.pk, by=librarian, at=timezone.now())
        assert Copy.objects.get(pk=copy.pk).state == Copy.State.ON_SHELF
        assert self.mended() == 1
        take_back_entry(entry_id=entry.pk, reason="没补好", by=librarian, at=timezone.now())
        assert self.mended() == 0

    def test_damage_that_was_undone_mended_nothing(self, librarian, pupil):
        now, copy = timezone.now(), make_copy()
        lend(copy, pupil, librarian, now)
        take_back(copy, librarian, now)
        event = report_damage(
            loan_id=loan_of(copy).pk, amount=Decimal(0), details={}, to_repair=True, by=librarian, at=now,
            scan=make_scan(),
        )  # fmt: skip
        undo_event(event_id=event.pk, by=librarian, at=now, scan=make_scan())
        assert Copy.objects.get(pk=copy.pk).state == Copy.State.ON_SHELF
        assert self.mended() == 0


def test_months_add_up_to_the_days_and_to_the_figures_of_the_reports(librarian, pupil):
    for n in (0, 1, 1, 20, 40, 77):
        make_loan(
            reader=pupil,
            lent_at=NOON + n * DAY,
            returned_at=NOON + n * DAY,
            copy=make_copy(acquired_on=MONDAY + n * DAY),
        )
        Visit.objects.create(kind="card", at=NOON + n * DAY, reader=pupil, heads=n + 1)
    period = Period.of(date(2026, 9, 1), date(2027, 1, 31), today=date(2027, 3, 1))
    days = work_of(period, reference=current_reference())
    months = by_month(days, period.months())
    assert [month.work.lent for month in months] == [None, 3, 2, 1, 0]
    total = total_of(row.work for row in months)
    assert total == total_of(row.work for row in days)
    facts = facts_of(period, reference=current_reference(), today=date(2027, 3, 1))
    figures = {code: FIGURES[code](facts).value for code in ("all_loans", "visits", "additions")}
    assert (total.lent, total.visits, total.new_copies) == (
        figures["all_loans"], figures["visits"], figures["additions"],
    )  # fmt: skip


def test_closed_day_has_a_line_only_where_something_was_done(librarian, pupil):
    saturday = MONDAY + 5 * DAY
    make_loan(reader=pupil, lent_at=NOON + 5 * DAY)
    rows = work_of(Period.of(MONDAY, MONDAY + 6 * DAY, today=date(2026, 12, 1)), reference=current_reference())
    shown = [(row.first, row.is_open) for row in rows if worth_a_line(row)]
    assert shown == [*((MONDAY + n * DAY, True) for n in range(5)), (saturday, False)]


@pytest.mark.parametrize("hour", ["00:00:00", "23:59:59"])
def test_days_end_by_the_schools_clock(librarian, pupil, hour):
    make_loan(reader=pupil, lent_at=datetime.fromisoformat(f"2026-10-12T{hour}+08:00"))
    assert {day for day, work in log().items() if work.lent} == {MONDAY}
