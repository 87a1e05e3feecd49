from datetime import UTC, date, datetime

import pytest

from reports.queries.trends import by_week, loans_by_week
from reports.rules.figures import Period
from tests.factories.circulation import make_loan
from tests.factories.readers import make_reader, make_school_year

pytestmark = pytest.mark.django_db


def test_loans_by_week_are_those_of_the_weekly_rows():
    make_school_year(2025)
    teacher = make_reader(category="teacher")
    for day, fields in ((8, {}), (9, {"kind": "corner"}), (17, {"reader": teacher}), (18, {"kind": "room"})):
        make_loan(lent_at=datetime(2025, 9, day, 2, tzinfo=UTC), **fields)
    period = Period.of(date(2025, 9, 1), date(2025, 9, 30), today=date(2025, 9, 24))
    assert loans_by_week(period) == [(row.first, row.all_loans) for row in by_week(period)]
    assert [loans for _monday, loans in loans_by_week(period)] == [None, 2, 1, 0]
