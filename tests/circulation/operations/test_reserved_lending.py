"""Lending, renewing and undoing while others wait for the title."""

from datetime import date, timedelta
from functools import partial

import pytest

from circulation.operations.renewal import renew
from circulation.operations.undo import undo_last
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy
from tests.factories.desk import NOON, lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader
from tests.factories.reservations import make_queue, make_ready, make_reservation

pytestmark = pytest.mark.usefixtures("library")
FRIDAY = date(2026, 10, 16)


def codes(act):
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def undo(library, at=NOON):
    return undo_last(desk="desk1", by=library.librarian, at=at, scan=make_scan())


def seen(*turns):
    for turn in turns:
        turn.refresh_from_db()
    return [(turn.state, turn.copy_id) for turn in turns]


@pytest.mark.cases("CO-16", "UN-1")
def test_lending_the_copy_set_aside_fulfils_and_undoing_sets_it_aside_again(library):
    copy, reader = make_copy(), make_reader()
    turn = make_ready(copy, reader, expires_on=FRIDAY)
    event = lend(copy, reader, library.helper)
    assert seen(turn) == [("fulfilled", copy.pk)]
    assert event.details["fulfilled"] == turn.pk
    undo(library)
    assert seen(turn) == [("ready", copy.pk)]


@pytest.mark.cases("CO-17")
def test_lending_a_copy_set_aside_for_another_is_refused_and_names_nobody(library):
    copy, holder = make_copy(), make_reader(name="王小明")
    turn = make_ready(copy, holder, expires_on=FRIDAY)
    with pytest.raises(Refused) as refused:
        lend(copy, make_reader(), library.helper)
    (problem,) = refused.value.problems
    assert problem.code == "held_for_other"
    assert "王小明" not in f"{problem.message}{problem.way_out}"
    assert seen(turn) == [("ready", copy.pk)]


@pytest.mark.cases("CO-17")
def test_lending_it_by_exception_lets_the_other_wait_again_at_the_head(library):
    copy = make_copy()
    turn = make_ready(copy, make_reader(), expires_on=FRIDAY)
    lend(copy, make_reader(), library.librarian, overrides=["held_for_other"], reason="急用")
    assert seen(turn) == [("waiting", None)]
    take_back(copy, library.librarian)
    assert seen(turn) == [("ready", copy.pk)]


@pytest.mark.cases("CO-18")
def test_lending_is_free_while_more_is_in_than_others_wait_for(library):
    copy = make_copy()
    make_copy(title=copy.title)
    (turn,) = make_queue(copy.title, [make_reader()])
    lend(copy, make_reader(), library.helper)
    assert seen(turn) == [("waiting", None)]


@pytest.mark.cases("CO-19")
def test_lending_the_copy_that_the_queue_needs_is_refused(library):
    copy = make_copy()
    make_queue(copy.title, [make_reader()])
    assert codes(partial(lend, copy, make_reader(), library.helper)) == ["reserved"]


@pytest.mark.cases("CO-19")
def test_lending_to_the_first_of_the_queue_fulfils_and_to_the_second_is_refused(library):
    copy, first, second = make_copy(), make_reader(), make_reader()
    one, two = make_queue(copy.title, [first, second])
    assert codes(partial(lend, copy, second, library.helper)) == ["reserved"]
    lend(copy, first, library.helper)
    assert [row[0] for row in seen(one, two)] == ["fulfilled", "waiting"]


@pytest.mark.cases("CO-20")
def test_lending_another_copy_fulfils_and_passes_the_one_set_aside_on(library):
    kept, reader = make_copy(), make_reader()
    other = make_copy(title=kept.title)
    turn = make_ready(kept, reader, expires_on=FRIDAY)
    (following,) = make_queue(kept.title, [make_reader()])
    lend(other, reader, library.helper)
    assert seen(turn, following) == [("fulfilled", kept.pk), ("ready", kept.pk)]


@pytest.mark.cases("RN-5")
def test_renewing_is_refused_while_others_wait_and_nothing_is_in(library):
    copy, reader = make_copy(), make_reader()
    lend(copy, reader, library.librarian)
    act = partial(renew, loan_id=loan_of(copy).pk, at=NOON, reference=current_reference())
    turn = make_reservation(copy.title, make_reader())
    assert codes(partial(act, by=library.helper)) == ["reserved"]
    make_copy(title=copy.title)
    act(by=library.helper)
    assert seen(turn) == [("waiting", None)]


@pytest.mark.cases("UN-2")
def test_undoing_a_return_takes_the_book_from_the_pickup_shelf(library):
    copy = make_copy()
    lend(copy, make_reader(), library.librarian)
    turn = make_reservation(copy.title, make_reader())
    later = NOON + timedelta(days=1)
    take_back(copy, library.librarian, at=later)
    assert seen(turn) == [("ready", copy.pk)]
    undo(library, at=later)
    assert seen(turn) == [("waiting", None)]
