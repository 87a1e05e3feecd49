"""Reserving: who waits for what, and what becomes of it."""

from datetime import date, timedelta
from functools import partial

import pytest

from catalog.models import Copy
from circulation.models import Reservation
from circulation.operations.copy_state import change_copy_state
from circulation.operations.leaving import leave, undo_turn
from circulation.operations.pickup_shelf import set_aside, tidy
from circulation.operations.reservation import cancel, expire, place, problems_of
from circulation.queries.pickup import came_free, to_fetch, to_tell
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan, make_policy
from tests.factories.desk import NOON, lend, take_back
from tests.factories.readers import make_reader
from tests.factories.reservations import make_queue, make_ready, make_reservation

pytestmark = pytest.mark.usefixtures("library")
THURSDAY, FRIDAY, SATURDAY = date(2026, 10, 15), date(2026, 10, 16), date(2026, 10, 17)
AFTER_FRIDAY = NOON + timedelta(days=5)


@pytest.fixture(autouse=True)
def it_is_noon(time_machine):
    time_machine.move_to(NOON)


@pytest.fixture
def out():
    """A copy that is on loan."""
    copy = make_copy()
    make_loan(copy=copy, lent_at=NOON - timedelta(days=3))
    return copy


def reserve(title, reader, by=None, **options):
    return place(title_id=title.pk, reader_id=reader.pk, by=by, at=NOON, reference=current_reference(), **options)


def codes(act):
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def give_up(turn, **options):
    return cancel(reservation_id=turn.pk, by=None, at=NOON, reference=current_reference(), **options)


def seen(*turns):
    for turn in turns:
        turn.refresh_from_db()
    return [(turn.state, turn.copy_id) for turn in turns]


@pytest.mark.cases("RS-1")
def test_place_waits_at_the_end_of_the_queue(out, library):
    turn = reserve(out.title, make_reader(), by=library.librarian)
    assert (turn.state, turn.placed_at, turn.placed_by) == ("waiting", NOON, library.librarian)


@pytest.mark.cases("RS-2")
def test_place_is_refused_while_a_copy_is_in():
    copy, reader = make_copy(), make_reader()
    assert codes(partial(reserve, copy.title, reader)) == ["copy_is_in"]
    (problem,) = problems_of(title_id=copy.title_id, reader_id=reader.pk, at=NOON, reference=current_reference())
    assert copy.barcode in problem.message
    assert Reservation.objects.count() == 0


@pytest.mark.cases("RS-2")
def test_place_with_the_copy_at_hand_sets_it_aside():
    copy = make_copy()
    turn = reserve(copy.title, make_reader(), fetched=copy.pk)
    assert (turn.state, turn.copy_id, turn.expires_on) == ("ready", copy.pk, THURSDAY)


@pytest.mark.cases("RS-2")
def test_place_waits_where_others_need_every_copy_that_is_in():
    copy = make_copy()
    make_queue(copy.title, [make_reader()])
    assert reserve(copy.title, make_reader()).state == "waiting"


@pytest.mark.cases("RS-3")
def test_place_is_refused_to_whoever_has_the_title(library):
    copy, reader = make_copy(), make_reader()
    lend(copy, reader, library.librarian)
    assert codes(partial(reserve, copy.title, reader)) == ["has_it"]


@pytest.mark.cases("RS-4")
def test_place_is_refused_to_whoever_waits(out):
    reader = make_reader()
    reserve(out.title, reader)
    assert codes(partial(reserve, out.title, reader)) == ["waits_already"]


@pytest.mark.cases("RS-5")
def test_place_is_refused_at_the_limit_unless_a_librarian_says_why(out, library):
    make_policy("staff", max_reservations=1)
    reader = make_reader(category="staff")
    make_reservation(make_title(), reader)
    assert codes(partial(reserve, out.title, reader, by=library.librarian)) == ["reservation_limit"]
    wanted = {"overrides": ["reservation_limit"], "reason": "竞赛"}
    assert codes(partial(reserve, out.title, reader, by=library.helper, **wanted)) == ["reservation_limit"]
    assert reserve(out.title, reader, by=library.librarian, **wanted).reason == "竞赛"


@pytest.mark.cases("RS-6")
def test_place_is_refused_to_who_left_or_is_blocked(out, library):
    assert codes(partial(reserve, out.title, make_reader(status="left"))) == ["reader_left"]
    blocked = make_reader()
    blocked.blocks.create(reason="请来一趟", since=NOON)
    assert codes(partial(reserve, out.title, blocked)) == ["reader_blocked"]
    suspended = make_reader()
    suspended.suspensions.create(starts_on=NOON.date(), ends_on=FRIDAY)
    assert codes(partial(reserve, out.title, suspended)) == ["suspended"]


@pytest.mark.cases("RS-7")
@pytest.mark.parametrize("fields", [{"state": "withdrawn"}, {"state": "lost"}, {"in_room_only": True}])
def test_place_is_refused_without_a_copy_that_could_come(fields):
    copy = make_copy(**fields)
    make_copy(title=copy.title, location=make_location("阅览室", circulates=False))
    assert codes(partial(reserve, copy.title, make_reader())) == ["nothing_to_reserve"]


@pytest.mark.cases("RS-9", "RT-13")
def test_return_sets_the_copy_aside_until_an_open_day(library):
    copy = make_copy()
    lend(copy, make_reader(), library.librarian)
    turn = make_reservation(copy.title, make_reader())
    event = take_back(copy, library.librarian, at=NOON + timedelta(days=3))
    assert seen(turn) == [("ready", copy.pk)]
    assert turn.expires_on == date(2026, 10, 20)  # Thursday and three open days
    assert event.details["reservation"] == turn.pk


@pytest.mark.cases("RT-14")
def test_return_of_a_withdrawn_copy_serves_nobody(library):
    copy = make_copy()
    lend(copy, make_reader(), library.librarian)
    turn = make_reservation(copy.title, make_reader())
    type(copy).objects.filter(pk=copy.pk).update(state="withdrawn")
    assert take_back(copy, library.librarian) is not None
    assert seen(turn) == [("waiting", None)]


@pytest.mark.cases("RS-10")
def test_tidy_expires_what_was_not_picked_up_and_serves_the_next():
    copy = make_copy()
    turn = make_ready(copy, make_reader(), expires_on=THURSDAY)
    (following,) = make_queue(copy.title, [make_reader()])
    assert tidy(at=NOON + timedelta(days=3), reference=current_reference()) == 0
    assert tidy(at=NOON + timedelta(days=4), reference=current_reference()) == 1
    assert seen(turn, following) == [("expired", copy.pk), ("ready", copy.pk)]
    assert list(came_free()) == []


@pytest.mark.cases("RS-10")
def test_tidy_without_a_next_lists_the_book_to_be_put_back():
    turn = make_ready(make_copy(), make_reader(), expires_on=THURSDAY)
    tidy(at=AFTER_FRIDAY, reference=current_reference())
    assert seen(turn) == [("expired", turn.copy_id)]
    assert list(came_free()) == [turn]


def test_tidy_twice_changes_nothing_more():
    make_ready(make_copy(), make_reader(), expires_on=THURSDAY)
    assert tidy(at=AFTER_FRIDAY, reference=current_reference()) == 1
    assert tidy(at=AFTER_FRIDAY, reference=current_reference()) == 0


def test_tidy_serves_a_book_that_came_free():
    copy = make_copy()
    turn = make_ready(copy, make_reader(), expires_on=FRIDAY)
    give_up(turn)
    waiting = make_reservation(copy.title, make_reader())
    assert tidy(at=NOON, reference=current_reference()) == 1
    assert seen(waiting) == [("ready", copy.pk)]


def test_tidy_lets_wait_again_whose_book_was_taken_from_circulation():
    copy = make_copy()
    turn = make_ready(copy, make_reader(), expires_on=FRIDAY)
    type(copy).objects.filter(pk=copy.pk).update(in_room_only=True)
    assert tidy(at=NOON, reference=current_reference()) == 1
    assert seen(turn) == [("waiting", None)]


def test_expire_leaves_whoever_waits():
    turn = make_reservation(make_copy().title, make_reader())
    expire(reservation_id=turn.pk, at=NOON, reference=current_reference())
    assert seen(turn) == [("waiting", None)]


@pytest.mark.cases("RS-11")
def test_cancel_while_waiting_closes_the_queue_up(out, library):
    first, second = make_queue(out.title, [make_reader(), make_reader()])
    give_up(first)
    take_back(out, library.librarian)
    assert seen(first, second) == [("cancelled", None), ("ready", out.pk)]


@pytest.mark.cases("RS-12")
def test_cancel_while_set_aside_goes_to_the_next():
    copy = make_copy()
    turn = make_ready(copy, make_reader(), expires_on=FRIDAY)
    (following,) = make_queue(copy.title, [make_reader()])
    give_up(turn, reason="不要了")
    assert seen(turn, following) == [("cancelled", copy.pk), ("ready", copy.pk)]


def test_cancel_twice_is_once(out):
    turn = make_reservation(out.title, make_reader())
    ended = give_up(turn).ended_at
    assert give_up(turn, reason="again").ended_at == ended
    assert Reservation.objects.get(pk=turn.pk).reason == ""


@pytest.mark.cases("RS-13")
@pytest.mark.parametrize("state", ["withdrawn", "lost", "in_repair", "missing"])
def test_copy_set_aside_that_goes_lets_its_reader_wait_at_the_head(state):
    copy = make_copy()
    other = make_copy(title=copy.title)
    make_loan(copy=other, lent_at=NOON - timedelta(days=1))
    turn = make_ready(copy, make_reader(), expires_on=FRIDAY, placed_at=NOON - timedelta(days=9))
    (second,) = make_queue(copy.title, [make_reader()])
    change_copy_state(copy_id=copy.pk, state=state, by=None, at=NOON)
    assert seen(turn, second) == [("waiting", None), ("waiting", None)]
    take_back(other, None)
    assert seen(turn) == [("ready", other.pk)]


@pytest.mark.cases("RS-14")
def test_last_copy_withdrawn_cancels_all_and_lists_them_to_be_told():
    copy = make_copy()
    turn = make_ready(copy, make_reader(), expires_on=FRIDAY)
    (second,) = make_queue(copy.title, [make_reader()])
    change_copy_state(copy_id=copy.pk, state="withdrawn", by=None, at=NOON)
    assert [row[0] for row in seen(turn, second)] == ["cancelled", "cancelled"]
    told = to_tell(current_reference(), NOON.date())
    assert {line.turn.pk for line in told} == {turn.pk, second.pk}


@pytest.mark.cases("RS-14")
def test_tidy_cancels_who_waits_for_copies_that_went_past_the_desk(out):
    (turn,) = make_queue(out.title, [make_reader()])
    Copy.objects.update(state=Copy.State.LOST)
    assert tidy(at=NOON, reference=current_reference()) == 1
    assert seen(turn) == [("cancelled", None)]


@pytest.mark.cases("RS-15")
def test_leaving_cancels_and_passes_on_and_undoing_takes_it_back(library):
    copy, leaver = make_copy(), make_reader(school_class=library.school_class)
    turn = make_ready(copy, leaver, expires_on=FRIDAY)
    (following,) = make_queue(copy.title, [make_reader()])
    act = leave(kind="leaving", leaving=[leaver.pk], day=NOON.date(), by=library.librarian, at=NOON)
    assert seen(turn, following) == [("cancelled", copy.pk), ("ready", copy.pk)]
    undo_turn(turn_id=act.pk, by=library.librarian, at=NOON)
    assert seen(turn) == [("waiting", None)]


@pytest.mark.cases("RS-15")
def test_tidy_cancels_turns_of_who_left_by_a_roster(out):
    turn = make_reservation(out.title, make_reader(status="left"))
    tidy(at=NOON, reference=current_reference())
    assert seen(turn) == [("cancelled", None)]


def test_set_aside_gives_a_fetched_copy_to_the_first():
    copy = make_copy()
    (turn,) = make_queue(copy.title, [make_reader()])
    assert [line.copy_id for line in to_fetch()] == [copy.pk]
    assert set_aside(copy_id=copy.pk, at=NOON, reference=current_reference()).pk == turn.pk
    assert to_fetch() == []


def test_set_aside_of_a_copy_on_loan_does_nothing(out):
    make_queue(out.title, [make_reader()])
    assert set_aside(copy_id=out.pk, at=NOON, reference=current_reference()) is None
