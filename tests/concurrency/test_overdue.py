"""Slips are printed while books come back: real threads on real rows."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from circulation.models import Loan, Reminder
from circulation.operations.in_room import hand_out
from circulation.operations.reminders import remind
from circulation.queries.overdue import Wanted, books_to_come_back
from library_site.models import Role
from library_site.shared.reference import current_reference
from readers.queries.classes import classes_on
from tests.concurrency.test_desks import at_once
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_loan, make_opening_hours, make_policy
from tests.factories.desk import NOON, lend, make_scan, take_back
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian():
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=50)
    return make_user(Role.LIBRARIAN)


def late_loans(number):
    reader = make_reader(school_class=make_class())
    fields = {"lent_at": NOON - timedelta(days=30), "due_on": NOON.date() - timedelta(days=2)}
    return [make_loan(reader=reader, **fields) for _number in range(number)]


def on_the_slips():
    reference = current_reference()
    classes = classes_on(reference, NOON.date())
    groups = books_to_come_back(Wanted(), classes=classes, reference=reference, today=NOON.date())
    return {line.loan_id for group in groups for line in group.lines}


def note(librarian, loans):
    return remind(loan_ids=[loan.pk for loan in loans], kind="slip", by=librarian, at=NOON)


@pytest.mark.cases("OV-3")
def test_book_that_is_coming_back_at_this_moment_is_passed_over_without_waiting(librarian):
    back, out = late_loans(2)
    returned, noted = threading.Event(), threading.Event()

    def bring():
        with transaction.atomic():
            Loan.objects.filter(pk=back.pk).update(returned_at=NOON)
            returned.set()
            noted.wait(30)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        desk = pool.submit(bring)
        assert returned.wait(30)
        told = note(librarian, [back, out])
        noted.set()
        desk.result()
    assert told == [out.pk]
    assert on_the_slips() == {out.pk}


@pytest.mark.cases("OV-2", "OV-3")
def test_printing_and_returning_at_once_never_prints_a_book_that_was_back_before(librarian):
    for _round in range(20):
        loans = late_loans(4)
        brought: list[int] = []

        def bring(rows, brought=brought):
            for loan in rows:
                take_back(loan.copy, librarian, at=NOON, scan=make_scan())
                brought.append(loan.pk)

        def print_slips(loans=loans, brought=brought):
            seen = []
            for _time in range(3):
                back = set(brought)
                told = note(librarian, loans)
                seen += [(back, set(told)), (back, on_the_slips())]
            return seen

        _done, seen = at_once(partial(bring, loans), print_slips)
        assert all(not back & printed for back, printed in seen)
        assert on_the_slips().isdisjoint(loan.pk for loan in loans)
        assert note(librarian, loans) == []


@pytest.mark.cases("OV-4")
def test_two_who_print_at_once_note_each_book_once(librarian):
    loans = late_loans(10)
    first, second = at_once(*[partial(note, librarian, loans)] * 2)
    assert sorted(first + second) == sorted(loan.pk for loan in loans)
    assert Reminder.objects.count() == len(loans)


@pytest.mark.cases("IR-1")
def test_book_is_lent_or_handed_out_for_the_room_but_not_both(librarian):
    reader, other = make_reader(), make_reader()
    for _round in range(20):
        copy = make_copy()
        arguments = {"copy_id": copy.pk, "reader_id": other.pk, "by": librarian, "at": NOON}
        at_once(
            partial(lend, copy, reader, librarian),
            partial(hand_out, **arguments, reference=current_reference(), scan=make_scan()),
        )
        assert copy.loans.filter(returned_at=None, voided_at=None).count() == 1
