"""Titles that become one: whoever waited for both keeps one turn."""

from datetime import date, timedelta

import pytest

from catalog.operations.merging import merge_titles
from tests.factories.catalog import make_copy, make_title
from tests.factories.desk import NOON
from tests.factories.readers import make_reader
from tests.factories.reservations import make_class_set, make_ready, make_reservation

pytestmark = pytest.mark.usefixtures("library")
FRIDAY = date(2026, 10, 16)


def merge(stays, goes):
    merge_titles(stays_id=stays.pk, goes_id=goes.pk, by=None)


def seen(turn):
    turn.refresh_from_db()
    return turn.title_id, turn.state, turn.reason


@pytest.mark.cases("RS-17")
def test_merging_moves_turns_and_cancels_doubles():
    stays, goes = make_title("一"), make_title("一")
    both, one = make_reader(), make_reader()
    kept = make_reservation(stays, both, placed_at=NOON)
    double = make_reservation(goes, both, placed_at=NOON - timedelta(days=3))
    moved = make_reservation(goes, one, placed_at=NOON - timedelta(days=1))
    merge(stays, goes)
    assert seen(kept) == (stays.pk, "waiting", "")
    assert kept.placed_at == NOON - timedelta(days=3)
    assert seen(double) == (stays.pk, "cancelled", "merged")
    assert seen(moved) == (stays.pk, "waiting", "")


@pytest.mark.cases("RS-17")
def test_merging_keeps_the_turn_whose_book_is_set_aside():
    stays, goes, reader = make_title("一"), make_title("一"), make_reader()
    waiting = make_reservation(stays, reader)
    ready = make_ready(make_copy(title=goes), reader, expires_on=FRIDAY)
    merge(stays, goes)
    assert seen(ready) == (stays.pk, "ready", "")
    assert seen(waiting) == (stays.pk, "cancelled", "merged")


@pytest.mark.cases("RS-17")
def test_merging_moves_a_class_set_whole():
    stays, goes, teacher = make_title("一"), make_title("一"), make_reader(category="teacher")
    wish = make_class_set(goes, teacher, needed_on=FRIDAY, wanted=3)
    own = make_reservation(stays, teacher)
    merge(stays, goes)
    assert [seen(turn) for turn in wish.reservations.all()] == [(stays.pk, "waiting", "")] * 3
    assert seen(own) == (stays.pk, "waiting", "")
