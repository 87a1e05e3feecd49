"""The class table with all that stands beside the loans."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from circulation.models import CirculationEvent, Visit
from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.models import Snapshot
from reports.queries.class_months import class_months
from reports.queries.class_report import class_report, class_rows
from reports.queries.class_table import ClassRow, row_differences, rows_of, table_json
from reports.queries.contest import MEASURES, contest_of
from reports.queries.facts import class_counts, facts_of
from reports.rules.figures import Period
from reports.rules.snapshots import kept_days
from tests.factories.circulation import make_box, make_loan, make_opening_hours
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.timetable import MORNING, make_period

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)
NOW = timezone.make_aware(datetime.combine(TODAY, time(16)))
SEMESTER = Period.of(date(2026, 9, 1), date(2027, 1, 31), today=TODAY)
SEPTEMBER = Period.of(date(2026, 9, 1), date(2026, 9, 30), today=TODAY)


@pytest.fixture
def school_class():
    make_school_year(2026)
    make_opening_hours()
    return make_class()


def rows(period: Period = SEMESTER) -> list[ClassRow]:
    return class_rows(class_counts(period), reference=current_reference(), now=NOW)


def kinds(period: Period = SEMESTER) -> dict[str, ClassRow]:
    return {row.kind: row for row in rows(period)}


def lend(school_class, day: date, **fields):
    at = timezone.make_aware(datetime.combine(day, time(12)))
    fields = {"reader": fields.get("reader") or make_reader(school_class=school_class), **fields}
    return make_loan(school_class=school_class, lent_at=at, due_on=day + timedelta(days=7), **fields)


def test_late_lost_and_corner_stand_beside_the_loans_of_a_class(school_class):
    day = date(2026, 9, 7)
    lend(school_class, day, returned_at=timezone.make_aware(datetime.combine(day + timedelta(days=8), time(9))))
    lend(school_class, day)
    lend(
        school_class, day, kind="corner", box=make_box(school_class=school_class), returned_at=NOW - timedelta(days=30)
    )
    lost = lend(school_class, day)
    CirculationEvent.objects.create(kind="lost", at=NOW, loan=lost, copy=lost.copy)

    row = kinds()["class"]

    assert (row.loans, row.corner, row.late, row.lost, row.late_rate) == (4, 1, 2, 1, Decimal("50.00"))
    assert kinds()["grade"].late == kinds()["total"].late == 2


def test_missed_periods_stand_beside_the_loans_of_a_class(school_class):
    make_period(school_class, slot=MORNING, valid_from=date(2026, 9, 14))
    make_visit = partial(Visit.objects.create, kind=Visit.Kind.CLASS, school_class=school_class)
    make_visit(at=timezone.make_aware(datetime.combine(date(2026, 9, 14), MORNING[0])))
    make_reader(school_class=school_class)
    make_reader(school_class=make_class(number=2))
    lend(school_class, date(2026, 9, 1))

    found = {row.name or row.kind: (row.missed, row.due) for row in rows(SEPTEMBER)}

    assert found == {"三(1)班": (2, 3), "三(2)班": (None, None), "grade": (2, 3), "total": (2, 3)}


def test_month_counts_its_own_loans_only(school_class):
    lend(school_class, date(2026, 9, 30))
    lend(school_class, date(2026, 10, 8))
    assert (kinds(SEPTEMBER)["class"].loans, kinds()["class"].loans) == (1, 2)


def test_teachers_are_counted_together_below_the_total(school_class):
    teacher = make_reader(category="teacher")
    make_reader(category="teacher", left_on=date(2026, 9, 2), status="left")
    make_loan(reader=teacher, lent_at=NOW - timedelta(days=3))
    lend(school_class, date(2026, 9, 7))

    found = kinds()

    assert (found["teacher"].students, found["teacher"].loans, found["teacher"].borrowers) == (1, 1, 1)
    assert found["total"].loans == 1
    assert "staff" not in found


def test_use_in_the_room_makes_no_row(school_class):
    lend(school_class, date(2026, 9, 7), kind="room", reader=make_reader())
    assert [row.kind for row in rows()] == ["total"]


def test_table_comes_back_from_a_snapshot_as_it_was(school_class):
    make_period(school_class)
    lend(school_class, date(2026, 9, 7))
    make_reader(category="teacher")
    before = rows()
    assert rows_of(json.loads(json.dumps(table_json(before)))) == before


def test_what_an_older_snapshot_did_not_keep_is_unknown():
    row = rows_of([{"name": "三(1)班", "grade": "三", "kind": "class", "students": 2, "loans": 1, "borrowers": 1}])[0]
    assert (row.corner, row.late, row.late_rate, row.missed) == (None, None, None, None)


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow_with_classes(school_class, number, django_assert_num_queries):
    for place in range(number):
        lend(make_class(number=place + 1), date(2026, 9, 7))
    reference = current_reference()
    rows()
    with django_assert_num_queries(8):
        class_rows(class_counts(SEMESTER), reference=reference, now=NOW)


def test_rows_are_those_of_all_facts(school_class):
    lend(school_class, date(2026, 9, 7))
    make_loan(reader=make_reader(category="staff"), lent_at=NOW - timedelta(days=3))
    reference = current_reference()
    facts = facts_of(SEMESTER, reference=reference, today=TODAY)
    assert class_rows(facts, reference=reference, now=NOW) == rows()


def test_before_the_first_loan_nothing_is_known_and_nothing_is_0(school_class):
    make_reader(school_class=school_class)
    make_reader(category="teacher")
    make_period(school_class)
    assert {(row.loans, row.borrowers, row.per_student, row.late, row.missed) for row in rows()} == {(None,) * 5}
    assert kinds()["class"].students == 1


def test_closed_semester_shows_what_was_reported_and_a_recount_beside(school_class):
    lend(school_class, date(2026, 9, 7))
    semester = Semester.objects.get(starts_on=date(2026, 9, 1))
    tables = {"period": kept_days(SEMESTER), "classes": table_json(rows())}
    Snapshot.objects.create(semester=semester, taken_at=NOW, figures={}, tables=tables)
    lend(school_class, date(2026, 9, 8))

    asked = partial(class_report, SEMESTER, semester=semester, reference=current_reference(), now=NOW)

    assert (asked().total.loans, asked().differences) == (1, None)
    found = asked(recount=True)
    assert found.total.loans == 1
    lines = {(line.row.kind, str(line.name)): (line.kept, line.counted) for line in found.differences}
    assert lines["class", "外借册数"] == (1, 2)
    assert lines["total", "学生人数"] == (1, 2)


def test_recount_of_what_has_not_changed_shows_no_difference(school_class):
    lend(school_class, date(2026, 9, 7))
    assert row_differences(rows(), rows()) == []


def test_months_of_a_class_add_up_to_its_loans(school_class):
    reader = make_reader(school_class=school_class)
    for day in (date(2026, 9, 7), date(2026, 9, 30), date(2026, 10, 8)):
        lend(school_class, day, reader=reader)
    months = class_months(school_class.pk, SEMESTER, reference=current_reference(), now=NOW)
    assert [(month.first, month.row.loans, month.row.borrowers) for month in months] == [
        (date(2026, 9, 1), 2, 1),
        (date(2026, 10, 1), 1, 1),
    ]


def test_contest_orders_each_grade_and_shares_places(school_class):
    second, third, other = make_class(number=2), make_class(number=3), make_class(2026, 1)
    for place in (school_class, second, other):
        lend(place, date(2026, 9, 7))
    make_reader(school_class=third)
    grades = contest_of([row for row in rows() if row.kind == "class"], MEASURES["per_student"], whole=False)
    assert [(group.grade, [(line.row.name, line.place) for line in group.lines]) for group in grades] == [
        ("一", [("一(1)班", 1)]),
        ("三", [("三(1)班", 1), ("三(2)班", 1), ("三(3)班", 3)]),
    ]


def test_contest_of_lateness_is_won_by_the_least_and_who_borrowed_nothing_has_no_place(school_class):
    late, idle = make_class(number=2), make_class(number=3)
    day = date(2026, 9, 7)
    lend(school_class, day, returned_at=NOW - timedelta(days=30))
    lend(late, day)
    make_reader(school_class=idle)
    (school,) = contest_of([row for row in rows() if row.kind == "class"], MEASURES["late"], whole=True)
    assert [(line.row.name, line.place) for line in school.lines] == [("三(1)班", 1), ("三(2)班", 2), ("三(3)班", None)]
