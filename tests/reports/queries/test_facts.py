"""The counts are checked against a slow recount in plain Python on made-up schools."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circulation.models import Loan
from library_site.shared.figures import ratio
from library_site.shared.reference import current_reference
from readers.models import ClassMembership, Reader, SchoolClass
from readers.queries.classes import classes_on
from reports.queries.class_table import ClassRow, class_table
from reports.queries.facts import Facts
from reports.queries.facts import facts_of as facts_of_period
from reports.queries.figures import books_per_student, borrowing_rate, circulation_rate
from reports.rules.figures import Period
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_box, make_class_loan, make_loan
from tests.factories.readers import make_class, make_reader, make_school_year

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 9, 1), date(2027, 1, 31)
SEMESTER = Period.of(FIRST, LAST, today=date(2027, 3, 1))


def facts_of(period: Period) -> Facts:
    return facts_of_period(period, reference=current_reference(), today=period.until)


def moment(day: date, at: time = time(12)) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def lend(reader: Reader, day: date, school_class: SchoolClass | None = None, **fields: object) -> Loan:
    at = moment(day)
    return make_loan(reader=reader, school_class=school_class, lent_at=at, **{"returned_at": at, **fields})


def table(facts: Facts) -> list[ClassRow]:
    return class_table(facts, classes_on(current_reference(), FIRST))


def made_up_school(pick: random.Random) -> None:
    make_school_year(2026)
    make_location("阅览室", circulates=False)
    classes = [make_class(entry, number) for entry in (2024, 2026) for number in (1, 2)]
    readers = [_reader(pick, classes) for _ in range(pick.randrange(1, 12))]
    for _ in range(pick.randrange(0, 8)):
        make_copy(
            location=make_location(pick.choice(["流通书库", "阅览室"])),
            state=pick.choice(["on_shelf", "missing", "lost", "withdrawn"]),
            acquired_on=pick.choice([None, LAST, LAST + timedelta(days=1)]),
        )
    for _ in range(pick.randrange(0, 40)):
        day = FIRST + timedelta(days=pick.randrange(-3, (LAST - FIRST).days + 4))
        ended = {"voided_at": moment(day)} if pick.random() < 0.2 else {}
        lend(pick.choice(readers), day, pick.choice([*classes, None]), renewals=pick.randrange(3), **ended)


def _reader(pick: random.Random, classes: list[SchoolClass]) -> Reader:
    reader = make_reader(category=pick.choice(["student", "student", "student", "teacher"]))
    moved = FIRST + timedelta(days=pick.randrange(0, 200))
    if reader.category == "student":
        first, second = pick.choice(classes), pick.choice(classes)
        ClassMembership.objects.create(reader=reader, school_class=first, since=date(2024, 9, 1), until=moved)
        if pick.random() < 0.7:
            ClassMembership.objects.create(reader=reader, school_class=second, since=moved)
    return reader


def in_semester(loan: Loan) -> bool:
    return loan.voided_at is None and FIRST <= timezone.localtime(loan.lent_at).date() <= LAST


@pytest.mark.parametrize("seed", range(25))
def test_counts_are_those_of_a_slow_recount(seed):
    made_up_school(random.Random(seed))
    loans = [loan for loan in Loan.objects.all() if in_semester(loan)]
    of_students = [loan for loan in loans if loan.category == "student"]
    enrolled = [
        member
        for member in ClassMembership.objects.select_related("reader")
        if member.reader.category == "student" and member.since <= LAST and (not member.until or member.until > LAST)
    ]

    facts = facts_of(SEMESTER)

    assert facts.all_loans == len(loans)
    assert facts.student_loans == len(of_students)
    assert facts.borrowers == len({loan.reader_id for loan in of_students})
    assert facts.students == len({member.reader_id for member in enrolled})
    for school_class, counts in facts.classes.items():
        own = [loan for loan in of_students if loan.school_class_id == school_class]
        assert counts.loans == len(own)
        assert len(counts.borrowers) == len({loan.reader_id for loan in own})
        assert counts.students == len([member for member in enrolled if member.school_class_id == school_class])


@pytest.mark.parametrize("seed", range(25))
def test_rows_of_the_table_add_up(seed):
    made_up_school(random.Random(seed))
    facts = facts_of(SEMESTER)
    rows = table(facts)
    *parts, total = rows
    single = [row for row in parts if row.kind in ("class", "other")]
    assert (total.kind, total.students, total.loans) == ("total", facts.students, facts.student_loans)
    assert total.borrowers == facts.borrowers <= sum(row.borrowers for row in single)
    assert sum(row.loans for row in single) == facts.student_loans
    assert sum(row.students for row in single) == facts.students
    for grade in (row for row in rows if row.kind == "grade"):
        own = [row for row in rows if row.kind == "class" and row.grade == grade.grade]
        assert grade.loans == sum(row.loans for row in own)


def test_circulating_collection_is_what_may_be_taken_home():
    make_copy(acquired_on=LAST)
    make_copy(state="in_repair")
    make_copy(state="missing")
    make_copy(state="lost")
    make_copy(state="withdrawn")
    make_copy(acquired_on=LAST + timedelta(days=1))
    make_copy(location=make_location("阅览室", circulates=False))
    assert facts_of(SEMESTER).circulating_copies == 3


def test_figures_divide_what_they_name():
    make_school_year(2026)
    school_class = make_class()
    reader, _idle, _third = (make_reader(school_class=school_class) for _ in range(3))
    lend(reader, date(2026, 10, 8), school_class)
    lend(reader, date(2026, 10, 9), school_class)
    lend(make_reader(category="teacher"), date(2026, 10, 9))
    facts = facts_of(SEMESTER)
    assert [
        (figure.numerator, figure.denominator, figure.value)
        for figure in (books_per_student(facts), circulation_rate(facts), borrowing_rate(facts))
    ] == [(2, 3, Decimal("0.67")), (3, 3, Decimal("100.00")), (1, 3, Decimal("33.33"))]


def test_figure_of_an_empty_school_is_unknown_and_not_zero():
    facts = facts_of(SEMESTER)
    assert books_per_student(facts) is circulation_rate(facts) is borrowing_rate(facts) is None


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent", "value"),
    [
        (1, 8, False, "0.13"),
        (1, 200, False, "0.01"),
        (2, 3, True, "66.67"),
        (0, 5, True, "0.00"),
        (3, 2, True, "150.00"),
    ],
)
def test_ratio_is_rounded_half_up_to_two_decimals(numerator, denominator, percent, value):
    assert str(ratio(numerator, denominator, percent=percent)) == value


def test_loans_of_the_first_and_last_day_count_by_local_time():
    reader = make_reader()
    for at in (moment(FIRST, time(0)), moment(LAST, time(23, 59))):
        make_loan(reader=reader, lent_at=at, returned_at=at)
    for at in (moment(FIRST - timedelta(days=1), time(23, 59)), moment(LAST + timedelta(days=1), time(0))):
        make_loan(reader=reader, lent_at=at, returned_at=at)
    assert facts_of(SEMESTER).student_loans == 2


def test_running_semester_counts_students_of_today():
    old, new = make_class(number=1), make_class(number=2)
    reader = make_reader(school_class=old)
    ClassMembership.objects.filter(reader=reader).update(until=date(2026, 12, 1))
    ClassMembership.objects.create(reader=reader, school_class=new, since=date(2026, 12, 1))
    running = facts_of(Period.of(FIRST, LAST, today=date(2026, 11, 30)))
    assert {key: counts.students for key, counts in running.classes.items()} == {old.pk: 1}
    assert {key: counts.students for key, counts in facts_of(SEMESTER).classes.items()} == {new.pk: 1}


def test_pupil_who_left_is_not_enrolled():
    make_reader(school_class=make_class(), status="left", left_on=date(2026, 12, 1))
    assert facts_of(SEMESTER).students == 0
    assert facts_of(Period.of(FIRST, LAST, today=date(2026, 11, 30))).students == 1


def test_moving_class_changes_no_past_figure():
    make_school_year(2026)
    old, new = make_class(number=1), make_class(number=2)
    reader = make_reader(school_class=old)
    lend(reader, date(2026, 10, 8), old)
    before = table(facts_of(SEMESTER))
    ClassMembership.objects.filter(reader=reader).update(until=date(2027, 2, 10))
    ClassMembership.objects.create(reader=reader, school_class=new, since=date(2027, 2, 10))
    assert table(facts_of(SEMESTER)) == before
    assert [(row.name, row.loans) for row in before if row.kind == "class"] == [("三(1)班", 1)]


def test_borrower_in_two_classes_counts_once_in_grade_and_school():
    make_school_year(2026)
    old, new = make_class(number=1), make_class(number=2)
    reader = make_reader(school_class=new)
    lend(reader, date(2026, 10, 8), old)
    lend(reader, date(2026, 12, 8), new)
    rows = table(facts_of(SEMESTER))
    assert [(row.kind, row.borrowers) for row in rows] == [("class", 1), ("class", 1), ("grade", 1), ("total", 1)]


def test_forgotten_readers_are_still_counted():
    reader = make_reader()
    lend(reader, date(2026, 10, 8))
    lend(reader, date(2026, 10, 9))
    Loan.objects.update(reader=None)
    assert facts_of(SEMESTER).borrowers == 1


def test_statements_do_not_grow_with_loans():
    make_school_year(2026)
    statements = []
    for place in range(3):
        school_class = make_class(number=place + 1)
        lend(make_reader(school_class=school_class), date(2026, 10, 8), school_class)
        with CaptureQueriesContext(connection) as asked:
            facts_of(SEMESTER)
        statements.append(len(asked))
    assert len(set(statements)) == 1


@pytest.mark.cases("CB-1", "CB-7")
def test_kinds_of_loans_are_kept_apart():
    make_school_year(2026)
    school_class = make_class()
    pupil = make_reader(school_class=school_class)
    box = make_box(school_class=school_class)
    lend(pupil, FIRST, school_class)
    lend(pupil, FIRST, school_class, kind="corner", box=box)
    lend(pupil, FIRST, school_class, kind="room")
    for _number in range(3):
        make_class_loan(box, school_class, lent_at=moment(FIRST))
    facts = facts_of(SEMESTER)
    assert (facts.student_loans, facts.all_loans, facts.borrowers) == (2, 2, 1)
    assert (facts.corner_loans, facts.class_loans, facts.room_uses) == (1, 3, 1)
    assert facts.classes[school_class.pk].loans == 2
