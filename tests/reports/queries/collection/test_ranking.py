from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Copy
from circulation.models import Loan
from reports.queries.collection.ranking import ManyOrder, many_copies, most_lent, most_wanted
from reports.rules.figures import Period
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_reader, make_school_year
from tests.factories.reservations import make_class_set, make_ready, make_reservation

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PERIOD = Period.of(TODAY - timedelta(days=60), TODAY + timedelta(days=60), today=TODAY)


@pytest.fixture(autouse=True)
def school_year():
    make_school_year(TODAY.year - 1)


def book(name: str, *, copies: int = 1, loans: int = 0, days_ago: int = 1, **fields):
    title = make_title(name, **fields)
    made = [make_copy(title=title) for _number in range(copies)]
    at = timezone.now() - timedelta(days=days_ago)
    for number in range(loans):
        make_loan(copy=made[number % copies], lent_at=at, returned_at=at)
    return title


def reserved(title, number: int = 1, *, days_ago: int = 3, **fields):
    at = timezone.now() - timedelta(days=days_ago)
    return [make_reservation(title, make_reader(), placed_at=at, **fields) for _number in range(number)]


def test_most_lent_by_all_copies_together_with_equal_ranks():
    book("甲", copies=2, loans=3)
    book("乙", loans=5)
    book("丙", copies=3, loans=3)
    book("丁", loans=1)
    book("戊")
    rows = most_lent(PERIOD)
    assert [(row.rank, row.name, row.loans, row.per_copy) for row in rows] == [
        (1, "乙", 5, Decimal("5.00")),
        (2, "甲", 3, Decimal("1.50")),
        (2, "丙", 3, Decimal("1.00")),
        (4, "丁", 1, Decimal("1.00")),
    ]


def test_most_lent_leaves_out_what_is_no_loan_to_a_reader():
    copy = book("甲", loans=1).copies.get()
    make_loan(copy=copy, kind=Loan.Kind.ROOM, returned_at=timezone.now())
    make_loan(copy=copy, voided_at=timezone.now())
    book("乙", loans=9, days_ago=100)
    assert [(row.name, row.loans) for row in most_lent(PERIOD)] == [("甲", 1)]


def test_most_lent_of_a_class_and_of_none():
    book("甲", loans=1, main_class="I")
    book("乙", loans=1)
    assert [row.name for row in most_lent(PERIOD, main_class="I")] == ["甲"]
    assert [row.name for row in most_lent(PERIOD, main_class="-")] == ["乙"]
    assert len(most_lent(PERIOD, limit=1)) == 1


def test_most_lent_whose_copies_are_gone_has_no_quotient():
    title = book("甲", loans=2)
    Copy.objects.filter(title=title).update(state=Copy.State.LOST)
    assert [(row.copies, row.per_copy) for row in most_lent(PERIOD)] == [(0, None)]


def test_most_wanted_by_reservations_per_copy():
    reserved(book("甲", copies=4), 4)
    reserved(book("乙", copies=1), 2)
    gone = book("丙")
    reserved(gone, 1)
    Copy.objects.filter(title=gone).update(state=Copy.State.WITHDRAWN)
    rows = most_wanted(PERIOD)
    assert [(row.name, row.copies, row.waiting, row.per_copy) for row in rows] == [
        ("丙", 0, 1, None),
        ("乙", 1, 2, Decimal("2.00")),
        ("甲", 4, 4, Decimal("1.00")),
    ]


def test_most_wanted_counts_what_is_set_aside_and_class_sets():
    title = book("甲", copies=2)
    make_ready(title.copies.first(), make_reader(), expires_on=TODAY, placed_at=timezone.now() - timedelta(days=90))
    make_class_set(title, make_reader(category="teacher"), needed_on=TODAY, wanted=3)
    (row,) = most_wanted(PERIOD)
    assert (row.waiting, row.for_sets, row.per_copy) == (4, 3, Decimal("2.00"))


def test_reserved_in_the_period_and_fulfilled_comes_behind_what_waits():
    reserved(book("甲"), 5, state="fulfilled", ended_at=timezone.now())
    reserved(book("乙", copies=9), 1)
    reserved(book("丙"), 1, days_ago=100, state="cancelled", ended_at=timezone.now())
    rows = most_wanted(PERIOD)
    assert [(row.name, row.waiting, row.placed) for row in rows] == [("乙", 1, 1), ("甲", 0, 5)]
    assert [row.oldest for row in rows] == [TODAY - timedelta(days=3), None]


def test_many_copies_counts_those_held():
    gone = book("甲", copies=6)
    Copy.objects.filter(pk=gone.copies.first().pk).update(state=Copy.State.WITHDRAWN)
    book("乙", copies=6, loans=3)
    assert [(row.name, row.copies, row.loans, row.per_copy) for row in many_copies(PERIOD, least=6)] == [
        ("乙", 6, 3, Decimal("0.50"))
    ]


def test_many_copies_in_either_order():
    book("甲", copies=3, loans=6)
    book("乙", copies=2, loans=1)
    assert [row.name for row in many_copies(PERIOD, least=2)] == ["甲", "乙"]
    assert [row.name for row in many_copies(PERIOD, least=2, order=ManyOrder.IDLE)] == ["乙", "甲"]
