"""What is to come back: by class and borrower, in one statement, nothing that is back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from circulation.models import HolidayLending, Loan, RecallDate, Reminder
from circulation.queries.overdue import Wanted, books_to_come_back, wanted_loans
from circulation.queries.recall import countdowns
from library_site.shared.reference import current_reference
from readers.models import Semester
from readers.queries.classes import classes_on
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_box, make_class_loan, make_loan
from tests.factories.desk import NOON
from tests.factories.readers import make_class, make_reader

TODAY = NOON.date()


def late_loan(reader, days=3, **fields):
    fields.setdefault("lent_at", NOON - timedelta(days=30))
    return make_loan(reader=reader, due_on=TODAY - timedelta(days=days), **fields)


def groups(**wanted):
    reference = current_reference()
    classes = classes_on(reference, TODAY)
    return books_to_come_back(Wanted(**wanted), classes=classes, reference=reference, today=TODAY)


def titles(found):
    return [[line.title for line in group.lines] for group in found]


def recall_on(day, **fields):
    return RecallDate.objects.create(semester=Semester.objects.get(number=1), on=day, **fields)


@pytest.mark.cases("OV-1")
def test_overdue_is_grouped_by_class_and_borrower_with_sums(library):
    zhang = make_reader("张三", school_class=library.school_class)
    other = make_reader("李四", school_class=make_class(2024, 2))
    late_loan(zhang, 3, copy=make_copy(title=make_title("甲", price="20.00")))
    late_loan(zhang, 9, copy=make_copy(title=make_title("乙", price="30.00"), price="12.50"))
    late_loan(other, 2, copy=make_copy(title=make_title("丙")))
    late_loan(make_reader("王老师", category="teacher"), 2, copy=make_copy(title=make_title("丁")))

    found = groups()
    assert [(group.name, group.books, group.days_late) for group in found] == [
        # The week of National Day and the Sunday do not count, the Saturday made up for it does.
        ("三(1)班", 2, 3),
        ("三(2)班", 1, 1),
        ("教师及其他读者", 1, 1),
    ]
    assert (str(found[0].price), found[0].borrowers[0].has_all_prices) == ("32.50", True)
    assert found[1].borrowers[0].has_all_prices is False


def test_what_is_due_today_or_back_or_undone_is_not_overdue(library):
    reader = make_reader(school_class=library.school_class)
    late_loan(reader, 0)
    late_loan(reader, returned_at=NOON)
    late_loan(reader, voided_at=NOON)
    assert groups() == []
    assert wanted_loans(Wanted(), TODAY).count() == 0


@pytest.mark.cases("OV-1")
def test_use_in_the_room_is_on_a_list_of_its_own(library):
    late_loan(make_reader(school_class=library.school_class), kind=Loan.Kind.ROOM)
    assert groups() == []


@pytest.mark.cases("OV-1")
def test_box_stands_under_its_class_and_a_book_lent_on_under_the_classmate_only(library):
    box = make_box("箱一", school_class=library.school_class)
    reader = make_reader("张三", school_class=library.school_class)
    due = TODAY - timedelta(days=3)
    kept, lent_on = (make_class_loan(box, library.school_class, due_on=due) for _number in range(2))
    late_loan(reader, copy=lent_on.copy, kind=Loan.Kind.CORNER)

    found = groups()
    assert [(borrower.name, len(borrower.lines)) for borrower in found[0].borrowers] == [
        ("张三", 1),
        ("班级图书角（箱一）", 1),
    ]
    assert {line.loan_id for line in found[0].lines} & {kept.pk, lent_on.pk} == {kept.pk}


def test_narrowed_by_class_days_reader_and_others(library):
    zhang = make_reader(school_class=library.school_class)
    teacher = make_reader(category="teacher")
    late_loan(zhang, 3, copy=make_copy(title=make_title("甲")))
    late_loan(zhang, 20, copy=make_copy(title=make_title("乙")))
    late_loan(teacher, 5, copy=make_copy(title=make_title("丙")))

    assert titles(groups(classes=[library.school_class.pk])) == [["乙", "甲"]]
    assert titles(groups(late_days=5)) == [["乙"], ["丙"]]
    assert titles(groups(reader_id=teacher.pk)) == [["丙"]]
    assert titles(groups(others=True)) == [["丙"]]
    assert groups(classes=[]) == []


def test_who_left_with_a_book_stands_under_others(library):
    gone = make_reader("走了", status="left")
    late_loan(gone)
    assert [(group.pk, group.borrowers[0].name) for group in groups()] == [(None, "走了")]


def test_reminders_are_counted_by_day_and_the_last_is_named(library):
    loan = late_loan(make_reader(school_class=library.school_class))
    for days, kind in ((8, "slip"), (1, "slip"), (1, "chat")):
        at = NOON - timedelta(days=days)
        Reminder.objects.create(loan=loan, kind=kind, at=at, day=at.date(), by=library.librarian)

    borrower = groups()[0].borrowers[0]
    assert (borrower.reminders, borrower.last_reminded.reminded_by) == (2, library.librarian.name)
    assert borrower.last_reminded.reminded_at == NOON - timedelta(days=1)
    assert titles(groups(reminders=2)) == titles(groups())
    assert groups(reminders=3) == []


@pytest.mark.parametrize("number", [1, 3])
def test_all_of_it_is_one_statement(library, number):
    for _number in range(number):
        reader = make_reader(school_class=make_class(2024, _number + 1))
        late_loan(reader)
        make_class_loan(make_box(), make_class(2024, 1), due_on=TODAY - timedelta(days=1))
    groups()
    with CaptureQueriesContext(connection) as captured:
        reference = current_reference()
        classes = classes_on(reference, TODAY)
        before = len(captured)
        books_to_come_back(Wanted(), classes=classes, reference=reference, today=TODAY)
    assert len(captured) - before == 1


@pytest.mark.cases("OV-5")
def test_recall_calls_in_all_that_is_out_by_its_day(library):
    recall_on(date(2027, 1, 15))
    reader = make_reader(school_class=library.school_class)
    make_loan(reader=reader, lent_at=NOON, due_on=date(2027, 3, 1))
    late_loan(reader)
    assert [line.back_by for line in groups(recall=True)[0].lines] == [TODAY - timedelta(days=3), date(2027, 1, 15)]


@pytest.mark.cases("OV-5")
def test_graduating_grade_is_called_in_earlier(library):
    recall_on(date(2027, 1, 15))
    recall_on(date(2026, 12, 20), graduating=True)
    due = date(2027, 1, 30)
    make_loan(reader=make_reader(school_class=make_class(2021, 1)), lent_at=NOON, due_on=due)
    make_loan(reader=make_reader(school_class=library.school_class), lent_at=NOON, due_on=due)
    assert [group.lines[0].back_by for group in groups(recall=True)] == [date(2027, 1, 15), date(2026, 12, 20)]


@pytest.mark.cases("OV-5")
def test_what_is_lent_for_the_holidays_is_not_called_in(library):
    recall_on(date(2027, 1, 15))
    semester = Semester.objects.get(number=1)
    HolidayLending.objects.create(semester=semester, category="student", opens_on=TODAY)
    reader = make_reader(school_class=library.school_class)
    make_loan(reader=reader, lent_at=NOON, due_on=date(2027, 2, 20))
    before = make_loan(reader=reader, lent_at=NOON - timedelta(days=1), due_on=date(2026, 11, 1))
    assert [line.loan_id for line in groups(recall=True)[0].lines] == [before.pk]


def test_without_a_recall_date_nothing_is_called_in(library):
    make_loan(reader=make_reader(school_class=library.school_class), lent_at=NOON)
    assert groups(recall=True) == []
    assert countdowns(current_reference(), TODAY) == []


def test_countdown_counts_open_days(library):
    recall_on(date(2026, 10, 19))
    row = countdowns(current_reference(), TODAY)[0]
    assert (row.days, row.open_days, row.graduating) == (7, 5, False)
