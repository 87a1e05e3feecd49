"""The class table with all that stands beside the loans."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from circulation.models import CirculationEvent, Visit
from library_site.shared.reference import current_reference
from reports.queries.class_report import class_rows
from reports.queries.class_table import ClassRow, rows_of, table_json
from reports.queries.facts import facts_of
from reports.rules.figures import Period
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
    return class_rows(
        facts_of(period, reference=current_reference(), today=TODAY), reference=current_reference(), now=NOW
    )


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
    rows()
    reference = current_reference()
    facts = facts_of(SEMESTER, reference=reference, today=TODAY)
    with django_assert_num_queries(1):
        class_rows(facts, reference=reference, now=NOW)
