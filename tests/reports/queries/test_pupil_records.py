"""The pupils' reading records for the term report."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from circulation.models import RetentionRun, Visit
from library_site.shared.reference import current_reference
from readers.models import ClassMembership
from readers.queries.classes import classes_on
from reports.queries.pupil_records import pupil_records
from reports.rules.figures import Period
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_box, make_loan
from tests.factories.readers import make_class, make_reader, make_school_year

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)
SEMESTER = Period.of(date(2026, 9, 1), date(2027, 1, 31), today=TODAY)


@pytest.fixture
def school_class():
    make_school_year(2026)
    return make_class()


def at(day, clock=time(12)):
    return timezone.make_aware(datetime.combine(day, clock))


def lend(reader, day=date(2026, 9, 7), **fields):
    return make_loan(reader=reader, lent_at=at(day), **fields)


def records(*, titles=False, period=SEMESTER):
    classes = classes_on(current_reference(), period.starts_on)
    return pupil_records(classes, period, titles=titles)


def pupils(**asked):
    return {row.name: row for one in records(**asked).classes for row in one.pupils}


def visit(reader, day, **fields):
    return Visit.objects.create(kind=Visit.Kind.CARD, at=at(day), reader=reader, category="student", **fields)


def test_books_are_those_that_reports_count(school_class):
    reader = make_reader("甲", school_class=school_class)
    lend(reader, renewals=1)
    lend(reader, kind="corner", box=make_box(school_class=school_class))
    lend(reader, kind="room")
    lend(reader, voided_at=at(TODAY))
    lend(reader, date(2026, 8, 31))
    make_reader("乙", school_class=school_class)
    assert {name: (row.loans, row.corner) for name, row in pupils().items()} == {"甲": (2, 1), "乙": (0, 0)}


def test_days_are_counted_once_each_and_electronic_or_voided_visits_are_none(school_class):
    reader = make_reader("甲", school_class=school_class)
    for day in (date(2026, 9, 7), date(2026, 9, 7), date(2026, 9, 8)):
        visit(reader, day)
    visit(reader, date(2026, 9, 9), voided_at=at(TODAY))
    visit(reader, date(2026, 9, 10), is_electronic=True)
    make_reader("乙", school_class=school_class)
    assert {name: row.days for name, row in pupils().items()} == {"甲": 2, "乙": 0}


def test_days_are_unknown_where_nobody_is_counted_by_card(school_class):
    make_reader("甲", school_class=school_class)
    Visit.objects.create(kind=Visit.Kind.CLASS, at=at(TODAY), school_class=school_class, heads=40)
    assert pupils()["甲"].days is None


def test_titles_are_read_only_where_they_are_switched_on(school_class):
    reader = make_reader("甲", school_class=school_class)
    first, second = (make_copy(title=make_title(name)) for name in ("稻草人", "草房子"))
    for number, copy in enumerate([first, second, first]):
        lend(reader, date(2026, 9, 7) + timedelta(days=number), copy=copy, returned_at=at(TODAY))
    assert pupils()["甲"].titles == []
    assert pupils(titles=True)["甲"].titles == ["稻草人", "草房子"]


def test_loans_go_with_the_pupil_into_another_class(school_class):
    old = make_class(number=2)
    reader = make_reader("甲", school_class=school_class, since=date(2026, 9, 20))
    ClassMembership.objects.create(reader=reader, school_class=old, since=date(2024, 9, 1), until=date(2026, 9, 20))
    lend(reader, school_class=old)
    assert {one.name: [(row.name, row.loans) for row in one.pupils] for one in records().classes} == {
        "三(1)班": [("甲", 1)],
        "三(2)班": [],
    }


def test_pupils_are_those_of_the_periods_last_day_by_school_number(school_class):
    make_reader("甲", school_class=school_class, number="2")
    make_reader("乙", school_class=school_class, number="1")
    make_reader("丙", school_class=school_class, status="left", left_on=date(2026, 9, 20))
    assert list(pupils()) == ["乙", "甲"]


def test_once_names_are_forgotten_there_is_no_record(school_class):
    reader = make_reader("甲", school_class=school_class)
    lend(reader)
    RetentionRun.objects.create(kind="retention", before=date(2026, 9, 1), at=at(TODAY))
    assert pupils()["甲"].loans == 1
    RetentionRun.objects.create(kind="retention", before=date(2026, 9, 2), at=at(TODAY))
    found = records()
    assert (found.classes, found.forgotten) == ((), date(2026, 9, 2))


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow_with_classes_and_pupils(school_class, number, django_assert_num_queries):
    for place in range(1, number + 1):
        reader = make_reader(school_class=make_class(number=place))
        lend(reader)
        visit(reader, TODAY)
    classes = classes_on(current_reference(), SEMESTER.starts_on)
    with django_assert_num_queries(6):
        found = pupil_records(classes, SEMESTER, titles=True)
    assert found.pupils == number
