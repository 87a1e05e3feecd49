"""The desk's budget: a constant, small number of statements per scan, however much a reader has or ever had."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Copy, FormerBarcode
from circulation.models import LoanPolicy, Reservation
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box, make_class_loan, make_loan, make_policy
from tests.factories.desk import lend, take_back
from tests.factories.readers import make_reader

CARD, BOOK = 8, 12
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


def statements(desk, code, **fields):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = desk.scan(code, **fields)
    sql = [query["sql"] for query in captured if not query["sql"].startswith(FRAME)]
    return answer.tone, sql


@pytest.fixture
def busy_reader(library):
    """A teacher with a history and several books out."""
    make_policy("staff", max_loans=50)
    reader = make_reader(category="staff", school_class=library.school_class, card="C001")
    for number in range(6):
        copy = make_copy(f"5000000{number}")
        lend(copy, reader, library.helper)
        if number % 2:
            take_back(copy, library.helper, at=library.noon + timedelta(hours=1))
    return reader


@pytest.fixture
def fresh_reader(library):
    return make_reader(school_class=library.school_class, card="C002")


def test_statements_of_a_card_are_constant_and_few(desk, library, busy_reader, fresh_reader):
    desk.scan("C002")  # fills what a process keeps
    _tone, busy = statements(desk, "C001")
    _tone, fresh = statements(desk, "C002")
    assert len(busy) == len(fresh) <= CARD


@pytest.mark.parametrize("board", ["", "board"])
def test_statements_of_lending_are_constant_and_few(desk, library, busy_reader, fresh_reader, board):
    fields = {"board": library.school_class.pk} if board else {}
    counts = []
    for card, barcode in [("C002", "10000001"), ("C002", "10000002"), ("C001", "10000003")]:
        make_copy(barcode)
        desk.scan(card)
        tone, sql = statements(desk, barcode, **fields)
        assert tone == "lent"
        counts.append(len(sql))
    assert len(set(counts)) == 1
    assert counts[0] <= BOOK


@pytest.mark.parametrize("board", ["", "board"])
def test_statements_of_returning_are_constant_and_few(desk, library, busy_reader, board):
    fields = {"board": library.school_class.pk} if board else {}
    desk.scan("C001")  # fills what a process keeps
    desk.reader = ""
    tone, alone = statements(desk, "50000000", **fields)
    desk.scan("C001")
    _tone, own = statements(desk, "50000002", **fields)
    assert tone == "returned"
    assert max(len(alone), len(own)) <= BOOK


def test_statements_of_a_refusal_are_few(desk, library, fresh_reader):
    desk.scan("C002")
    for number in range(3):
        make_copy(f"1000000{number}")
        tone, sql = statements(desk, f"1000000{number}")
    assert tone == "refused"
    assert len(sql) <= BOOK


def test_old_label_costs_no_statement_more(desk, library, busy_reader):
    new, old = make_copy("10000001"), make_copy("10000002")
    FormerBarcode.objects.create(barcode="10000003", copy=old)
    desk.scan("C001")
    desk.scan(make_copy("10000004").barcode)  # fills what a process keeps
    _tone, plain = statements(desk, new.barcode)
    tone, by_old_label = statements(desk, "10000003")
    assert (tone, len(by_old_label)) == ("lent", len(plain))
    assert len(plain) <= BOOK


def test_book_of_a_class_box_with_a_classmate_costs_little_more(desk, library, busy_reader):
    """Two loans end, and the answer names the box."""
    box, copy = make_box(school_class=library.school_class), make_copy("10000001")
    make_class_loan(box, library.school_class, copy=copy, lent_at=library.noon)
    make_loan(copy=copy, school_class=library.school_class, kind="corner", box=box, lent_at=library.noon)
    desk.scan("C001")  # fills what a process keeps
    desk.reader = ""
    tone, sql = statements(desk, "10000001")
    assert tone == "returned"
    assert len(sql) <= BOOK + 4


@pytest.fixture
def late_reader(library, time_machine):
    """A pupil with two books due 26 October, on the Thursday after; the desk's own login of today."""
    reader = make_reader(school_class=library.school_class, card="C009")
    for barcode in ("90000001", "90000002"):
        lend(make_copy(barcode), reader, library.helper)
    time_machine.move_to(library.noon + timedelta(days=17))
    return reader


@pytest.mark.parametrize("cost", ["nothing", "suspension", "money"])
def test_statements_of_a_late_return_are_few(desk, library, late_reader, cost):
    LoanPolicy.objects.update(overdue_cost=cost, fee_per_day="0.20")
    desk.client.force_login(library.helper)
    desk.scan("90000001")  # fills what a process keeps
    desk.reader = ""
    tone, sql = statements(desk, "90000002")
    assert tone == "returned"
    assert len(sql) <= BOOK


def test_statements_of_a_return_that_somebody_waits_for_are_few(desk, library, busy_reader):
    waiting = make_reader()
    for barcode in ("50000000", "50000002"):
        title = Copy.objects.get(barcode=barcode).title
        Reservation.objects.create(title=title, reader=waiting, placed_at=library.noon)
    desk.scan("50000000")  # fills what a process keeps
    desk.reader = ""
    tone, sql = statements(desk, "50000002")
    assert tone == "reserved"
    assert len(sql) <= BOOK
