from datetime import date, timedelta

import pytest

from catalog.models import Copy
from circulation.models import BorrowerKey, CirculationEvent, Loan, LoanPolicy
from library_site.shared.problems import Refused
from readers.models import ClassMembership, Reader
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_box, make_class_loan
from tests.factories.desk import lend, loan_of, make_scan, take_back
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user


def refused_codes(copy, reader, by, **options):
    with pytest.raises(Refused) as refusal:
        lend(copy, reader, by, **options)
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.cases("CO-1")
def test_checkout_keeps_terms_class_and_category_of_the_day(library):
    reader = make_reader(school_class=library.school_class)
    event = lend(make_copy(), reader, library.helper)
    loan = event.loan
    assert (loan.due_on, loan.loan_days, loan.max_renewals) == (date(2026, 10, 26), 14, 1)
    assert (loan.school_class_id, loan.category, loan.lent_by) == (library.school_class.pk, "student", library.helper)
    LoanPolicy.objects.filter(category="student").update(loan_days=30)
    ClassMembership.objects.filter(reader=reader).update(school_class=make_class(2024, 2))
    loan.refresh_from_db()
    assert (loan.due_on, loan.school_class_id) == (date(2026, 10, 26), library.school_class.pk)


def test_checkout_writes_one_event_with_the_scan(library):
    copy, reader, scan = make_copy(), make_reader(), make_scan("B1")
    lend(copy, reader, library.helper, scan=scan)
    event = CirculationEvent.objects.get()
    assert (event.kind, event.copy, event.reader, event.by) == ("checkout", copy, reader, library.helper)
    assert (event.scan_id, event.desk, event.code) == (scan.id, scan.desk, "B1")


@pytest.mark.cases("CO-22")
def test_checkout_sent_twice_with_one_scan_counts_once(library):
    copy, reader, scan = make_copy(), make_reader(), make_scan()
    first = lend(copy, reader, library.helper, scan=scan)
    second = lend(copy, reader, library.helper, scan=scan)
    assert first == second
    assert (Loan.objects.count(), CirculationEvent.objects.count()) == (1, 1)


@pytest.mark.cases("CO-4")
def test_checkout_at_the_limit_is_refused_and_changes_nothing(library):
    reader = make_reader()
    lend(make_copy(), reader, library.helper)
    lend(make_copy(), reader, library.helper)
    assert refused_codes(make_copy(), reader, library.helper) == ["limit_reached"]
    assert (Loan.objects.count(), CirculationEvent.objects.count()) == (2, 2)


@pytest.mark.cases("CO-4")
def test_override_needs_a_librarian_and_a_reason(library):
    reader, copy = make_reader(), make_copy()
    lend(make_copy(), reader, library.helper)
    lend(make_copy(), reader, library.helper)
    override = {"overrides": ["limit_reached"]}
    assert refused_codes(copy, reader, library.helper, reason="竞赛", **override) == ["limit_reached"]
    assert refused_codes(copy, reader, library.librarian, reason=" ", **override) == ["limit_reached"]
    event = lend(copy, reader, library.librarian, reason="竞赛", **override)
    assert event.details == {"overrides": ["limit_reached"], "reason": "竞赛"}


@pytest.mark.cases("CO-14")
def test_withdrawn_copy_cannot_be_overridden(library):
    copy = make_copy(state=Copy.State.WITHDRAWN)
    options = {"overrides": ["copy_withdrawn"], "reason": "有用"}
    assert refused_codes(copy, make_reader(), library.librarian, **options) == ["copy_withdrawn"]


@pytest.mark.cases("CO-13")
@pytest.mark.parametrize("state", ["missing", "lost", "in_repair"])
def test_copy_that_was_away_is_refused_and_on_the_shelf_again_when_overridden(library, state):
    copy, reader = make_copy(state=state), make_reader()
    assert refused_codes(copy, reader, library.librarian) == ["copy_not_on_shelf"]
    event = lend(copy, reader, library.librarian, overrides=["copy_not_on_shelf"], reason="找到了")
    copy.refresh_from_db()
    assert (copy.state, event.details["state"]) == ("on_shelf", [state, "on_shelf"])


def test_reference_work_stays_in_the_room(library):
    room = make_location("工具书阅览室", circulates=False)
    assert refused_codes(make_copy(location=room), make_reader(), library.helper) == ["in_room_only"]


@pytest.mark.cases("CO-10")
def test_every_reason_is_said_at_once(library):
    room = make_location("工具书阅览室", circulates=False)
    copy = make_copy(location=room, state=Copy.State.MISSING)
    reader = make_reader(status=Reader.Status.LEFT)
    assert refused_codes(copy, reader, library.helper) == ["reader_left", "copy_not_on_shelf", "in_room_only"]


@pytest.mark.cases("CO-12")
def test_category_without_policy_is_refused(library):
    assert refused_codes(make_copy(), make_reader(category="staff"), library.helper) == ["no_policy"]


@pytest.mark.cases("CO-2")
def test_copy_on_loan_is_refused(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    assert refused_codes(copy, make_reader(), library.helper) == ["copy_is_out"]


@pytest.mark.cases("CO-6", "CO-7")
def test_overdue_blocks_only_where_the_policy_says_so(library):
    reader = make_reader()
    lend(make_copy(), reader, library.helper)
    late = library.noon + timedelta(days=30)
    LoanPolicy.objects.filter(category="student").update(blocks_when_overdue=True)
    assert refused_codes(make_copy(), reader, library.helper, at=late) == ["overdue"]
    LoanPolicy.objects.filter(category="student").update(blocks_when_overdue=False)
    assert lend(make_copy(), reader, library.helper, at=late).kind == "checkout"


def test_borrower_key_is_one_per_reader_and_year(library):
    reader, copy = make_reader(), make_copy()
    lend(copy, reader, library.helper)
    first = loan_of(copy).borrower_key
    take_back(copy, library.helper)
    lend(copy, reader, library.helper, at=library.noon + timedelta(days=2))
    assert loan_of(copy).borrower_key == first
    assert BorrowerKey.objects.get().reader == reader
    other = make_copy()
    lend(other, make_reader(), make_user())
    assert loan_of(other).borrower_key != first


@pytest.mark.cases("CO-21")
def test_book_of_a_class_box_is_not_lent_at_the_desk(library):
    box, copy = make_box(school_class=library.school_class), make_copy()
    make_class_loan(box, library.school_class, copy=copy)
    with pytest.raises(Refused) as refused:
        lend(copy, make_reader(), library.helper)
    assert [problem.code for problem in refused.value.problems] == ["in_class_box"]
