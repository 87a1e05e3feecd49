from datetime import timedelta

from circulation.models import CirculationEvent, Loan
from readers.models import Reader
from tests.factories.catalog import make_copy
from tests.factories.desk import lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader


def test_return_closes_the_loan_and_records_it(library):
    copy, reader = make_copy(), make_reader()
    lend(copy, reader, library.helper)
    at = library.noon + timedelta(days=3)
    event = take_back(copy, library.librarian, at=at)
    assert (event.kind, event.reader, event.by, loan_of(copy).returned_at) == ("return", reader, library.librarian, at)


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


def test_return_dated_before_the_loan_counts_at_its_beginning(library):
    copy = make_copy()
    lend(copy, make_reader(), library.helper)
    take_back(copy, library.helper, at=library.noon - timedelta(days=2))
    assert loan_of(copy).returned_at == library.noon


def test_return_sent_twice_with_one_scan_counts_once(library):
    copy, scan = make_copy(), make_scan()
    lend(copy, make_reader(), library.helper)
    first = take_back(copy, library.helper, scan=scan)
    assert take_back(copy, library.helper, scan=scan) == first
    assert CirculationEvent.objects.filter(kind="return").count() == 1


def test_scan_that_returned_a_book_does_not_lend_it_when_sent_again(library):
    copy, scan = make_copy(), make_scan()
    lend(copy, make_reader(), library.helper)
    returned = take_back(copy, library.helper, scan=scan)
    assert lend(copy, make_reader(), library.helper, scan=scan) == returned
    assert Loan.objects.filter(returned_at=None).count() == 0
