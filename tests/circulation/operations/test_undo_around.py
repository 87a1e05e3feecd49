"""Undoing where something else stands around the act: a queue, a box, suspensions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from circulation.models import Loan, Suspension
from circulation.models.loans import OPEN
from circulation.operations.copy_state import change_copy_state
from circulation.operations.losses import find_again, report_lost
from circulation.operations.pickup_shelf import set_aside
from circulation.operations.undo import undo_event, undo_last
from circulation.queries.balances import owed
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.boxes import bring_back, fill, lend_on
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_box, make_policy
from tests.factories.desk import NOON, lend, make_scan, take_back
from tests.factories.readers import make_reader
from tests.factories.reservations import make_reservation

FRIDAY = date(2026, 10, 16)


def undo(library, at=NOON):
    return undo_last(desk="desk1", by=library.librarian, at=at, scan=make_scan())


def seen(turn):
    turn.refresh_from_db()
    return turn.state, turn.copy_id


def in_the_corner(library):
    copy = make_copy()
    fill(make_box(school_class=library.school_class), library.helper, copy, at=NOON - timedelta(hours=4))
    return copy


def is_out(copy):
    return Loan.objects.filter(OPEN, copy=copy).exists()


@pytest.mark.cases("UN-1", "CB-7")
def test_undone_loan_from_the_corner_sets_nothing_aside_that_is_in_the_box(library):
    copy = in_the_corner(library)
    lend_on(copy, make_reader(school_class=library.school_class), library.school_class, library.helper)
    turn = make_reservation(copy.title, make_reader())
    undo(library)
    assert seen(turn) == ("waiting", None)


@pytest.mark.cases("UN-2")
def test_undone_return_leaves_alone_another_copy_that_the_reader_got_since(library):
    title = make_title()
    first, second = make_copy(title=title), make_copy(title=title)
    for copy in (first, second):
        lend(copy, make_reader(), library.helper)
    turn = make_reservation(title, make_reader())
    event = take_back(first, library.helper, at=NOON)
    change_copy_state(copy_id=first.pk, state="in_repair", by=library.librarian, at=NOON)
    take_back(second, library.helper, at=NOON)
    assert seen(turn) == ("ready", second.pk)
    undo_event(event_id=event.pk, by=library.librarian, at=NOON)
    assert seen(turn) == ("ready", second.pk)


@pytest.mark.cases("UN-2")
def test_undone_return_takes_the_copy_from_whom_it_was_set_aside_for_since(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    take_back(copy, library.helper, at=NOON)
    turn = make_reservation(copy.title, make_reader())
    set_aside(copy_id=copy.pk, at=NOON, reference=current_reference())
    assert seen(turn) == ("ready", copy.pk)
    undo(library)
    assert (is_out(copy), seen(turn)) == (True, ("waiting", None))


@pytest.mark.cases("UN-5", "CB-9")
def test_return_to_the_corner_is_not_undone_once_the_class_has_the_book_no_more(library):
    copy = in_the_corner(library)
    lend_on(copy, make_reader(school_class=library.school_class), library.school_class, library.helper)
    back = bring_back(copy, library.helper)
    take_back(copy, library.helper, at=NOON)
    with pytest.raises(Refused) as refused:
        undo_event(event_id=back.pk, by=library.librarian, at=NOON)
    assert [problem.code for problem in refused.value.problems] == ["moved_on"]
    assert not is_out(copy)


@pytest.mark.cases("UN-2")
def test_suspension_of_its_own_day_is_not_moved_before_it_when_an_earlier_one_is_undone(library):
    """Two books late: one lay in the book drop since Thursday, the other came today."""
    make_policy(effective_from=date(2026, 9, 1), overdue_cost="suspension", suspension_per_day=1, max_loans=5)
    reader, copies = make_reader(), [make_copy(), make_copy()]
    for copy in copies:
        lend(copy, reader, library.helper, at=NOON - timedelta(days=30))
    drop = take_back(copies[0], library.helper, at=NOON - timedelta(days=4))
    today = take_back(copies[1], library.helper, at=NOON)
    before = Suspension.objects.get(event=today)
    undo_event(event_id=drop.pk, by=library.librarian, at=NOON)
    after = Suspension.objects.get(event=today)
    assert Suspension.objects.get(event=drop).lifted_at is not None
    assert (after.starts_on, after.ends_on - after.starts_on) == (NOON.date(), before.ends_on - before.starts_on)


@pytest.mark.cases("UN-5", "RT-4")
def test_found_book_that_is_out_again_stays_found(library):
    copy, acts = make_copy(), {"by": library.librarian, "at": NOON, "scan": make_scan()}
    loan = lend(copy, make_reader(), library.helper).loan
    report_lost(loan_id=loan.pk, amount=Decimal("28.00"), details={}, **acts)
    found = find_again(copy_id=copy.pk, reference=current_reference(), **{**acts, "scan": make_scan()})
    lend(copy, make_reader(), library.helper)
    with pytest.raises(Refused) as refused:
        undo_event(event_id=found.pk, by=library.librarian, at=NOON)
    assert [problem.code for problem in refused.value.problems] == ["moved_on"]
    copy.refresh_from_db()
    assert (copy.state, owed([loan.reader_id])) == ("on_shelf", {})
