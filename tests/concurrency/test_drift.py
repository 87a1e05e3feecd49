"""Two hands on one drifting book: real threads on real rows."""

from functools import partial

import pytest

from activities.models import DriftBook, DriftStop
from activities.operations.drift import pass_on, set_adrift
from tests.activities.operations.test_drift import DAY
from tests.concurrency.test_desks import at_once
from tests.factories.activities import make_activity
from tests.factories.catalog import make_copy
from tests.factories.readers import make_reader

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 20


def test_one_copy_set_adrift_twice_at_once_travels_once():
    drift = make_activity(shape="drift")
    for _try in range(TRIES):
        act = partial(set_adrift, activity_id=drift.pk, copy_id=make_copy().pk, name="", on=DAY)
        outcomes = at_once(act, act)
        assert [row for row in outcomes if not isinstance(row, DriftBook)] == [["drift_copy_adrift"]]
    numbers = DriftBook.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [str(number).zfill(3) for number in range(1, TRIES + 1)]


def test_book_passed_on_twice_at_once_is_in_one_place():
    drift = make_activity(shape="drift")
    for _try in range(TRIES):
        book = set_adrift(activity_id=drift.pk, copy_id=None, name="夏洛的网", on=DAY)
        acts = [
            partial(pass_on, book_id=book.pk, reader_id=make_reader().pk, school_class_id=None, on=DAY)
            for _hand in range(2)
        ]
        at_once(*acts)
        assert DriftStop.objects.filter(book=book, until=None).count() == 1
        assert DriftStop.objects.filter(book=book).count() == 2
