from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Copy
from circulation.models import Loan
from reports.queries.collection import idle
from reports.queries.collection.idle import IdleAsked, idle_copies, idle_count, idle_page, known_since
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_school_year

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def school_year():
    make_school_year(TODAY.year - 1)


def lent(copy: Copy, *, days_ago: int = 1, **fields) -> Copy:
    at = timezone.now() - timedelta(days=days_ago)
    make_loan(copy=copy, lent_at=at, returned_at=at, **fields)
    return copy


def barcodes(**asked) -> list[str]:
    return [copy.barcode for copy in idle_copies(IdleAsked(**asked))]


@pytest.mark.parametrize("kind", [Loan.Kind.READER, Loan.Kind.CORNER, Loan.Kind.ROOM])
def test_copy_that_was_lent_in_any_way_is_not_idle(kind):
    lent(make_copy(), kind=kind)
    make_copy("IDLE")
    assert barcodes() == ["IDLE"]


def test_undone_loan_is_none():
    make_loan(copy=make_copy("IDLE"), voided_at=timezone.now())
    assert barcodes() == ["IDLE"]


@pytest.mark.parametrize("state", [Copy.State.LOST, Copy.State.WITHDRAWN])
def test_copy_that_is_gone_is_not_listed(state):
    make_copy(state=state)
    assert barcodes() == []


def test_not_lent_since_a_day_says_when_last():
    lent(make_copy("LATELY"), days_ago=10)
    copy = lent(lent(make_copy("LONG"), days_ago=900), days_ago=500)
    found = idle_copies(IdleAsked(since=TODAY - timedelta(days=365)))
    assert [(row.barcode, timezone.localdate(row.last_lent)) for row in found] == [
        (copy.barcode, TODAY - timedelta(days=500))
    ]


def test_narrowed_by_class_place_and_day_of_acquisition():
    hall = make_location("一楼")
    make_copy("A", title=make_title(main_class="I"), location=hall, acquired_on=TODAY)
    make_copy("B", title=make_title(main_class=""), acquired_on=TODAY - timedelta(days=400))
    make_copy("C", title=make_title(main_class="K"))
    assert barcodes(main_class="I") == ["A"]
    assert barcodes(main_class="-") == ["B"]
    assert barcodes(location_id=hall.pk) == ["A"]
    assert sorted(barcodes(before=TODAY - timedelta(days=365))) == ["B", "C"]


def test_pages_lead_through_all_in_shelf_order(monkeypatch):
    monkeypatch.setattr(idle, "AT_ONCE", 2)
    titles = [make_title(clc_number=number, book_number="1") for number in ("K2", "I2", "I2")]  # two on the same place
    for number, title in enumerate([titles[0], titles[1], titles[2], titles[1], titles[2]]):
        make_copy(f"B{number}", title=title)
    seen, after = [], 0
    while after is not None:
        page = idle_page(IdleAsked(), after=after)
        seen += [copy.barcode for copy in page.rows]
        after = page.after
    assert seen == ["B1", "B2", "B3", "B4", "B0"]


def test_page_behind_a_copy_that_is_unknown_is_the_first():
    make_copy("A")
    assert [copy.barcode for copy in idle_page(IdleAsked(), after=999_999).rows] == ["A"]


def test_count_with_titles_and_known_prices(monkeypatch):
    title = make_title()
    make_copy(title=title, price=Decimal("3.50"))
    make_copy(title=title, price=None)
    make_copy(price=Decimal(2))
    counted = idle_count(IdleAsked())
    assert (counted.copies, counted.titles, counted.value, counted.more) == (3, 2, Decimal("5.50"), False)
    monkeypatch.setattr(idle, "COUNTED", 2)
    assert (idle_count(IdleAsked()).copies, idle_count(IdleAsked()).more) == (2, True)


def test_count_without_a_known_price_has_no_value():
    make_copy(price=None)
    assert idle_count(IdleAsked()).value is None


def test_known_since_the_first_loan_that_stands():
    assert known_since() is None
    make_loan(voided_at=timezone.now(), lent_at=timezone.now() - timedelta(days=90))
    lent(make_copy(), days_ago=30)
    assert known_since() == TODAY - timedelta(days=30)


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow(number, django_assert_num_queries):
    for _number in range(number):
        make_copy()
    with django_assert_num_queries(1):
        [copy.title.name + copy.location.name for copy in idle_page(IdleAsked()).rows]
