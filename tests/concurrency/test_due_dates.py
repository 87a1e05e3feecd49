"""Due dates move off a closed day while books of the corner come back: nobody waits for ever."""

from datetime import date
from functools import partial

import pytest

from circulation.models import CirculationEvent, Closure
from circulation.operations.due_dates import move_due_dates
from library_site.models import Role
from library_site.shared.reference import current_reference
from tests.concurrency.test_desks import at_once
from tests.factories.boxes import move
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box, make_class_loan, make_loan, make_opening_hours, make_policy
from tests.factories.desk import NOON, make_scan, take_back
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 40
CLOSED = date(2026, 10, 19)


@pytest.fixture
def librarian():
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=50)
    Closure.objects.create(starts_on=CLOSED, ends_on=CLOSED, reason="校庆")
    return make_user(Role.LIBRARIAN)


def move_dates(by):
    return move_due_dates(today=NOON.date(), within=None, by=by, at=NOON, reference=current_reference(), address=None)


@pytest.mark.cases("CB-10")
def test_book_of_the_corner_comes_back_while_due_dates_move(librarian):
    school_class = make_class()
    box, reader = make_box(school_class=school_class, capacity=500), make_reader(school_class=school_class)
    for _round in range(ROUNDS):
        copies = [make_copy() for _number in range(8)]
        for copy in copies:
            make_class_loan(box, school_class, copy=copy, due_on=CLOSED, lent_at=NOON)
            make_loan(copy=copy, reader=reader, kind="corner", box=box, due_on=CLOSED, lent_at=NOON)
        acts = [partial(take_back, copy, librarian, scan=make_scan(copy.barcode)) for copy in copies[:2]]
        moved, *returned = at_once(partial(move_dates, librarian), *acts)
        assert isinstance(moved, int)
        assert all(isinstance(event, CirculationEvent) for event in returned)
        for copy in copies[2:]:
            take_back(copy, librarian)


@pytest.mark.cases("CB-5")
def test_box_goes_to_another_class_while_due_dates_move(librarian):
    classes = make_class(2024, 1), make_class(2024, 2)
    box = make_box(school_class=classes[0], capacity=500)
    for copy in [make_copy() for _number in range(40)]:
        make_class_loan(box, classes[0], copy=copy, due_on=CLOSED, lent_at=NOON)
    for number in range(ROUNDS):
        here, there = classes[number % 2], classes[(number + 1) % 2]
        moved, books = at_once(partial(move_dates, librarian), partial(move, librarian, (box, here, there)))
        assert isinstance(moved, int)
        assert books == 40
        box.loans.filter(returned_at=None).update(due_on=CLOSED)
