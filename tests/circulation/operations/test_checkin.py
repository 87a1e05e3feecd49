from datetime import timedelta

import pytest

from circulation.models import CirculationEvent, Loan
from circulation.operations.undo import undo_last
from readers.models import Reader
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box, make_class_loan, make_loan
from tests.factories.desk import lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader


@pytest.mark.cases("RT-1")
def test_return_closes_the_loan_and_records_it(library):
    copy, reader = make_copy(), make_reader()
    lend(copy, reader, library.helper)
    at = library.noon + timedelta(days=3)
    event = take_back(copy, library.librarian, at=at)
    assert (event.kind, event.reader, event.by, loan_of(copy).returned_at) == ("return", reader, library.librarian, at)


@pytest.mark.cases("RT-2")
def test_return_of_a_copy_that_is_in_is_nothing(library):
    assert take_back(make_copy(), library.helper) is None
    assert CirculationEvent.objects.count() == 0


def test_return_is_taken_from_a_reader_who_left_and_for_a_lost_copy(library):
    copy, reader = make_copy(), make_reader()
    lend(copy, reader, library.helper)
    Reader.objects.update(status=Reader.Status.LEFT)
    type(copy).objects.update(state="lost")
    event = take_back(copy, library.helper)
    copy.refresh_from_db()
    assert (event.kind, copy.state, event.details) == ("return", "on_shelf", {"state": ["lost", "on_shelf"]})


@pytest.mark.cases("RT-10")
def test_return_dated_before_the_loan_counts_at_its_beginning(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    take_back(copy, library.helper, at=library.noon - timedelta(days=2))
    assert loan_of(copy).returned_at == library.noon


@pytest.mark.cases("RT-17")
def test_return_sent_twice_with_one_scan_counts_once(library):
    copy, scan = make_copy(), make_scan()
    lend(copy, make_reader(), library.helper)
    first = take_back(copy, library.helper, scan=scan)
    assert take_back(copy, library.helper, scan=scan) == first
    assert CirculationEvent.objects.filter(kind="return").count() == 1


@pytest.mark.cases("CO-22", "RT-17")
def test_scan_that_returned_a_book_does_not_lend_it_when_sent_again(library):
    copy, scan = make_copy(), make_scan()
    lend(copy, make_reader(), library.helper)
    returned = take_back(copy, library.helper, scan=scan)
    assert lend(copy, make_reader(), library.helper, scan=scan) == returned
    assert Loan.objects.filter(returned_at=None).count() == 0


@pytest.mark.cases("CB-10", "RT-15")
def test_book_of_a_classmate_brought_to_the_desk_is_back_from_pupil_and_class(library):
    box, copy = make_box(school_class=library.school_class), make_copy()
    make_class_loan(box, library.school_class, copy=copy, lent_at=library.noon)
    make_loan(copy=copy, school_class=library.school_class, kind="corner", box=box, lent_at=library.noon)
    event = take_back(copy, library.helper)
    assert not Loan.objects.filter(returned_at=None).exists()
    assert event.loan.kind == "class"
    assert sorted(CirculationEvent.objects.values_list("loan__kind", flat=True)) == ["class", "corner"]


@pytest.mark.cases("CB-10", "UN-2")
def test_undo_of_that_return_gives_it_to_both_again(library):
    box, copy = make_box(school_class=library.school_class), make_copy()
    make_class_loan(box, library.school_class, copy=copy, lent_at=library.noon)
    make_loan(copy=copy, school_class=library.school_class, kind="corner", box=box, lent_at=library.noon)
    at = library.noon + timedelta(hours=1)
    take_back(copy, library.helper, at=at)
    undo_last(desk="desk1", by=library.helper, at=at, scan=make_scan())
    assert sorted(Loan.objects.filter(returned_at=None).values_list("kind", flat=True)) == ["class", "corner"]


@pytest.mark.cases("RT-19")
def test_withdrawn_copy_is_taken_back_and_stays_withdrawn(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    type(copy).objects.update(state="withdrawn")
    event = take_back(copy, library.helper)
    copy.refresh_from_db()
    assert (event.kind, copy.state) == ("return", "withdrawn")
