from datetime import date, timedelta

import pytest

from circulation.models import CirculationEvent, Loan, LoanPolicy, RecallDate
from circulation.operations.renewal import renew, renew_all, renew_instead
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from readers.models import Reader, Semester
from tests.factories.catalog import make_copy
from tests.factories.desk import lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader


def renew_copy(copy, by, at, **options):
    options.setdefault("scan", make_scan())
    return renew(loan_id=loan_of(copy).pk, by=by, at=at, reference=current_reference(), **options)


@pytest.mark.cases("RN-1")
def test_renewal_gives_a_new_term_from_the_day_of_renewal(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    event = renew_copy(copy, library.helper, library.noon + timedelta(days=7))
    assert (loan_of(copy).due_on, loan_of(copy).renewals) == (date(2026, 11, 2), 1)
    assert event.details == {"due_on": ["2026-10-26", "2026-11-02"]}


@pytest.mark.cases("RN-1")
def test_renewal_never_shortens(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    renew_copy(copy, library.helper, library.noon)
    assert loan_of(copy).due_on == date(2026, 10, 26)


@pytest.mark.cases("RN-3")
def test_renewal_at_its_limit_is_refused_but_for_a_librarian_with_a_reason(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    renew_copy(copy, library.helper, library.noon)
    with pytest.raises(Refused) as refusal:
        renew_copy(copy, library.helper, library.noon)
    assert [problem.code for problem in refusal.value.problems] == ["renewal_limit"]
    renew_copy(copy, library.librarian, library.noon, overrides=["renewal_limit"], reason="病假")
    assert loan_of(copy).renewals == 2


@pytest.mark.cases("RN-2", "RN-4")
def test_renewal_of_an_overdue_or_returned_loan_is_refused(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    with pytest.raises(Refused) as refusal:
        renew_copy(copy, library.helper, library.noon + timedelta(days=15))
    assert [problem.code for problem in refusal.value.problems] == ["renewal_overdue"]
    take_back(copy, library.helper)
    with pytest.raises(Refused) as refusal:
        renew_copy(copy, library.helper, library.noon)
    assert [problem.code for problem in refusal.value.problems] == ["loan_closed"]


def test_renewal_sent_twice_with_one_scan_counts_once(library):
    copy, scan = make_copy(), make_scan()
    lend(copy, make_reader(), library.helper)
    first = renew_copy(copy, library.helper, library.noon, scan=scan)
    assert renew_copy(copy, library.helper, library.noon, scan=scan) == first
    assert loan_of(copy).renewals == 1


@pytest.mark.cases("RN-8")
def test_renewing_all_renews_what_it_can_under_one_scan(library):
    reader = make_reader()
    first, second = make_copy(), make_copy()
    lend(first, reader, library.helper)
    lend(second, reader, library.helper)
    renew_copy(first, library.helper, library.noon)
    arguments = {"reader_id": reader.pk, "by": library.helper, "at": library.noon, "reference": current_reference()}
    events, refused = renew_all(**arguments, scan=make_scan())
    assert [event.copy_id for event in events] == [second.pk]
    assert [(loan.copy_id, problems[0].code) for loan, problems in refused] == [(first.pk, "renewal_limit")]


def test_renewing_instead_takes_the_return_back_and_renews_in_one_act(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    returned = take_back(copy, library.helper)
    at = library.noon + timedelta(days=1)
    arguments = {"event_id": returned.pk, "by": library.helper, "at": at, "reference": current_reference()}
    renew_instead(**arguments, scan=make_scan())
    loan = loan_of(copy)
    assert (loan.returned_at, loan.renewals, loan.due_on) == (None, 1, date(2026, 10, 27))
    kinds = CirculationEvent.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["checkout", "return", "undo", "renewal"]


def test_renewing_instead_leaves_the_book_returned_where_renewing_is_refused(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    late = library.noon + timedelta(days=20)
    returned = take_back(copy, library.helper, at=late)
    arguments = {"event_id": returned.pk, "by": library.helper, "at": late, "reference": current_reference()}
    with pytest.raises(Refused):
        renew_instead(**arguments, scan=make_scan())
    assert loan_of(copy).returned_at == late


@pytest.mark.cases("RN-6")
def test_renewal_for_a_reader_who_left_is_refused_whoever_asks(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    Reader.objects.update(status=Reader.Status.LEFT)
    with pytest.raises(Refused) as refusal:
        renew_copy(copy, library.librarian, library.noon, overrides=["reader_left"], reason="毕业")
    assert [problem.code for problem in refusal.value.problems] == ["reader_left"]


@pytest.mark.cases("RN-7")
def test_renewal_goes_to_the_recall_date_and_not_beyond_but_by_exception(library):
    copy = make_copy()
    lend(copy, make_reader(school_class=library.school_class), library.helper)
    semester = Semester.objects.get(number=1, school_year__start_year=2026)
    RecallDate.objects.create(semester=semester, on=date(2026, 10, 28))
    LoanPolicy.objects.update(max_renewals=3)
    Loan.objects.update(max_renewals=3)
    renew_copy(copy, library.helper, library.noon + timedelta(days=3))
    assert loan_of(copy).due_on == date(2026, 10, 28)
    with pytest.raises(Refused) as refusal:
        renew_copy(copy, library.helper, library.noon + timedelta(days=4))
    assert [problem.code for problem in refusal.value.problems] == ["recall"]
    by_exception = {"overrides": ["recall"], "reason": "集训"}
    renew_copy(copy, library.librarian, library.noon + timedelta(days=4), **by_exception)
    assert loan_of(copy).due_on == date(2026, 10, 30)
