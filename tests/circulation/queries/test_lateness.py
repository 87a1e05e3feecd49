"""How late a book is, as lists and slips say it."""

from datetime import date, timedelta

import pytest

from circulation.queries.lateness import days_late
from circulation.queries.overdue import Wanted, books_to_come_back
from library_site.shared.reference import current_reference
from tests.factories.calendar import make_closure
from tests.factories.circulation import make_loan

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 10, 16)


def late_on(days, **loan):
    found = make_loan(due_on=FRIDAY, **loan)
    return [days_late(found, FRIDAY + timedelta(day), current_reference()) for day in days]


def test_only_open_days_are_late(library):
    # Friday, Saturday, Sunday, Monday, Tuesday.
    assert late_on(range(5)) == [0, 1, 1, 1, 2]


def test_book_due_on_a_day_that_became_closed_is_not_late_on_the_next_open_day(library):
    make_closure(FRIDAY)
    assert late_on(range(5)) == [0, 0, 0, 0, 1]


def test_book_that_could_not_come_back_yet_is_on_no_slip(library):
    make_closure(FRIDAY)
    make_loan(due_on=FRIDAY)
    asked = {"classes": [], "reference": current_reference()}

    assert books_to_come_back(Wanted(), today=FRIDAY + timedelta(3), **asked) == []
    (group,) = books_to_come_back(Wanted(), today=FRIDAY + timedelta(4), **asked)
    assert group.days_late == 1
