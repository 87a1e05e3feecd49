"""Every figure of random schools against the slow recount, at the end of every day that was written down."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from library_site.shared.reference import current_reference
from reports.models import ReportOptions
from reports.queries.facts import facts_of
from reports.queries.figures import FIGURES
from reports.queries.holdings import holdings_on
from reports.queries.snapshots import by_variant
from reports.queries.subjects import copies_lent, loans_by_class
from reports.queries.trends import by_week
from reports.rules.figures import Period
from tests.reports.made_up_school import ACTS, YEAR_BEGAN, School
from tests.reports.recount import (
    Day,
    loans_in,
    own,
    recount,
    recount_classes,
    recount_holdings,
    recount_subjects,
    recount_weeks,
)

pytestmark = pytest.mark.django_db
NUMBERS = st.integers(0, 41)
HAPPENINGS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), NUMBERS, NUMBERS), min_size=5, max_size=45)


# Each example is a school in the database: making a failing one smaller would take minutes.
@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(HAPPENINGS)
def test_every_figure_is_that_of_a_slow_recount_whatever_happens_later(db, happenings):
    before = transaction.savepoint()
    try:
        compare(School(), happenings)
    finally:
        transaction.savepoint_rollback(before)


def compare(school: School, happenings: list[tuple[str, int, int]]) -> None:
    for name, a, b in happenings:
        school.do(name, a, b)
    school.night(0, 0)
    for day in school.days:
        assert_recounted(YEAR_BEGAN, day, today=school.today)
        # Before the school year the library is closed, which the recount does not know.
        assert_recounted(max(YEAR_BEGAN, day.day - timedelta(days=9)), day, today=school.today)
    school.roll(0, 0)
    assert_recounted(YEAR_BEGAN, school.days[-1], today=school.today)


def assert_recounted(first: date, day: Day, *, today: date) -> None:
    """The period ends on that day, or is a longer one that still ran then."""
    reference = current_reference()
    for ends_on in (day.day, day.day + timedelta(days=30)):
        period = Period(first, ends_on, day.day)
        facts = facts_of(period, reference=reference, today=today)
        expected = recount(first, ends_on, day, year_began=YEAR_BEGAN)
        found = {code: figure(facts) for code, figure in FIGURES.items()}
        for variant in ("borrowers", "copies_lent"):
            found[f"circulation_rate:{variant}"] = by_variant(facts, "circulation_rate", variant)
        assert {code: figure and figure.value for code, figure in found.items()} == expected
        assert {
            key: (row.students, row.loans, len(row.borrowers))
            for key, row in facts.classes.items()
            if row.students or row.loans
        } == recount_classes(first, day)
    period = Period(first, day.day, day.day)
    assert loans_by_class(period) == recount_subjects(first, day)
    assert copies_lent(period) == len({loan.copy_id for loan in own(loans_in(first, day.day))})
    weeks = recount_weeks(first, day.day)
    assert [(row.first, row.student_loans or 0, row.borrowers or 0) for row in by_week(period)] == weeks
    held = holdings_on(day.day, today=today)
    rows = {(row.location_id, row.circulates, row.main_class): (row.titles, row.copies, row.value) for row in held.rows}
    assert rows == recount_holdings(day)


def test_every_formula_is_recounted():
    rates = {f"circulation_rate:{rate}" for rate in ReportOptions.CirculationRate.values if rate != "copies"}
    day = Day(YEAR_BEGAN, [], [], {}, set(), {})
    assert set(recount(YEAR_BEGAN, YEAR_BEGAN, day, year_began=YEAR_BEGAN)) == set(FIGURES) | rates
