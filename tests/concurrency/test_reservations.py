"""The queue of a title under real threads: no book without its reader, no reader without the turn."""

from datetime import timedelta
from functools import partial

import pytest

from circulation.models import Loan, Reservation
from circulation.models.loans import OPEN
from circulation.operations.copy_state import change_copy_state
from circulation.operations.pickup_shelf import set_aside, tidy
from circulation.operations.reservation import cancel, place
from library_site.models import Role
from library_site.shared.reference import current_reference
from tests.concurrency.test_desks import at_once
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import NOON, lend, make_scan, take_back
from tests.factories.readers import make_reader, make_school_year
from tests.factories.reservations import make_queue, make_ready
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25


@pytest.fixture
def desk_user():
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=200, max_reservations=50)
    return make_user(Role.LIBRARIAN)


def reserve(title, reader, **options):
    return place(title_id=title.pk, reader_id=reader.pk, by=None, at=NOON, reference=current_reference(), **options)


def give_up(turn):
    return cancel(reservation_id=turn.pk, by=None, at=NOON, reference=current_reference())


def no_book_without_its_reader(title):
    """Nobody waits while a copy is in that is set aside for nobody."""
    waiting = Reservation.objects.filter(title=title, state="waiting").exists()
    out = Loan.objects.filter(OPEN).values("copy")
    kept = Reservation.objects.filter(state="ready").values("copy")
    return not (waiting and title.copies.filter(state="on_shelf").exclude(pk__in=out).exclude(pk__in=kept).exists())


@pytest.mark.cases("RS-8")
def test_two_reserving_at_once_get_two_places(desk_user):
    copy = make_copy()
    lend(copy, make_reader(), desk_user)
    readers = [make_reader() for _number in range(4)]
    turns = at_once(*(partial(reserve, copy.title, reader) for reader in readers))
    assert {turn.reader_id for turn in turns} == {reader.pk for reader in readers}
    served = []
    for _turn in turns:
        take_back(copy, desk_user, scan=make_scan())
        ready = Reservation.objects.get(state="ready")
        served.append(ready.pk)
        lend(copy, ready.reader, desk_user)
    assert served == sorted(turn.pk for turn in turns)


@pytest.mark.cases("RS-4", "RS-8")
def test_one_reader_reserving_twice_at_once_waits_once(desk_user):
    copy, reader = make_copy(), make_reader()
    lend(copy, make_reader(), desk_user)
    results = at_once(*[partial(reserve, copy.title, reader)] * 3)
    assert sorted(map(str, results), key=len)[:2] == ["['waits_already']"] * 2
    assert Reservation.objects.count() == 1


@pytest.mark.cases("RS-18")
def test_last_copy_reserved_and_lent_at_once_has_one_outcome(desk_user):
    for _round in range(ROUNDS):
        copy, borrower, waiter = make_copy(), make_reader(), make_reader()
        lent, reserved = at_once(
            partial(lend, copy, borrower, desk_user), partial(reserve, copy.title, waiter, fetched=copy.pk)
        )
        turn = Reservation.objects.get(title=copy.title) if isinstance(reserved, Reservation) else None
        is_out = Loan.objects.filter(OPEN, copy=copy).exists()
        assert is_out == (not isinstance(lent, list))
        assert not (is_out and turn and turn.state == "ready")
        assert is_out or (turn and turn.copy_id == copy.pk)


@pytest.mark.cases("RS-9", "RS-18")
def test_return_and_reservation_at_once_leave_no_book_without_its_reader(desk_user):
    for _round in range(ROUNDS):
        copy = make_copy()
        lend(copy, make_reader(), desk_user)
        at_once(partial(take_back, copy, desk_user, scan=make_scan()), partial(reserve, copy.title, make_reader()))
        assert no_book_without_its_reader(copy.title)


@pytest.mark.cases("RS-9")
def test_two_copies_returned_at_once_serve_the_first_two(desk_user):
    for _round in range(ROUNDS):
        title = make_title()
        copies = [make_copy(title=title), make_copy(title=title)]
        for copy in copies:
            lend(copy, make_reader(), desk_user)
        first, second, third = make_queue(title, [make_reader() for _number in range(3)])
        at_once(*(partial(take_back, copy, desk_user, scan=make_scan()) for copy in copies))
        ready = Reservation.objects.filter(title=title, state="ready")
        assert set(ready.values_list("pk", flat=True)) == {first.pk, second.pk}
        assert {turn.copy_id for turn in ready} == {copy.pk for copy in copies}
        third.refresh_from_db()
        assert third.state == "waiting"


@pytest.mark.cases("RS-11", "RS-12")
def test_cancelling_and_returning_at_once_serve_who_is_left(desk_user):
    for _round in range(ROUNDS):
        copy = make_copy()
        lend(copy, make_reader(), desk_user)
        first, second = make_queue(copy.title, [make_reader(), make_reader()])
        at_once(partial(give_up, first), partial(take_back, copy, desk_user, scan=make_scan()))
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state, second.copy_id) == ("cancelled", "ready", copy.pk)


@pytest.mark.cases("RS-10", "CO-16")
def test_expiring_and_picking_up_at_once_have_one_outcome(desk_user):
    for _round in range(ROUNDS):
        copy, reader = make_copy(), make_reader()
        at = NOON + timedelta(days=10)
        turn = make_ready(copy, reader, expires_on=NOON.date())
        (following,) = make_queue(copy.title, [make_reader()])
        at_once(partial(tidy, at=at, reference=current_reference()), partial(lend, copy, reader, desk_user, at=at))
        turn.refresh_from_db()
        following.refresh_from_db()
        assert (turn.state, following.state) in {("fulfilled", "waiting"), ("expired", "ready")}
        assert Loan.objects.filter(OPEN, copy=copy).exists() == (turn.state == "fulfilled")


@pytest.mark.cases("CO-20")
def test_readers_taking_each_others_copies_never_deadlock(desk_user):
    for _round in range(ROUNDS):
        title, readers = make_title(), [make_reader(), make_reader()]
        copies = [make_copy(title=title), make_copy(title=title)]
        for copy, reader in zip(copies, readers, strict=True):
            make_ready(copy, reader, expires_on=NOON.date())
        exception = {"overrides": ["held_for_other"], "reason": "换一册"}
        at_once(
            partial(lend, copies[1], readers[0], desk_user, **exception),
            partial(lend, copies[0], readers[1], desk_user, **exception),
        )
        assert Loan.objects.filter(OPEN, copy__title=title).count() == 2
        assert not Reservation.objects.filter(title=title, state="ready").exists()


@pytest.mark.cases("RS-13")
def test_withdrawing_and_setting_aside_at_once_never_keep_a_withdrawn_copy(desk_user):
    for _round in range(ROUNDS):
        copy = make_copy()
        make_copy(title=copy.title, state="in_repair")
        (turn,) = make_queue(copy.title, [make_reader()])
        at_once(
            partial(set_aside, copy_id=copy.pk, at=NOON, reference=current_reference()),
            partial(change_copy_state, copy_id=copy.pk, state="withdrawn", by=None, at=NOON),
        )
        turn.refresh_from_db()
        assert (turn.state, turn.copy_id) == ("waiting", None)
