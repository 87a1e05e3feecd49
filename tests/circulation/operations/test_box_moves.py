from datetime import date, timedelta

import pytest

from circulation.models import BoxStay, CirculationEvent, Loan
from circulation.models.loans import OPEN
from circulation.operations.boxes import end_stay
from library_site.shared.problems import Refused
from tests.factories.boxes import bring_back, fill, lend_on, move
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box
from tests.factories.desk import take_back
from tests.factories.readers import make_class, make_reader


@pytest.fixture
def two(library):
    """Two classes with a box each, two books in each: [(class, box), …]."""
    classes = [library.school_class, make_class(2024, 2)]
    pairs = [(one, make_box(school_class=one)) for one in classes]
    for _class, box in pairs:
        fill(box, library.helper), fill(box, library.helper)
    return pairs


def standing(box):
    return BoxStay.objects.get(box=box, until=None).school_class


def held(school_class):
    return set(Loan.objects.filter(OPEN, kind="class", school_class=school_class).values_list("copy_id", flat=True))


@pytest.mark.cases("CB-5")
def test_two_classes_swap_boxes_with_all_their_books_in_one_act(library, two):
    (one, first), (other, second) = two
    before = held(one), held(other)
    at = library.noon + timedelta(days=14)
    assert move(library.librarian, (first, one, other), (second, other, one), at=at) == 4
    assert (held(other), held(one)) == before
    assert (standing(first), standing(second)) == (other, one)
    ended = set(Loan.objects.exclude(returned_at=None).values_list("returned_at", flat=True))
    begun = set(Loan.objects.filter(OPEN).values_list("lent_at", flat=True))
    assert ended == begun == {at}
    assert BoxStay.objects.filter(until=date(2026, 10, 26)).count() == 2
    assert CirculationEvent.objects.filter(details={"moved": True}, recorded_at__isnull=False).count() == 8


@pytest.mark.cases("CB-6")
def test_many_boxes_go_round_by_one_plan(library, two):
    third = make_class(2024, 3)
    box = make_box(school_class=third)
    fill(box, library.helper)
    (one, first), (other, second) = two
    contents = held(one), held(other), held(third)
    assert move(library.librarian, (first, one, other), (second, other, third), (box, third, one)) == 5
    assert (held(other), held(third), held(one)) == contents


def test_plan_that_is_outdated_moves_nothing(library, two):
    (one, first), (other, second) = two
    end_stay(box_id=second.pk, day=date(2026, 10, 12), missing_is_known=True, by=library.librarian)
    with pytest.raises(Refused, match="plan_outdated"):
        move(library.librarian, (first, one, other), (second, other, one))
    assert standing(first) == one
    assert not CirculationEvent.objects.filter(kind="return").exists()


def test_plan_that_moves_nothing_is_refused(library, two):
    (one, first), _second = two
    with pytest.raises(Refused, match="no_move"):
        move(library.librarian, (first, one, one))


def test_books_missing_since_an_earlier_class_do_not_travel_on(library, two):
    (one, first), (other, second) = two
    for box in (first, second):
        end_stay(box_id=box.pk, day=date(2026, 10, 12), missing_is_known=True, by=library.librarian)
    third = make_class(2024, 3)
    BoxStay.objects.create(box=first, school_class=third, since=date(2026, 10, 12))
    fill(first, library.helper)
    assert move(library.librarian, (first, third, other)) == 1
    assert len(held(one)) == 2


@pytest.mark.cases("CB-11")
def test_book_of_a_classmate_stays_with_the_pupil_and_follows_the_box_when_it_is_back(library, two):
    (one, first), (other, second) = two
    copy, pupil = make_copy(), make_reader(school_class=one)
    fill(first, library.helper, copy)
    lend_on(copy, pupil, one, library.helper)
    move(library.librarian, (first, one, other), (second, other, one), at=library.noon + timedelta(days=1))
    assert Loan.objects.get(OPEN, kind="corner").reader == pupil
    later = library.noon + timedelta(days=2)
    bring_back(copy, library.helper, at=later)
    open_loan = Loan.objects.get(OPEN, copy=copy)
    assert (open_loan.kind, open_loan.school_class, open_loan.box) == ("class", other, first)
    take_back(copy, library.helper, at=later)
    assert not Loan.objects.filter(OPEN, copy=copy).exists()
