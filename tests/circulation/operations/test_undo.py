from dataclasses import replace
from datetime import date, timedelta

import pytest

from circulation.models import CirculationEvent, Loan
from circulation.operations.renewal import renew, renew_all, renew_instead
from circulation.operations.undo import undo_event, undo_last
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy
from tests.factories.desk import lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader


def undo(library, desk="desk1", at=None):
    return undo_last(desk=desk, by=library.helper, at=at or library.noon, scan=make_scan(desk=desk))


@pytest.mark.cases("UN-1")
def test_undone_checkout_is_void_and_the_copy_is_in(library):
    copy = make_copy()
    act = lend(copy, make_reader(), library.helper)
    event = undo(library)
    assert (event.kind, event.undoes, loan_of(copy).voided_at) == ("undo", act, library.noon)
    assert lend(copy, make_reader(), library.helper).kind == "checkout"


@pytest.mark.cases("UN-2")
def test_undone_return_opens_the_loan_as_it_was(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    take_back(copy, library.helper, at=library.noon)
    undo(library)
    assert loan_of(copy).returned_at is None


@pytest.mark.cases("UN-3")
def test_undone_renewal_restores_due_date_and_count(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    at = library.noon + timedelta(days=5)
    renew(loan_id=loan_of(copy).pk, by=library.helper, at=at, reference=current_reference(), scan=make_scan())
    undo(library, at=at)
    assert (loan_of(copy).due_on, loan_of(copy).renewals) == (date(2026, 10, 26), 0)


def test_undo_again_goes_one_act_further_back(library):
    first, second = make_copy(), make_copy()
    reader = make_reader()
    lend(first, reader, library.helper)
    lend(second, reader, library.helper)
    undo(library)
    undo(library)
    assert Loan.objects.filter(voided_at=None).count() == 0
    with pytest.raises(Refused):
        undo(library)


def test_undo_restores_the_state_that_a_return_corrected(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    type(copy).objects.update(state="lost")
    take_back(copy, library.helper, at=library.noon)
    undo(library)
    copy.refresh_from_db()
    assert copy.state == "lost"


@pytest.mark.cases("UN-6")
def test_undo_reaches_only_its_own_desk_and_day(library, time_machine):
    time_machine.move_to(library.noon)
    lend(make_copy(), make_reader(), library.helper, scan=make_scan(desk="desk2"))
    with pytest.raises(Refused):
        undo(library, desk="desk1")
    with pytest.raises(Refused):
        undo(library, desk="desk2", at=library.noon + timedelta(days=1))
    assert undo(library, desk="desk2").kind == "undo"


@pytest.mark.cases("UN-5")
def test_undo_is_refused_once_the_book_has_moved_on(library):
    copy = make_copy()
    act = lend(copy, make_reader(), library.helper, scan=make_scan(desk="desk1"))
    take_back(copy, library.helper, at=library.noon, scan=make_scan(desk="desk2"))
    lend(copy, make_reader(), library.helper, scan=make_scan(desk="desk2"))
    with pytest.raises(Refused) as refusal:
        undo(library, desk="desk1")
    assert [problem.code for problem in refusal.value.problems] == ["moved_on"]
    assert not CirculationEvent.objects.filter(undoes=act).exists()


@pytest.mark.cases("UN-5")
def test_undo_of_a_return_is_refused_while_the_copy_is_out_again(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    returned = take_back(copy, library.helper, at=library.noon)
    lend(copy, make_reader(), library.helper)
    with pytest.raises(Refused):
        undo_event(event_id=returned.pk, by=library.helper, at=library.noon)


@pytest.mark.cases("UN-8")
def test_undo_sent_twice_with_one_scan_undoes_one_act(library):
    reader, scan = make_reader(), make_scan()
    lend(make_copy(), reader, library.helper)
    lend(make_copy(), reader, library.helper)
    first = undo_last(desk="desk1", by=library.helper, at=library.noon, scan=scan)
    assert undo_last(desk="desk1", by=library.helper, at=library.noon, scan=scan) == first
    assert Loan.objects.filter(voided_at=None).count() == 1


@pytest.mark.cases("UN-9")
def test_undo_after_a_sheet_was_keyed_in_takes_that_act_and_no_earlier_one(library):
    today, sheet = make_copy(), make_copy()
    lend(today, make_reader(), library.helper)
    lend(sheet, make_reader(), library.helper, at=library.noon - timedelta(days=3))
    undo(library)
    assert loan_of(sheet).voided_at == library.noon
    assert loan_of(today).voided_at is None


@pytest.mark.cases("UN-6", "UN-9")
def test_undo_goes_by_the_hour_it_was_done_not_by_the_clock_of_the_page(library, time_machine):
    time_machine.move_to(library.noon)
    yesterday = library.noon - timedelta(days=1)
    lend(make_copy(), make_reader(), library.helper, scan=replace(make_scan(), scanned_at=yesterday))
    assert undo(library).kind == "undo"
    lend(make_copy(), make_reader(), library.helper, scan=replace(make_scan(), scanned_at=library.noon + timedelta(2)))
    with pytest.raises(Refused) as refusal:
        undo(library, at=library.noon + timedelta(hours=13))
    assert [problem.code for problem in refusal.value.problems] == ["nothing_to_undo"]


def test_undone_renewing_instead_leaves_the_book_returned_as_it_was(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    back = library.noon + timedelta(hours=1)
    returned = take_back(copy, library.helper, at=back)
    later = library.noon + timedelta(hours=2)
    arguments = {"event_id": returned.pk, "by": library.helper, "at": later, "reference": current_reference()}
    renew_instead(**arguments, scan=make_scan())
    undo(library, at=later)
    loan = loan_of(copy)
    assert (loan.returned_at, loan.renewals, loan.due_on) == (back, 0, date(2026, 10, 26))
    undo(library, at=later)
    assert loan_of(copy).returned_at is None
    undo(library, at=later)
    assert loan_of(copy).voided_at == later


@pytest.mark.cases("RN-8", "UN-3")
def test_undone_renewing_of_all_restores_every_loan(library):
    reader = make_reader()
    for _number in range(2):
        lend(make_copy(), reader, library.helper)
    at = library.noon + timedelta(days=5)
    renew_all(reader_id=reader.pk, by=library.helper, at=at, reference=current_reference(), scan=make_scan())
    assert [loan.renewals for loan in Loan.objects.all()] == [1, 1]
    undo(library, at=at)
    assert [(loan.renewals, loan.due_on) for loan in Loan.objects.all()] == [(0, date(2026, 10, 26))] * 2
    assert Loan.objects.filter(voided_at=None).count() == 2


@pytest.mark.cases("UN-7")
def test_undo_of_another_desks_act_is_the_librarians(library):
    act = lend(make_copy(), make_reader(), library.helper, scan=make_scan(desk="desk2"))
    arguments = {"event_id": act.pk, "at": library.noon}
    with pytest.raises(Refused) as refusal:
        undo_event(**arguments, by=library.helper, scan=make_scan(desk="desk1"))
    assert [problem.code for problem in refusal.value.problems] == ["nothing_to_undo"]
    assert undo_event(**arguments, by=library.librarian, scan=make_scan(desk="desk1")).undoes == act
