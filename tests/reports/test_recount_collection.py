"""The tables of the collection against the slow recount, at the end of every day of random schools."""

from dataclasses import astuple
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from library_site.shared.reference import current_reference
from reports.queries.collection.classes import classes_below, collection_by_class, table_from, table_json
from reports.queries.collection.ranking import many_copies, most_lent
from reports.queries.collection.stock import stock
from reports.rules.collection import Sums
from reports.rules.figures import Period
from tests.reports.made_up_school import YEAR_BEGAN, School
from tests.reports.recount import Day, loans_in, own, recount_collection, recount_holdings
from tests.reports.test_recount import HAPPENINGS

pytestmark = pytest.mark.django_db


@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(HAPPENINGS)
def test_every_table_is_that_of_a_slow_recount_whatever_happens_later(db, happenings):
    before = transaction.savepoint()
    try:
        school = School()
        for name, a, b in happenings:
            school.do(name, a, b)
        school.night(0, 0)
        for day in school.days:
            assert_recounted(YEAR_BEGAN, day, today=school.today)
            assert_recounted(day.day - timedelta(days=9), day, today=school.today)
    finally:  # what fails is tried again
        transaction.savepoint_rollback(before)


def numbers(sums: Sums) -> tuple:
    return (sums.titles, sums.copies, sums.circulating, sums.value, sums.loans or 0)


def assert_recounted(first: date, day: Day, *, today: date) -> None:
    period, reference = Period(first, day.day, day.day), current_reference()
    expected = recount_collection(first, day)
    table = collection_by_class(period, reference=reference, today=today)
    assert {row.code: numbers(row) for row in table.classes} == {key: row for key, row in expected.items() if any(row)}
    assert astuple(table_from(table_json(table)).whole) == astuple(table.whole)
    for letter in ("I", "T"):
        below = classes_below(letter, period, today=today)
        assert numbers(below.whole) == expected.get(letter, (0, 0, 0, 0, 0))
    for parts in stock(period, reference=reference, today=today):
        assert numbers(parts.rows[-1]) == numbers(table.whole)
        assert sum(row.copies for row in parts.rows[:-1]) == table.whole.copies
    rooms = {row.code: row.copies for row in parts.rows[:-1] if row.copies}
    held = recount_holdings(day)
    assert rooms == {
        str(room): sum(row[1] for key, row in held.items() if key[0] == room) for room in {key[0] for key in held}
    }
    assert sum(book.loans for book in most_lent(period)) == len(own(loans_in(first, day.day)))
    assert {book.pk for book in many_copies(period, least=1)} >= {book.pk for book in most_lent(period) if book.copies}
