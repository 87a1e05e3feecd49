"""Lending and renewing around the recall date and the holidays, as the desk does it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from circulation.models import LoanPolicy
from circulation.operations.renewal import renew
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.calendar import make_holiday_lending, make_recall_date
from tests.factories.catalog import make_copy
from tests.factories.desk import lend, loan_of, make_scan
from tests.factories.readers import make_class, make_reader

pytestmark = pytest.mark.django_db
RECALL = date(2027, 1, 22)
MONDAY = datetime(2027, 1, 11, 12, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
WEEK = timedelta(days=7)


@pytest.fixture
def recalled(library):
    make_recall_date(RECALL)
    return library


def pupil(entry_year=2024):
    return make_reader(school_class=make_class(entry_year))


def codes(act, *args, **options):
    with pytest.raises(Refused) as refusal:
        act(*args, **options)
    return [problem.code for problem in refusal.value.problems]


def renewed(loan, by, at, **options):
    return renew(loan_id=loan.pk, by=by, at=at, reference=current_reference(), scan=make_scan(), **options)


@pytest.mark.cases("CO-26")
def test_book_lent_before_the_recall_date_is_due_by_it(recalled):
    copy = make_copy()
    lend(copy, pupil(), recalled.librarian, at=MONDAY)
    assert loan_of(copy).due_on == RECALL


@pytest.mark.cases("CO-26")
def test_graduating_pupil_gives_back_earlier(recalled):
    make_recall_date(date(2027, 1, 15), graduating=True)
    early, late = make_copy(), make_copy()
    lend(early, pupil(2021), recalled.librarian, at=MONDAY)
    lend(late, pupil(), recalled.librarian, at=MONDAY)
    assert (loan_of(early).due_on, loan_of(late).due_on) == (date(2027, 1, 15), RECALL)


@pytest.mark.cases("CO-27")
def test_holiday_book_is_due_in_the_first_week_back(recalled):
    make_holiday_lending("student", date(2027, 1, 11))
    copy = make_copy()
    lend(copy, pupil(), recalled.librarian, at=MONDAY)
    assert loan_of(copy).due_on == date(2027, 2, 10)


@pytest.mark.cases("CO-28")
def test_after_the_recall_date_nothing_is_lent_but_by_exception(recalled):
    copy, reader, at = make_copy(), pupil(), MONDAY + 2 * WEEK
    assert codes(lend, copy, reader, recalled.librarian, at=at) == ["after_recall"]

    lend(copy, reader, recalled.librarian, at=at, overrides=["after_recall"], reason="期末考试复习")
    assert loan_of(copy).due_on == at.date()


@pytest.mark.cases("RN-7")
def test_renewal_ends_at_the_recall_date_and_is_refused_where_that_gives_no_day_more(recalled):
    copy = make_copy()
    lend(copy, pupil(), recalled.librarian, at=MONDAY - WEEK)
    loan = loan_of(copy)
    LoanPolicy.objects.update(max_renewals=5)
    type(loan).objects.update(max_renewals=5)

    renewed(loan, recalled.librarian, MONDAY)
    assert loan_of(copy).due_on == RECALL

    assert codes(renewed, loan, recalled.librarian, MONDAY + timedelta(days=1)) == ["recall"]
    renewed(loan, recalled.librarian, MONDAY + WEEK, overrides=["recall"], reason="竞赛用书")
    assert loan_of(copy).due_on > RECALL
