from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Copy, Title
from catalog.queries.browse import main_classes
from circulation.models import Loan
from library_site.shared.reference import current_reference
from reports.queries.collection.classes import classes_below, collection_by_class, table_from, table_json
from reports.queries.facts import facts_of
from reports.queries.figures import circulation_rate
from reports.rules.figures import Period
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan
from tests.factories.classification import make_classification
from tests.factories.readers import make_school_year

pytestmark = pytest.mark.django_db

# History keeps the database's own time, so these tests live today.
TODAY = timezone.localdate()
NOW_RUNNING = Period.of(TODAY - timedelta(days=60), TODAY + timedelta(days=60), today=TODAY)
PAST = Period.of(TODAY - timedelta(days=200), TODAY - timedelta(days=100), today=TODAY)


@pytest.fixture(autouse=True)
def library():
    for year in (TODAY.year - 1, TODAY.year):
        make_school_year(year)
    make_classification()


def book(code: str, *, copies: int = 1, loans: int = 0, **fields) -> Title:
    """A title of a class with copies of 20 yuan, the first of them lent so often."""
    fields = {"clc_class_id": code or None, "clc_number": code, "main_class": code[:1], **fields}
    title = make_title(**fields)
    made = [make_copy(title=title, price=Decimal(20)) for _number in range(copies)]
    for day in range(1, loans + 1):
        lent(made[0], days_ago=day)
    return title


def lent(copy: Copy, *, days_ago: int) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    make_loan(copy=copy, lent_at=at, returned_at=at)


def lines(table) -> dict[str, tuple]:
    """{code and kind: (titles, copies, loans)} of lines that have something."""
    return {
        f"{row.code}{row.kind}": (row.titles, row.copies, row.loans) for row in table.rows if row.copies or row.loans
    }


def by_class(period: Period = NOW_RUNNING):
    return collection_by_class(period, reference=current_reference(), today=TODAY)


def test_classes_divisions_and_unclassified_add_up():
    book("I287.45", copies=3, loans=2)
    book("G62")
    book("TP3", copies=2, loans=1)
    book("", loans=1)

    assert lines(by_class()) == {
        "Iclass": (1, 3, 2),
        "Gclass": (1, 1, 0),
        "3division": (2, 4, 2),
        "Tclass": (1, 2, 1),
        "4division": (1, 2, 1),
        "other": (1, 1, 1),
        "total": (4, 7, 4),
    }


def test_page_leaves_out_the_sum_of_a_division_of_one_class():
    table = by_class()
    assert [row.code for row in table.listed if row.kind == "division"] == ["3", "4"]
    assert [row.code for row in table.rows if row.kind == "division"] == ["1", "2", "3", "4", "5"]


def test_book_in_tp_counts_once_under_t():
    book("TP3", copies=2)
    book("T")
    table = by_class()
    assert lines(table)["Tclass"] == (2, 3, None)
    assert lines(table)["total"] == (2, 3, None)
    assert len([row for row in table.rows if row.kind == "class"]) == 22


def test_value_and_shares():
    book("I287.45", copies=3, loans=1)
    book("K", loans=1)
    rows = {row.code: row for row in by_class().rows if row.kind == "class"}
    assert rows["I"].value == Decimal(60)
    assert (rows["I"].share_of_copies, rows["I"].share_of_loans) == (Decimal("75.00"), Decimal("50.00"))
    assert rows["I"].difference == Decimal("-25.00")
    assert rows["K"].rate == Decimal("100.00")


def test_rate_of_the_whole_is_the_circulation_rate():
    book("I287.45", copies=3, loans=2)
    book("", loans=1)
    make_copy(title=book("K"), location=make_location("阅览室", circulates=False))
    make_copy(title=book("G62"), in_room_only=True)
    facts = facts_of(NOW_RUNNING, reference=current_reference(), today=TODAY)
    assert by_class().whole.rate == circulation_rate(facts).value == Decimal("50.00")


def test_loans_in_a_class_name_in_the_room_and_undone_are_left_out():
    title = book("K", loans=1)
    copy = title.copies.get()
    for kind, voided in ((Loan.Kind.ROOM, None), (Loan.Kind.READER, timezone.now())):
        make_loan(copy=copy, kind=kind, voided_at=voided, returned_at=timezone.now())
    assert lines(by_class())["Kclass"] == (1, 1, 1)


def test_before_the_first_loan_loans_are_unknown():
    book("K", loans=1)
    assert by_class(PAST).whole.loans is None
    assert {row.share_of_loans for row in by_class(PAST).rows} == {None}


def test_past_period_keeps_what_was_held_and_lent_then():
    title = book("K", copies=2)
    lent(title.copies.first(), days_ago=150)
    before = by_class(PAST)
    below = classes_below("K", PAST, today=TODAY)

    Copy.objects.filter(title=title).update(state=Copy.State.WITHDRAWN)
    Title.objects.filter(pk=title.pk).update(clc_number="I287.45", clc_class_id="I287.45", main_class="I")
    make_copy(title=title, acquired_on=TODAY)

    assert by_class(PAST) == before
    assert classes_below("K", PAST, today=TODAY) == below
    assert lines(by_class())["Iclass"] == (1, 1, 0)


def test_table_comes_back_from_its_snapshot():
    book("I287.45", copies=3, loans=2)
    book("", loans=1)
    table = by_class()
    assert table_from(table_json(table)) == table


def test_classes_below_have_all_that_is_in_them():
    book("I287.45", copies=3, loans=2)
    book("I247.5")
    book("I3/7", loans=1)
    book("I")
    book("K")

    assert lines(classes_below("I", NOW_RUNNING, today=TODAY)) == {
        "I2class": (2, 4, 2),
        "I3/7class": (1, 1, 1),
        "other": (1, 1, 0),
        "total": (4, 6, 3),
    }


def test_class_below_agrees_with_the_table_above():
    book("TP3", copies=2, loans=1)
    book("T", loans=1)
    book("", clc_number="T9999", main_class="T")  # a number that is in no table
    above = {row.code: row for row in by_class().rows if row.kind == "class"}["T"]
    below = classes_below("T", NOW_RUNNING, today=TODAY)
    assert lines(below)["total"] == (above.titles, above.copies, above.loans) == (3, 4, 2)
    assert lines(classes_below("TP", NOW_RUNNING, today=TODAY))["total"] == (1, 2, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow(number, django_assert_num_queries):
    for _number in range(number):
        book("I287.45", loans=1)
    reference = current_reference()
    main_classes(reference)
    with django_assert_num_queries(5):  # the first loan, what is counted ahead before and after, loans, holdings
        collection_by_class(NOW_RUNNING, reference=reference, today=TODAY)
    with django_assert_num_queries(4):  # the loans counted ahead, before and after; the classes and their names
        classes_below("I", NOW_RUNNING, today=TODAY)
