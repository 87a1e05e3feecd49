"""Copies that come in go to the first in the queue."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from circulation.operations.desk import lock_copy
from circulation.operations.pickup import fulfil, release, serve_queue, unfulfil
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy
from tests.factories.desk import NOON
from tests.factories.readers import make_reader
from tests.factories.reservations import make_class_set, make_queue, make_ready, make_reservation

THURSDAY, FRIDAY = date(2026, 10, 15), date(2026, 10, 16)
pytestmark = pytest.mark.usefixtures("library")


def serve(copy, at=NOON):
    with transaction.atomic():
        return serve_queue(copy=lock_copy(copy.pk), at=at, reference=current_reference())


def take(copy, reader):
    with transaction.atomic():
        return fulfil(
            reader_id=reader.pk, title_id=copy.title_id, copy_id=copy.pk, at=NOON, reference=current_reference()
        )


def undo_taking(turn, copy):
    with transaction.atomic():
        locked = lock_copy(copy.pk)
        key = turn.pk if turn else None
        return unfulfil(reservation_id=key, copy=locked, at=NOON, reference=current_reference())


def seen(*turns):
    for turn in turns:
        turn.refresh_from_db()
    return [(turn.state, turn.copy_id) for turn in turns]


def test_serve_queue_sets_the_copy_aside_for_the_first():
    copy, readers = make_copy(), [make_reader(), make_reader()]
    first, second = make_queue(copy.title, readers)
    served = serve(copy)
    assert (served.pk, served.reader, served.expires_on) == (first.pk, readers[0], THURSDAY)
    assert seen(first, second) == [("ready", copy.pk), ("waiting", None)]


def test_serve_queue_costs_one_statement_where_nobody_waits():
    copy = make_copy()
    serve(copy)  # fills what a process keeps
    reference = current_reference()
    with transaction.atomic():
        locked = lock_copy(copy.pk)
        with CaptureQueriesContext(connection) as captured:
            assert serve_queue(copy=locked, at=NOON, reference=reference) is None
    assert len(captured) == 1


def test_serve_queue_keeps_a_copy_for_one_reader_only():
    copy = make_copy()
    first, second = make_queue(copy.title, [make_reader(), make_reader()])
    assert serve(copy).pk == first.pk
    assert serve(copy) is None
    assert seen(second) == [("waiting", None)]


@pytest.mark.parametrize("fields", [{"state": "withdrawn"}, {"state": "in_repair"}, {"in_room_only": True}])
def test_serve_queue_leaves_copies_that_nobody_may_take(fields):
    copy = make_copy(**fields)
    make_queue(copy.title, [make_reader()])
    assert serve(copy) is None


def test_serve_queue_keeps_a_class_set_until_after_its_day():
    copy, teacher = make_copy(), make_reader(category="teacher")
    make_class_set(copy.title, teacher, needed_on=date(2026, 10, 20))
    assert serve(copy).expires_on == FRIDAY + timedelta(days=7)


def test_fulfil_ends_the_turn_of_the_reader():
    copy, reader = make_copy(), make_reader()
    turn = make_ready(copy, reader, expires_on=FRIDAY)
    assert take(copy, reader).pk == turn.pk
    assert seen(turn) == [("fulfilled", copy.pk)]
    assert undo_taking(turn, copy).pk == turn.pk
    assert seen(turn) == [("ready", copy.pk)]


def test_fulfil_without_a_turn_changes_nothing():
    copy = make_copy()
    (turn,) = make_queue(copy.title, [make_reader()])
    assert take(copy, make_reader()) is None
    assert seen(turn) == [("waiting", None)]


def test_fulfil_by_another_copy_passes_the_one_set_aside_on():
    copy, other, reader = make_copy(), None, make_reader()
    other = make_copy(title=copy.title)
    kept = make_ready(copy, reader, expires_on=FRIDAY)
    (next_one,) = make_queue(copy.title, [make_reader()])
    take(other, reader)
    assert seen(kept, next_one) == [("fulfilled", copy.pk), ("ready", copy.pk)]
    undo_taking(kept, other)
    assert seen(kept, next_one) == [("ready", other.pk), ("ready", copy.pk)]


def test_fulfil_by_exception_lets_the_one_it_was_kept_for_wait_again():
    copy, reader = make_copy(), make_reader()
    kept = make_ready(copy, reader, expires_on=FRIDAY)
    assert take(copy, make_reader()) is None
    assert seen(kept) == [("waiting", None)]
    assert undo_taking(None, copy).pk == kept.pk


def test_unfulfil_leaves_a_reader_who_waits_anew_one_turn():
    copy, reader = make_copy(), make_reader()
    turn = make_reservation(copy.title, reader)
    take(copy, reader)
    anew = make_reservation(copy.title, reader)
    assert undo_taking(turn, copy).pk == anew.pk
    assert seen(turn) == [("fulfilled", None)]


def test_release_keeps_the_place_in_the_queue():
    copy = make_copy()
    first, _second = make_queue(copy.title, [make_reader(), make_reader()])
    serve(copy)
    with transaction.atomic():
        assert release(copy_id=copy.pk).pk == first.pk
    assert serve(make_copy(title=copy.title)).pk == first.pk
