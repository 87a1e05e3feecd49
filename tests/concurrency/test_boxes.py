"""Boxes under two hands at once: every outcome is one story, and nothing waits for ever."""

from functools import partial

import pytest

from circulation.models import BoxStay, CirculationEvent, Loan
from circulation.models.loans import OPEN
from library_site.models import Role
from tests.concurrency.test_desks import at_once
from tests.factories.boxes import bring_back, fill, lend_on, move
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box, make_opening_hours, make_policy
from tests.factories.desk import lend, make_scan, take_back
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25


@pytest.fixture
def user():
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=100)
    return make_user(Role.LIBRARIAN)


@pytest.fixture
def classes(user):
    return make_class(2024, 1), make_class(2024, 2)


def succeeded(results):
    return sum(isinstance(result, CirculationEvent) for result in results)


@pytest.mark.cases("CB-2")
def test_copy_scanned_into_two_boxes_at_once_is_in_one(user, classes):
    boxes = [make_box(school_class=one, capacity=500) for one in classes]
    for _round in range(ROUNDS):
        copy = make_copy()
        assert succeeded(at_once(*(partial(fill, box, user, copy) for box in boxes))) == 1
        assert Loan.objects.filter(OPEN, copy=copy).count() == 1


def test_copy_scanned_into_a_box_and_lent_at_the_desk_at_once_is_out_once(user, classes):
    box, reader = make_box(school_class=classes[0], capacity=500), make_reader(school_class=classes[0])
    for _round in range(ROUNDS):
        copy = make_copy()
        assert succeeded(at_once(partial(fill, box, user, copy), partial(lend, copy, reader, user))) == 1


@pytest.mark.cases("CB-3")
def test_two_scans_into_the_last_place_of_a_box_put_in_one(user, classes):
    for _round in range(ROUNDS):
        box = make_box(school_class=classes[0], capacity=1)
        results = at_once(*(partial(fill, box, user, make_copy()) for _number in range(2)))
        assert succeeded(results) == 1
        assert ["box_full"] in results


@pytest.mark.cases("CB-5")
def test_swap_and_return_at_once_leave_the_book_in_one_place(user, classes):
    one, other = classes
    for _round in range(ROUNDS):
        first, second = make_box(school_class=one), make_box(school_class=other)
        copies = [make_copy() for _number in range(3)]
        for copy in copies:
            fill(first, user, copy)
        swap = partial(move, user, (first, one, other), (second, other, one))
        moved, *returned = at_once(swap, *(partial(take_back, copy, user, scan=make_scan()) for copy in copies))
        assert moved in range(4)
        assert succeeded(returned) == 3
        assert BoxStay.objects.get(box=first, until=None).school_class == other
        # A book returned before the swap is in the library; one returned after it came from the new class.
        assert not Loan.objects.filter(OPEN, copy__in=copies).exists()
        assert Loan.objects.filter(copy__in=copies, school_class=other).count() == moved


@pytest.mark.cases("CB-5")
def test_swap_pressed_at_two_desks_swaps_once(user, classes):
    one, other = classes
    for _round in range(ROUNDS):
        first, second = make_box(school_class=one), make_box(school_class=other)
        fill(first, user)
        fill(second, user)
        swap = partial(move, user, (first, one, other), (second, other, one))
        assert sorted(map(str, at_once(swap, swap))) == ["2", "['plan_outdated']"]


def test_swaps_that_share_boxes_in_opposite_order_never_deadlock(user, classes):
    one, other = classes
    first, second = make_box(school_class=one), make_box(school_class=other)
    for box in (first, second):
        for _number in range(3):
            fill(box, user)
    for _round in range(ROUNDS):
        here, there = BoxStay.objects.get(box=first, until=None).school_class, None
        there = other if here == one else one
        at_once(
            partial(move, user, (first, here, there), (second, there, here)),
            partial(move, user, (second, there, here), (first, here, there)),
        )
    assert Loan.objects.filter(OPEN).count() == 6


@pytest.mark.cases("CB-7", "CB-9")
def test_book_of_the_corner_lent_and_brought_to_the_desk_at_once_leaves_one_story(user, classes):
    one, _other = classes
    box, pupil = make_box(school_class=one, capacity=500), make_reader(school_class=one)
    for _round in range(ROUNDS):
        copy = make_copy()
        fill(box, user, copy)
        at_once(partial(lend_on, copy, pupil, one, user), partial(take_back, copy, user, scan=make_scan()))
        assert not Loan.objects.filter(OPEN, copy=copy, kind="corner").exists() or (
            Loan.objects.filter(OPEN, copy=copy, kind="class").exists()
        )


def test_two_classmates_get_one_book_of_the_corner_once(user, classes):
    one, _other = classes
    box, pupils = make_box(school_class=one, capacity=500), [make_reader(school_class=one) for _number in range(2)]
    for _round in range(ROUNDS):
        copy = make_copy()
        fill(box, user, copy)
        assert succeeded(at_once(*(partial(lend_on, copy, pupil, one, user) for pupil in pupils))) == 1
        assert succeeded(at_once(*(partial(bring_back, copy, user, scan=make_scan()) for _number in range(2)))) == 1
