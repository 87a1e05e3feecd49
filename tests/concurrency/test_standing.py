"""Returns that cost, and lending to whom they stop: real threads on real rows."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from circulation.models import ChargeEntry, CirculationEvent, Loan, LoanPolicy, Suspension
from circulation.models.loans import OPEN
from circulation.operations.blocks import block
from circulation.operations.undo import undo_event
from library_site.models import Role
from tests.concurrency.test_desks import at_once
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import NOON, lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 25
LATE = NOON + timedelta(days=17)  # three open days after the term


@pytest.fixture
def librarian():
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=400, overdue_cost=LoanPolicy.OverdueCost.SUSPENSION)
    return make_user(Role.LIBRARIAN)


def lent(reader, by):
    copy = make_copy()
    lend(copy, reader, by)
    return copy


@pytest.mark.cases("RT-7")
def test_two_late_books_returned_at_two_desks_are_both_served_one_after_the_other(librarian):
    for _round in range(TRIES):
        reader = make_reader()
        copies = [lent(reader, librarian) for _number in range(3)]
        at_once(*(partial(take_back, copy, librarian, at=LATE) for copy in copies))
        rows = Suspension.objects.filter(reader=reader).order_by("starts_on")
        days = [LATE.date() + timedelta(days=number) for number in (0, 3, 6)]
        assert [(row.starts_on, row.ends_on) for row in rows] == [(day, day + timedelta(days=2)) for day in days]


@pytest.mark.cases("RT-8", "RT-17")
def test_late_book_returned_at_two_desks_is_charged_once(librarian):
    LoanPolicy.objects.update(overdue_cost=LoanPolicy.OverdueCost.MONEY, fee_per_day=Decimal("0.10"))
    copies = [lent(make_reader(), librarian) for _number in range(TRIES)]
    for copy in copies:
        at_once(*[partial(take_back, copy, librarian, at=LATE)] * 2)
    assert list(ChargeEntry.objects.values_list("amount", flat=True)) == [Decimal("0.30")] * TRIES


@pytest.mark.cases("CO-8")
def test_lending_beside_a_return_that_suspends_is_before_it_or_refused(librarian):
    outcomes = Counter()
    for _round in range(TRIES):
        reader = make_reader()
        late, wanted = lent(reader, librarian), make_copy()
        returned, result = at_once(
            partial(take_back, late, librarian, at=LATE), partial(lend, wanted, reader, librarian, at=LATE)
        )
        if isinstance(result, CirculationEvent):
            assert result.pk < returned.pk
        else:
            assert result == ["suspended"]
        outcomes[isinstance(result, CirculationEvent)] += 1
    assert sum(outcomes.values()) == TRIES


@pytest.mark.cases("CO-11")
def test_lending_beside_a_block_is_before_it_or_refused(librarian):
    for _round in range(TRIES):
        reader, copy = make_reader(), make_copy()
        stop = partial(block, reader_id=reader.pk, reason="请到馆长处", by=librarian, at=NOON)
        _block, result = at_once(stop, partial(lend, copy, reader, librarian))
        assert isinstance(result, CirculationEvent) or result == ["reader_blocked"]
        assert Loan.objects.filter(OPEN, copy=copy).count() == isinstance(result, CirculationEvent)


@pytest.mark.cases("RT-1")
def test_return_while_the_book_goes_from_hand_to_hand_ends_whoever_has_it(librarian):
    """The holder may change between looking for the reader and locking the copy: nothing breaks."""
    readers = [make_reader(category="student") for _number in range(2)]

    def pass_on(copy):
        take_back(copy, librarian, at=NOON, scan=make_scan(desk="desk2"))
        return lend(copy, readers[1], librarian, scan=make_scan(desk="desk2"))

    for _round in range(TRIES):
        copy = lent(readers[0], librarian)
        at_once(partial(pass_on, copy), *[partial(take_back, copy, librarian, at=NOON)] * 2)
        still = Loan.objects.filter(OPEN, copy=copy)
        assert [loan.reader_id for loan in still] in ([], [readers[1].pk])
        events = CirculationEvent.objects.filter(copy=copy)
        assert events.filter(kind="checkout").count() - events.filter(kind="return").count() == len(still)


@pytest.mark.cases("UN-2", "UN-5")
def test_undoing_a_return_while_the_book_is_lent_again_is_one_or_the_other(librarian):
    for _round in range(TRIES):
        first, second = make_reader(), make_reader()
        copy = lent(first, librarian)
        event = take_back(copy, librarian, at=LATE)
        undo = partial(undo_event, event_id=event.pk, by=librarian, at=LATE)
        undone, again = at_once(undo, partial(lend, copy, second, librarian, at=LATE))
        assert sorted([isinstance(undone, CirculationEvent), isinstance(again, CirculationEvent)]) == [False, True]
        stopped = Suspension.objects.filter(reader=first, lifted_at=None).exists()
        assert stopped != isinstance(undone, CirculationEvent)
        assert loan_of(copy).reader_id == (first.pk if isinstance(undone, CirculationEvent) else second.pk)
