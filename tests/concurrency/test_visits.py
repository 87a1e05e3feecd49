"""Two doors and two timetable writers at once: real threads on real rows."""

from datetime import date, time
from functools import partial

import pytest

from circulation.models import LibraryPeriod, Visit
from circulation.operations.timetable import PeriodTerms, add_period
from circulation.operations.visits import Counted, Lesson, Place, visit_by_card, visit_of_class
from library_site.shared.reference import current_reference
from tests.concurrency.test_desks import at_once
from tests.factories.desk import NOON
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 40


@pytest.fixture
def librarian():
    make_school()
    make_school_year(2026)
    return make_user()


@pytest.mark.cases("VI-2")
def test_one_card_at_two_doors_counts_once_each_time(librarian):
    for _try in range(TRIES):
        count = partial(visit_by_card, reader_id=make_reader().pk, place=Place(), by=librarian, at=NOON)
        first, second = at_once(count, count)
        assert isinstance(first, Counted)
        assert {first.is_new, second.is_new} == {True, False}
    assert Visit.objects.count() == TRIES


@pytest.mark.cases("VI-7")
def test_class_counted_at_two_doors_counts_once_each_time(librarian):
    for number in range(TRIES):
        class_id = make_class(2024, number + 1).pk
        count = partial(visit_of_class, class_id=class_id, heads=38, place=Place(), by=librarian, at=NOON)
        results = at_once(count, count)
        assert sorted(isinstance(result, Visit) for result in results) == [False, True]
    assert Visit.objects.count() == TRIES


@pytest.mark.cases("VI-8")
def test_desk_and_teacher_counting_a_class_at_once_leave_one_visit(librarian):
    teacher = make_reader(category="teacher")
    for number in range(TRIES):
        class_id = make_class(2024, number + 1).pk
        count = partial(visit_of_class, class_id=class_id, heads=38, place=Place(), by=librarian, at=NOON)
        at_once(count, partial(count, lesson=Lesson(teacher.pk)))
    assert list(Visit.objects.values_list("kind", flat=True)) == ["period"] * TRIES


@pytest.mark.cases("TT-2", "TT-3")
@pytest.mark.parametrize(("second", "refused"), [(1, "class_twice"), (2, "room_taken")])
def test_one_hour_written_twice_at_once_leaves_one_period(librarian, second, refused):
    for number in range(TRIES):
        day = date(2026, 9, 1 + number % 28)
        LibraryPeriod.objects.all().delete()
        acts = [
            partial(
                add_period,
                terms=PeriodTerms(make_class(2024, which).pk, 0, time(10), time(10, 40), day),
                reference=current_reference(),
                by=librarian,
            )
            for which in (1, second)
        ]
        results = at_once(*acts)
        assert [result for result in results if not isinstance(result, LibraryPeriod)] == [[refused]]
        assert LibraryPeriod.objects.count() == 1
