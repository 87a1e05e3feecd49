"""Two who catalogue at once: no number is given twice, whichever way it is given."""

import threading
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from catalog.models import Copy, Title
from catalog.operations.barcodes import change_barcode
from catalog.operations.copies import add_copies
from catalog.operations.fast_lane import Lane, Person, State, enter_copy
from catalog.operations.numbering import hold_numbers
from circulation.operations.desk import lock_copy
from tests.concurrency.test_desks import at_once
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 10


@pytest.fixture
def librarian():
    make_school()
    return make_user()


def wait_until_it_waits(other: threading.Thread) -> None:
    """Until its session stands still behind a lock of this one, or it is through."""
    with connection.cursor() as cursor:
        while other.is_alive():
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return


def behind(act):
    """The act in a thread that has come to wait for what is locked here; `done` holds what it returned."""
    done = []

    def run():
        try:
            done.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    wait_until_it_waits(thread)
    return thread, done


def entering(librarian, barcodes, count):
    fields = {"location_id": make_location().pk, "count": count, "by": librarian}
    return partial(add_copies, title_id=make_title().pk, barcodes=barcodes, **fields)


def test_numbers_drawn_and_typed_at_once_are_each_one_copys(librarian):
    typed = [f"{number:08d}" for number in range(1, 11)]

    at_once(entering(librarian, None, 10), entering(librarian, typed, 10), entering(librarian, None, 10))

    barcodes = list(Copy.objects.values_list("barcode", flat=True))
    assert len(barcodes) == len(set(barcodes))
    assert len(barcodes) in {20, 30}  # the typed ones come first, or were drawn already


def test_range_entered_twice_at_once_goes_to_one(librarian):
    for turn in range(TRIES):
        numbers = [f"A{turn}{number:03d}" for number in range(5)]

        outcomes = at_once(*(entering(librarian, numbers, 5) for _person in range(3)))

        assert sorted(len(outcome) for outcome in outcomes) == [5, 5, 5]
        assert sorted(isinstance(outcome[0], Copy) for outcome in outcomes) == [False, False, True]
    assert Copy.objects.count() == 5 * TRIES


def test_freed_barcode_is_nobody_elses_even_at_the_same_moment(librarian):
    for turn in range(TRIES):
        copy = make_copy(f"A{turn}")

        at_once(
            partial(change_barcode, copy_id=copy.pk, barcode=f"B{turn}", by=librarian),
            entering(librarian, [f"A{turn}"], 1),
        )

        copy.refresh_from_db()
        assert copy.barcode == f"B{turn}"
        assert not Copy.objects.filter(barcode=f"A{turn}").exists()


def test_new_isbn_typed_by_two_at_once_makes_one_title(librarian):
    lane = Lane(location_id=make_location().pk)
    who = Person(by=librarian, at=timezone.now())
    state = State(draft={"name": "三国演义", "isbn": "9787020002207"})

    at_once(*(partial(enter_copy, label=f"A{number}", state=state, lane=lane, who=who) for number in range(4)))

    assert Title.objects.count() == 1
    assert Copy.objects.count() == 4


def test_label_scanned_at_two_tables_at_once_is_one_copys_and_leaves_no_title(librarian):
    lane = Lane(location_id=make_location().pk)
    who = Person(by=librarian, at=timezone.now())

    outcomes = at_once(
        *(
            partial(enter_copy, label="A1", state=State(draft={"name": f"书{number}"}), lane=lane, who=who)
            for number in range(4)
        )
    )

    assert sum(outcome == ["number_taken"] for outcome in outcomes) == 3
    assert Title.objects.count() == Copy.objects.count() == 1


def test_who_waits_for_numbers_holds_no_title_that_the_one_before_may_need(librarian):
    """Else copies that are entered in the form and in the fast lane for one title end each other."""
    title = make_title()
    act = partial(add_copies, title_id=title.pk, barcodes=None, count=1, location_id=make_location().pk, by=librarian)
    with transaction.atomic():
        hold_numbers()
        thread, done = behind(act)
        Title.objects.select_for_update(nowait=True).get(pk=title.pk)
    thread.join()

    assert len(done[0]) == 1


@pytest.mark.parametrize("changed", ["location", "title"])
def test_desk_finds_a_copy_that_was_moved_or_merged_while_it_waited(librarian, changed):
    copy, new = make_copy(), {"location": make_location("阅览室"), "title": make_title()}[changed]
    with transaction.atomic():
        Copy.objects.filter(pk=copy.pk).update(**{changed: new})
        thread, done = behind(transaction.atomic(partial(lock_copy, copy.pk)))
    thread.join()

    assert [getattr(row, changed) for row in done] == [new]
