"""What the school says about its days, and what becomes of due dates given before."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from circulation.models import (
    CirculationEvent,
    Closure,
    DayOverride,
    HolidayLending,
    Loan,
    OpeningHours,
    RecallDate,
)
from circulation.operations.calendar import (
    drop_closure,
    enter_holidays,
    save_closure,
    save_hours,
    save_semester_end,
    set_day,
)
from circulation.operations.due_dates import move_due_dates
from circulation.operations.undo import undo_event
from circulation.queries.due_dates import due_on_closed_days, due_past_recall
from circulation.queries.settings import open_days
from circulation.rules.opening import SemesterEnd, Span
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.calendar import make_closure, make_semester
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_loan
from tests.factories.desk import lend, make_scan
from tests.factories.readers import make_reader

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 10, 12)
NOON = datetime(2026, 10, 12, 12, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
FRIDAY = date(2026, 10, 30)


def refused(act, **values):
    with pytest.raises(Refused) as refusal:
        act(**values)
    return [problem.code for problem in refusal.value.problems]


def is_open(day, **whose):
    return open_days(current_reference(), **whose).is_open(day)


def test_closure_is_entered_changed_and_taken_back(library):
    values = {"location": None, "starts_on": FRIDAY, "ends_on": FRIDAY, "reason": "校运会"}
    closure = save_closure(values=values, by=library.librarian)
    assert not is_open(FRIDAY)

    save_closure(closure_id=closure.pk, values={**values, "location": make_location("机房")}, by=library.librarian)
    assert is_open(FRIDAY)

    drop_closure(closure_id=closure.pk, by=library.librarian)
    drop_closure(closure_id=closure.pk, by=library.librarian)
    assert not Closure.objects.exists()


def test_word_on_a_day_goes_before_all_and_can_be_taken_back(library):
    holiday = date(2026, 10, 5)
    set_day(day=holiday, is_open=True, hours_of=0, reason="值班", by=library.librarian)
    assert is_open(holiday)

    set_day(day=holiday, is_open=False, by=library.librarian)
    assert DayOverride.objects.get().hours_of is None
    set_day(day=holiday, is_open=None, by=library.librarian)

    assert not DayOverride.objects.exists()
    assert not is_open(holiday)


def test_year_that_is_not_announced_is_entered_and_entered_again(library):
    closed = {date(2027, 10, n): "国庆节" for n in range(1, 8)}
    worked = {date(2027, 10, 9): "国庆节"}
    enter_holidays(closed=closed, worked=worked, by=library.librarian)
    enter_holidays(closed=closed, worked=worked, by=library.librarian)

    assert DayOverride.objects.count() == 8
    assert not is_open(date(2027, 10, 4))
    assert is_open(date(2027, 10, 9))


def test_day_cannot_be_off_and_worked(library):
    day = date(2027, 10, 1)
    assert refused(enter_holidays, closed={day: ""}, worked={day: ""}, by=library.librarian) == ["both"]
    assert not DayOverride.objects.exists()


def test_hours_of_one_room_and_category_leave_the_others(library):
    room = make_location("阅览室")
    noon = Span(2, time(12), time(13))

    save_hours(location_id=room.pk, category="student", spans=[noon], by=library.librarian)
    assert open_days(current_reference(), category="student", location_id=room.pk).weekdays == {2}
    assert OpeningHours.objects.filter(location=None).count() == 5

    save_hours(location_id=room.pk, category="student", spans=[], by=library.librarian)
    assert open_days(current_reference(), category="student", location_id=room.pk).weekdays == set(range(5))


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        ([], "never_open"),
        ([Span(0, time(9), time(8))], "hours_order"),
        ([Span(0, time(9), time(11)), Span(0, time(10), time(12))], "hours_overlap"),
    ],
)
def test_hours_that_make_no_sense_are_refused(library, spans, code):
    assert refused(save_hours, location_id=None, category="", spans=spans, by=library.librarian) == [code]
    assert OpeningHours.objects.count() == 5


def end_semester(library, recall_on=date(2027, 1, 22), graduating_on=None, **lending):
    save_semester_end(
        semester=make_semester(),
        end=SemesterEnd(recall_on, graduating_on, lending),
        reference=current_reference(),
        by=library.librarian,
    )


def test_end_of_a_semester_is_set_and_changed(library):
    end_semester(library, graduating_on=date(2027, 1, 15), student=date(2027, 1, 11), teacher=date(2027, 1, 11))
    end_semester(library, recall_on=date(2027, 1, 21), student=date(2027, 1, 12))

    assert list(RecallDate.objects.values_list("on", "graduating")) == [(date(2027, 1, 21), False)]
    assert list(HolidayLending.objects.values_list("category", "opens_on")) == [("student", date(2027, 1, 12))]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"recall_on": date(2027, 3, 1)}, "outside_semester"),
        ({"recall_on": date(2027, 1, 23)}, "recall_closed"),
        ({"graduating_on": date(2027, 1, 25)}, "graduating_later"),
        ({"recall_on": None, "student": date(2027, 1, 11)}, "no_recall"),
        ({"student": date(2026, 8, 1)}, "outside_semester"),
    ],
)
def test_end_of_a_semester_that_makes_no_sense_is_refused(library, values, code):
    assert code in refused(end_semester, library=library, **values)
    assert not RecallDate.objects.exists()


def move(library, within=None):
    return move_due_dates(
        today=MONDAY, within=within, by=library.librarian, at=NOON, reference=current_reference(), address=None
    )


def test_due_dates_on_a_new_closure_are_listed_and_moved_on_request(library):
    copy = make_copy()
    closed, other = make_loan(copy=copy, due_on=FRIDAY), make_loan(due_on=FRIDAY - timedelta(1))
    back = make_loan(due_on=FRIDAY, returned_at=NOON + timedelta(days=9), lent_at=NOON)
    make_closure(FRIDAY)

    groups = due_on_closed_days(current_reference(), MONDAY)
    assert [(group.due_on, group.loans, group.new_due) for group in groups] == [(FRIDAY, 1, FRIDAY + timedelta(3))]
    assert move(library) == 1
    assert move(library) == 0

    due = dict(Loan.objects.values_list("pk", "due_on"))
    assert due == {closed.pk: FRIDAY + timedelta(3), other.pk: FRIDAY - timedelta(1), back.pk: FRIDAY}
    event = CirculationEvent.objects.get()
    assert (event.kind, event.by, event.details) == (
        "due_moved",
        library.librarian,
        {"due_on": ["2026-10-30", "2026-11-02"]},
    )


def test_closure_of_one_room_moves_the_books_of_that_room_only(library):
    room = make_location("少儿室")
    here = make_loan(copy=make_copy(location=room), due_on=FRIDAY)
    make_loan(reader=make_reader(), due_on=FRIDAY)
    make_closure(FRIDAY, location=room)

    assert move(library) == 1
    assert Loan.objects.exclude(due_on=FRIDAY).get() == here


def test_due_dates_outside_the_days_asked_for_and_past_ones_stay(library):
    make_loan(due_on=FRIDAY)
    make_loan(due_on=MONDAY - timedelta(1), lent_at=NOON - timedelta(days=20))
    make_closure(FRIDAY)

    assert move(library, within=(MONDAY, FRIDAY - timedelta(1))) == 0
    assert move(library, within=(FRIDAY, FRIDAY)) == 1


def test_moved_dates_cost_one_statement_however_many_loans(library, django_assert_num_queries):
    make_closure(FRIDAY)
    reference = current_reference()
    due_on_closed_days(reference, MONDAY)
    for _n in range(3):
        make_loan(due_on=FRIDAY)

    with django_assert_num_queries(1):
        assert due_on_closed_days(reference, MONDAY)[0].loans >= 1


def test_books_lent_before_that_are_due_after_the_recall_date_are_counted(library):
    make_loan(due_on=date(2027, 1, 25))
    make_loan(due_on=date(2027, 1, 22))
    make_loan(due_on=date(2027, 2, 10))
    assert due_past_recall(current_reference(), make_semester()) == 0

    end_semester(library)

    assert due_past_recall(current_reference(), make_semester()) == 1


@pytest.mark.cases("UN-10")
def test_due_date_that_moved_keeps_nobody_from_undoing(library):
    copy, at = make_copy(), timezone.now()
    event = lend(copy, make_reader(), library.librarian, at=at)
    due_on = Loan.objects.get().due_on
    make_closure(due_on)
    reference = current_reference()
    move_due_dates(today=at.date(), within=None, by=library.librarian, at=at, reference=reference, address=None)
    moved = CirculationEvent.objects.get(kind="due_moved")
    assert Loan.objects.get().due_on > due_on

    undo_event(event_id=moved.pk, by=library.librarian, at=at, scan=make_scan())
    assert Loan.objects.get().due_on == due_on
    undo_event(event_id=event.pk, by=library.librarian, at=at, scan=make_scan())
    assert Loan.objects.get().voided_at is not None
