from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Copy
from library_site.shared.reference import current_reference
from reports.queries.collection.stock import stock
from reports.queries.holdings import holdings_on
from reports.rules.figures import Period
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_school_year

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PERIOD = Period.of(TODAY - timedelta(days=60), TODAY + timedelta(days=60), today=TODAY)


@pytest.fixture(autouse=True)
def school_year():
    make_school_year(TODAY.year - 1)


def book(*, copies: int = 1, loans: int = 0, location=None, **fields):
    title = make_title(**fields)
    made = [make_copy(title=title, price=Decimal(10), location=location) for _number in range(copies)]
    for _number in range(loans):
        make_loan(copy=made[0], returned_at=timezone.now())
    return title


def way(code: str, period: Period = PERIOD, **more) -> dict[str, tuple]:
    """{line: (titles, copies, loans)} of one way to divide the stock."""
    tables = {table.code: table for table in stock(period, reference=current_reference(), today=TODAY, **more)}
    return {row.name or row.kind: (row.titles, row.copies, row.loans) for row in tables[code].rows}


def test_audience_in_the_order_of_the_list():
    book(audience="teacher", copies=2)
    book(audience="student", loans=1)
    assert way("audience") == {"学生": (1, 1, 1), "教师": (1, 2, 0), "total": (2, 3, 1)}


def test_books_without_a_stage_stand_last_and_in_the_total():
    book(stage="")
    book(stage="picture", copies=2)
    assert way("stage") == {"绘本与启蒙读物": (1, 2, 0), "未注明": (1, 1, 0), "total": (2, 3, 0)}


@pytest.mark.parametrize("written", ["{}", "{}-05", "[{}]", "{}.1重印", "c{}"])
def test_year_is_found_however_it_is_written(written):
    book(published=written.format(TODAY.year - 2))
    first, last = TODAY.year - 4, TODAY.year
    assert way("year") == {f"{first}–{last} 年": (1, 1, 0), "total": (1, 1, 0)}


def test_age_of_old_and_undated_books():
    for published in (str(TODAY.year - 30), str(TODAY.year + 1), "", "不详", "0012"):
        book(published=published)
    year = TODAY.year
    assert way("year") == {
        f"{year - 4}–{year} 年": (1, 1, 0),
        f"{year - 20} 年及以前": (1, 1, 0),
        "出版年不详": (3, 3, 0),
        "total": (5, 5, 0),
    }


def test_copies_of_a_title():
    book()
    book(copies=2, loans=3)
    book(copies=7)
    book(copies=8)
    assert way("many") == {"1 册": (1, 1, 0), "2 册": (1, 2, 3), "6–10 册": (2, 15, 0), "total": (4, 18, 3)}


def test_title_whose_last_copy_went_keeps_its_loans():
    title = book(loans=2)
    Copy.objects.filter(title=title).update(state=Copy.State.LOST)
    assert way("many") == {"已无馆藏": (0, 0, 2), "total": (0, 0, 2)}


def test_title_in_two_rooms_counts_in_each_and_once_in_the_total():
    hall, store = make_location("一楼"), make_location("二楼", circulates=False)
    title = book(location=hall)
    make_copy(title=title, location=store, price=None)
    assert way("room") == {"一楼": (1, 1, 0), "二楼": (1, 1, 0), "total": (1, 2, 0)}


def test_rooms_agree_with_the_holdings():
    hall, store = make_location("一楼"), make_location("二楼", circulates=False)
    book(location=hall, copies=3)
    make_copy(title=book(location=store, copies=2), location=hall, in_room_only=True, price=Decimal("3.5"))
    make_copy(location=hall, state=Copy.State.WITHDRAWN)
    holdings = holdings_on(TODAY, today=TODAY)
    rooms = {table.code: table for table in stock(PERIOD, reference=current_reference(), today=TODAY)}["room"]
    found = {row.code: (row.copies, row.circulating, row.value) for row in rooms.rows if row.kind == "class"}
    expected = {
        str(place.pk): (
            sum(row.copies for row in holdings.rows if row.location_id == place.pk),
            sum(row.copies for row in holdings.rows if row.location_id == place.pk and row.circulates),
            sum(row.value for row in holdings.rows if row.location_id == place.pk),
        )
        for place in (hall, store)
    }
    assert found == expected
    assert rooms.rows[-1].titles == holdings.titles


def test_unknown_loans_are_not_nought():
    book()
    assert way("audience", loans_known=False)["total"] == (1, 1, None)


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow(number, django_assert_num_queries):
    for _number in range(number):
        book(loans=1)
    reference = current_reference()
    stock(PERIOD, reference=reference, today=TODAY)
    with django_assert_num_queries(3):  # the loans counted ahead, before and after
        stock(PERIOD, reference=reference, today=TODAY)
