"""The lists behind figures add up to what the figures say."""

import random
from datetime import date, timedelta

import pytest

from library_site.shared.reference import current_reference
from reports.queries.behind import LISTS, behind
from reports.queries.facts import facts_of
from reports.queries.figures import FIGURES
from reports.rules.catalogue import CATALOGUE
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader
from tests.reports.queries.test_facts import FIRST, LAST, SEMESTER, made_up_school, moment

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)
# The place of the total that the figure's numerator is, in the first list; those of people add up nowhere.
NUMERATORS = {
    "books_per_student": 1,
    "borrowing_rate": 1,
    "loans_per_student_month": 0,
    "card_coverage": 1,
    "visits_per_student": 1,
    "utilisation": 0,
    "circulation_rate": 2,
    "holdings_per_student": 0,
    "additions_per_student": 0,
    "student_loans": 0,
    "teacher_loans": 0,
    "all_loans": 2,
    "corner_loans": 0,
    "class_loans": 0,
    "room_uses": 0,
    "students": 0,
    "circulating_copies": 0,
    "copies_held": 0,
    "titles_held": 0,
    "value_held": 1,
    "additions": 0,
    "activities": 0,
    "participants": 0,
    "works": 0,
    "prizes": 0,
    "reading_notes": 1,
    "notes_per_student": 1,
    "suggestions": 0,
    "material_requests": 0,
}


def test_every_figure_has_lists():
    assert set(LISTS) == set(CATALOGUE)


@pytest.mark.parametrize("seed", range(12))
def test_totals_of_the_first_list_are_the_numerator(seed):
    pick = random.Random(seed)
    made_up_school(pick)
    make_loan(reader=make_reader(school_class=make_class()), lent_at=moment(FIRST), returned_at=moment(FIRST))
    facts = facts_of(SEMESTER, reference=current_reference(), today=TODAY)
    wrong = {}
    for code, place in NUMERATORS.items():
        figure = FIGURES[code](facts)
        table = behind(code, facts, reference=current_reference(), today=TODAY)[0]
        if figure is not None and (table.total or [0, 0, 0])[place] != figure.numerator:
            wrong[code] = (table.total, figure.numerator)
    assert wrong == {}


def test_rows_add_up_to_the_total_where_things_are_counted():
    made_up_school(random.Random(3))
    make_copy(location=make_location("阅览室", circulates=False), acquired_on=LAST - timedelta(days=3))
    facts = facts_of(SEMESTER, reference=current_reference(), today=TODAY)
    for code in ("student_loans", "copies_held", "additions", "students"):
        for table in behind(code, facts, reference=current_reference(), today=TODAY):
            assert sum(cells[0] or 0 for _name, cells in table.rows) == table.total[0]


def test_weeks_behind_the_weekly_rate_sum_up_to_its_numerator():
    made_up_school(random.Random(5))
    facts = facts_of(SEMESTER, reference=current_reference(), today=TODAY)
    (table,) = behind("weekly_borrowing_rate", facts, reference=current_reference(), today=TODAY)
    assert sum(cells[0] for _name, cells in table.rows) >= facts.week_borrowers
    assert len(table.rows) == len(SEMESTER.mondays())
