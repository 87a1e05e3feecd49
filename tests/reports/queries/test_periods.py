from datetime import date

import pytest

from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.queries.periods import chosen, semester_before
from tests.factories.readers import make_school_year

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
ALL = ("semester", "year", "month")


@pytest.fixture
def years():
    make_school_year(2025)
    make_school_year(2026)


def semester(starts_on: date) -> Semester:
    return Semester.objects.get(starts_on=starts_on)


def choose(**asked: str):
    return chosen(asked, current_reference(), TODAY, kinds=ALL)


def test_without_a_wish_it_is_the_current_semester_up_to_today(years):
    found = choose()
    assert found.semester == semester(date(2026, 9, 1))
    assert (found.period.starts_on, found.period.until) == (date(2026, 9, 1), TODAY)
    assert found.label == "2026–2027学年第一学期"


def test_semester_year_and_month_are_taken_from_the_address(years):
    last = semester(date(2026, 2, 10))
    assert choose(semester=str(last.pk)).semester == last
    assert choose(period=f"semester-{last.pk}").query == f"semester={last.pk}"
    year = choose(year="2025")
    assert (year.label, year.period.ends_on, year.semester) == ("2025–2026学年", date(2026, 8, 31), None)
    month = choose(month="2026-02")
    assert (month.label, month.period.starts_on, month.period.ends_on) == (
        "2026年2月",
        date(2026, 2, 1),
        date(2026, 2, 28),
    )
    assert month.year.start_year == 2025


@pytest.mark.parametrize(
    "asked",
    [
        {"semester": "x"},
        {"semester": "²"},
        {"year": "1900"},
        {"month": "2026-13"},
        {"month": "2027-01"},
        {"period": "-"},
    ],
)
def test_what_is_unknown_or_to_come_is_the_current_semester(years, asked):
    assert choose(**asked).semester == semester(date(2026, 9, 1))


def test_only_what_has_begun_is_offered_the_newest_first(years):
    found = choose(year="2026")
    assert [row.label for row in found.choices["year"]] == ["2026–2027学年", "2025–2026学年"]
    assert [row.is_chosen for row in found.choices["year"]] == [True, False]
    assert str(semester(date(2027, 2, 10)).pk) not in [row.value for row in found.choices["semester"]]
    assert [row.value for row in found.choices["month"]][::14] == ["2026-11", "2025-09"]


def test_a_kind_that_a_page_does_not_offer_is_not_taken(years):
    found = chosen({"year": "2025"}, current_reference(), TODAY, kinds=("semester",))
    assert found.kind == "semester"
    assert list(found.choices) == ["semester"]


def test_without_semesters_there_is_nothing_to_choose():
    assert chosen({}, current_reference(), TODAY) is None


def test_semester_before_is_that_of_the_year_before_in_autumn(years):
    reference = current_reference()
    assert semester_before(reference, semester(date(2026, 9, 1))) == semester(date(2026, 2, 10))
    assert semester_before(reference, semester(date(2025, 9, 1))) is None
