"""Any sequence of acts on boxes and corners leaves every book in one place."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from circulation.models import BoxStay, Loan
from circulation.models.loans import OPEN
from circulation.operations.undo import undo_last
from library_site.models import Role
from library_site.shared.problems import Refused
from tests.factories.boxes import bring_back, fill, lend_on, move
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box, make_opening_hours, make_policy
from tests.factories.desk import NOON, lend, make_scan, take_back
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

PLACES = st.integers(0, 1)
NAMES = ["fill", "lend_on", "bring_back", "take_back", "lend", "swap", "undo"]
ACTS = st.tuples(st.sampled_from(NAMES), PLACES)
DESKS = {"lend_on": "corner", "bring_back": "corner"}


class Story:
    """Two classes with a pupil and a box each, and one book; every act is tried, and may be refused."""

    def __init__(self):
        self.by = make_user(Role.LIBRARIAN)
        self.classes = [make_class(2024, number) for number in (1, 2)]
        self.boxes = [make_box(school_class=one) for one in self.classes]
        self.pupils = [make_reader(school_class=one) for one in self.classes]
        self.copy = make_copy()
        self.at = NOON

    def act(self, name, place):
        self.at += timedelta(minutes=1)
        scan = {"at": self.at, "scan": make_scan(desk=DESKS.get(name, "front"))}
        with suppress(Refused):
            getattr(self, name)(self.copy, place, scan)

    def fill(self, copy, place, scan):
        fill(self.boxes[place], self.by, copy, **scan)

    def lend_on(self, copy, place, scan):
        lend_on(copy, self.pupils[place], self.classes[place], self.by, **scan)

    def bring_back(self, copy, place, scan):
        bring_back(copy, self.by, **scan)

    def take_back(self, copy, place, scan):
        take_back(copy, self.by, **scan)

    def lend(self, copy, place, scan):
        lend(copy, self.pupils[place], self.by, **scan)

    def swap(self, copy, place, scan):
        here = [BoxStay.objects.get(box=box, until=None).school_class for box in self.boxes]
        move(self.by, *zip(self.boxes, here, reversed(here), strict=True), at=self.at)

    def undo(self, copy, place, scan):
        undo_last(desk=("front", "corner")[place], by=self.by, **scan)


@pytest.mark.cases("CB-1", "CB-5", "CB-9", "CB-10", "CB-11")
class BoxStories(TestCase):
    def setUp(self):
        make_school()
        make_school_year(2026)
        make_opening_hours()
        make_policy("student", max_loans=50)

    @settings(max_examples=100)
    @given(st.lists(ACTS, max_size=16))
    def test_every_book_is_in_one_place_after_any_sequence_of_acts(self, acts):
        story = Story()
        for act in [("fill", 0), ("lend_on", 0), *acts]:
            story.act(*act)
            self.each_in_one_place(story)
        story.act("take_back", 0)
        assert not Loan.objects.filter(OPEN).exists()

    def each_in_one_place(self, story):
        kinds = sorted(Loan.objects.filter(OPEN, copy=story.copy).values_list("kind", flat=True))
        assert kinds in ([], ["class"], ["class", "corner"], ["reader"]), kinds
        assert BoxStay.objects.filter(until=None).count() == 2
