"""What the desk's rules ask about a queue."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from circulation.queries.queue import turns_of
from circulation.rules.reservations import NOBODY
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_reader
from tests.factories.reservations import make_class_set, make_queue, make_ready

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 10, 16)


def turns(copy, reader=None):
    return turns_of(title_id=copy.title_id, copy_id=copy.pk, reader_id=reader.pk if reader else None)


def test_turns_of_a_title_that_nobody_waits_for():
    copy, reader = make_copy(), make_reader()
    with CaptureQueriesContext(connection) as captured:
        assert turns(copy, reader) == NOBODY
    assert len(captured) == 1


def test_turns_of_one_who_waits_counts_those_before():
    copy, readers = make_copy(), [make_reader() for _number in range(3)]
    queue = make_queue(copy.title, readers)
    found = [turns(copy, reader) for reader in readers]
    assert [row.own for row in found] == [turn.pk for turn in queue]
    assert [row.ahead for row in found] == [0, 1, 2]
    assert turns(copy, make_reader()).ahead == 3


def test_turns_of_free_counts_what_can_be_lent_now():
    title = make_title()
    here, out, kept = (make_copy(title=title) for _number in range(3))
    make_copy(title=title, location=make_location("阅览室", circulates=False))
    make_copy(title=title, in_room_only=True)
    make_copy(title=title, state="in_repair")
    make_loan(copy=out)
    make_ready(kept, make_reader(), expires_on=FRIDAY)
    make_queue(title, [make_reader()])
    assert turns(here, make_reader()).free == 1
    assert turns(here, make_reader()).is_needed


def test_turns_of_a_copy_set_aside_name_whose_it_is():
    copy, reader = make_copy(), make_reader()
    turn = make_ready(copy, reader, expires_on=FRIDAY)
    own, other = turns(copy, reader), turns(copy, make_reader())
    assert (own.own, own.held_for_other(reader.pk)) == (turn.pk, False)
    assert (other.own, other.held_for, other.held_until) == (None, reader.pk, FRIDAY)


def test_turns_of_a_teacher_put_the_own_turn_before_the_class_set():
    copy, teacher = make_copy(), make_reader(category="teacher")
    wish = make_class_set(copy.title, teacher, needed_on=FRIDAY)
    assert turns(copy, teacher).own_set == wish.pk
    (own,) = make_queue(copy.title, [teacher])
    assert turns(copy, teacher).own == own.pk
