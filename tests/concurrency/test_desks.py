"""Two desks at once: real threads on real rows, every outcome checked in the database."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from circulation.models import BorrowerKey, CirculationEvent, Loan
from circulation.models.loans import OPEN
from circulation.operations.renewal import renew
from circulation.operations.undo import undo_last
from library_site.models import Role
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import NOON, lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 200
LIMIT = 5


@pytest.fixture
def desk_user():
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=LIMIT)
    make_policy("teacher", max_loans=500)
    return make_user(Role.LIBRARIAN)


def at_once(*acts):
    """Runs the acts in threads that start together; returns each one's result, or the refusal's codes."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except Refused as refusal:
            return [problem.code for problem in refusal.problems]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.cases("CO-2")
def test_two_desks_lending_one_copy_leave_one_open_loan_each_time(desk_user):
    readers = [make_reader(category="teacher"), make_reader(category="teacher")]
    copies = [make_copy() for _number in range(TRIES)]
    outcomes = Counter()
    for copy in copies:
        results = at_once(*(partial(lend, copy, reader, desk_user) for reader in readers))
        outcomes[sum(isinstance(result, CirculationEvent) for result in results)] += 1
    assert outcomes == {1: TRIES}
    assert Loan.objects.filter(OPEN).values("copy").distinct().count() == Loan.objects.count() == TRIES


@pytest.mark.cases("CO-4")
def test_twenty_checkouts_at_once_stop_at_the_limit(desk_user):
    reader = make_reader()
    copies = [make_copy() for _number in range(20)]
    results = at_once(*(partial(lend, copy, reader, desk_user) for copy in copies))
    refused = [result for result in results if not isinstance(result, CirculationEvent)]
    assert Loan.objects.filter(OPEN, reader=reader).count() == LIMIT
    assert refused == [["limit_reached"]] * (20 - LIMIT)
    assert BorrowerKey.objects.filter(reader=reader).count() == 1


@pytest.mark.cases("CO-22")
def test_one_scan_sent_twice_at_once_counts_once(desk_user):
    reader, copy, scan = make_reader(), make_copy(), make_scan()
    first, second = at_once(*[lambda: lend(copy, reader, desk_user, scan=scan)] * 2)
    assert first == second
    assert CirculationEvent.objects.count() == 1


def test_one_book_returned_at_two_desks_is_returned_once(desk_user):
    copy = make_copy()
    lend(copy, make_reader(), desk_user)
    results = at_once(*[lambda: take_back(copy, desk_user)] * 2)
    assert sorted(result is None for result in results) == [False, True]
    assert CirculationEvent.objects.filter(kind="return").count() == 1


def test_readers_swapping_books_at_two_desks_never_deadlock(desk_user):
    first, second = make_reader(), make_reader()
    one, two = make_copy(), make_copy()
    for _round in range(20):
        lend(one, first, desk_user)
        lend(two, second, desk_user)
        at_once(lambda: take_back(one, desk_user), lambda: take_back(two, desk_user))
        at_once(lambda: lend(two, first, desk_user), lambda: lend(one, second, desk_user))
        at_once(lambda: take_back(two, desk_user), lambda: take_back(one, desk_user))
    assert Loan.objects.filter(OPEN).count() == 0


@pytest.mark.cases("RN-3")
def test_last_renewal_is_given_once(desk_user):
    copy = make_copy()
    lend(copy, make_reader(), desk_user)
    loan, reference = loan_of(copy), current_reference()
    arguments = {"loan_id": loan.pk, "by": None, "at": NOON, "reference": reference}
    results = at_once(*[lambda: renew(**arguments, scan=make_scan())] * 2)
    assert sorted(isinstance(result, CirculationEvent) for result in results) == [False, True]
    assert loan_of(copy).renewals == 1


@pytest.mark.cases("UN-8")
def test_undo_pressed_on_two_pages_of_a_desk_undoes_one_act(desk_user):
    copy = make_copy()
    lend(copy, make_reader(), desk_user)
    results = at_once(*[lambda: undo_last(desk="desk1", by=desk_user, at=NOON, scan=make_scan())] * 2)
    assert sorted(isinstance(result, CirculationEvent) for result in results) == [False, True]
    assert CirculationEvent.objects.filter(kind="undo").count() == 1


def test_undo_and_return_at_once_leave_one_story(desk_user):
    for _round in range(20):
        copy = make_copy()
        lend(copy, make_reader(), desk_user)
        at_once(
            lambda: undo_last(desk="desk1", by=desk_user, at=NOON, scan=make_scan()),
            partial(take_back, copy, desk_user, scan=make_scan(desk="desk2")),
        )
        loan = loan_of(copy)
        assert (loan.voided_at is None) != (loan.returned_at is None)
