from datetime import date, timedelta

import pytest

from circulation.models import CirculationEvent, Loan, Reservation
from circulation.models.loans import OPEN
from circulation.operations.corners import key_in
from circulation.operations.renewal import renew
from circulation.operations.reservation import place
from circulation.operations.undo import undo_last
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from readers.models import Reader
from tests.factories.boxes import bring_back, fill, lend_on
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box
from tests.factories.desk import lend, make_scan, take_back
from tests.factories.readers import make_class, make_reader


@pytest.fixture
def copy(library):
    """A book in the corner of 三(1)班 since the morning."""
    copy, box = make_copy(), make_box(school_class=library.school_class)
    fill(box, library.helper, copy, at=library.noon - timedelta(hours=4))
    return copy


@pytest.fixture
def pupil(library):
    return make_reader(school_class=library.school_class)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return [problem.code for problem in refused.value.problems]


@pytest.mark.cases("CB-7")
def test_classmate_borrows_from_the_corner_in_the_own_name(library, copy, pupil):
    loan = lend_on(copy, pupil, library.school_class, library.helper).loan
    assert (loan.kind, loan.reader, loan.school_class, loan.category) == (
        "corner",
        pupil,
        library.school_class,
        "student",
    )
    assert loan.due_on == date(2026, 10, 26)
    assert Loan.objects.filter(OPEN, copy=copy).count() == 2


@pytest.mark.cases("CB-7")
def test_book_of_the_corner_is_due_before_the_box_goes(library, copy, pupil):
    Loan.objects.filter(copy=copy).update(due_on=date(2026, 10, 16))
    assert lend_on(copy, pupil, library.school_class, library.helper).loan.due_on == date(2026, 10, 16)


@pytest.mark.cases("CB-7")
def test_books_of_the_corner_do_not_count_for_the_limit(library, copy, pupil):
    for _number in range(2):
        lend(make_copy(), pupil, library.helper)
    assert lend_on(copy, pupil, library.school_class, library.helper).kind == CirculationEvent.Kind.CHECKOUT


@pytest.mark.cases("CB-8")
def test_keeper_lends_to_no_other_class(library, copy):
    stranger = make_reader(school_class=make_class(2024, 2))
    assert refusal(lend_on, copy, stranger, library.school_class, library.helper) == ["other_class"]


def test_pupil_who_left_gets_nothing(library, copy, pupil):
    Reader.objects.update(status=Reader.Status.LEFT)
    assert refusal(lend_on, copy, pupil, library.school_class, library.helper) == ["reader_left"]


def test_book_of_the_library_or_of_another_corner_is_not_lent_here(library, copy, pupil):
    other = make_class(2024, 2)
    assert refusal(lend_on, make_copy(), pupil, library.school_class, library.helper) == ["not_in_corner"]
    mate = make_reader(school_class=other)
    assert refusal(lend_on, copy, mate, other, library.helper) == ["not_in_corner"]


def test_book_with_a_classmate_is_not_lent_again(library, copy, pupil):
    lend_on(copy, make_reader(school_class=library.school_class), library.school_class, library.helper)
    assert refusal(lend_on, copy, pupil, library.school_class, library.helper) == ["copy_is_out"]


@pytest.mark.cases("CB-9")
def test_book_brought_back_stays_with_the_class(library, copy, pupil):
    lend_on(copy, pupil, library.school_class, library.helper)
    event = bring_back(copy, library.helper)
    assert (event.kind, event.reader) == ("return", pupil)
    assert [loan.kind for loan in Loan.objects.filter(OPEN, copy=copy)] == ["class"]
    assert bring_back(copy, library.helper) is None


def test_return_to_the_corner_is_undone(library, copy, pupil):
    lend_on(copy, pupil, library.school_class, library.helper)
    bring_back(copy, library.helper)
    undo_last(desk="desk1", by=library.helper, at=library.noon, scan=make_scan())
    assert Loan.objects.get(OPEN, kind="corner").reader == pupil


def test_same_scan_sent_twice_counts_once(library, copy, pupil):
    scan = make_scan()
    first = lend_on(copy, pupil, library.school_class, library.helper, scan=scan)
    assert lend_on(copy, pupil, library.school_class, library.helper, scan=scan) == first
    assert bring_back(copy, library.helper, scan=scan) == first


def keyed(library, copy, pupil, lent, back=None):
    return key_in(
        copy_id=copy.pk,
        reader_id=pupil.pk,
        class_id=library.school_class.pk,
        lent_on=date(2026, 10, lent),
        back_on=date(2026, 10, back) if back else None,
        by=library.helper,
        reference=current_reference(),
    )


@pytest.mark.cases("CB-12", "UN-9")
def test_line_of_a_sheet_is_recorded_with_its_days(library, copy, pupil):
    loan = keyed(library, copy, pupil, 13, 15).loan
    assert (loan.lent_at.date(), loan.returned_at.date()) == (date(2026, 10, 13), date(2026, 10, 15))
    assert sorted(CirculationEvent.objects.values_list("kind", flat=True)) == ["checkout", "checkout", "return"]


@pytest.mark.cases("CB-12")
def test_line_keyed_in_twice_counts_once(library, copy, pupil):
    keyed(library, copy, pupil, 13, 15)
    assert refusal(keyed, library, copy, pupil, 13, 15) == ["keyed_already"]
    assert refusal(keyed, library, copy, pupil, 13) == ["keyed_already"]
    keyed(library, copy, pupil, 19)
    assert refusal(keyed, library, copy, pupil, 19) == ["keyed_already"]
    assert Loan.objects.filter(kind="corner").count() == 2


@pytest.mark.cases("CB-12")
def test_lines_of_two_pupils_whose_days_meet_are_refused(library, copy, pupil):
    mate = make_reader(school_class=library.school_class)
    keyed(library, copy, mate, 14, 16)
    assert refusal(keyed, library, copy, pupil, 13, 15) == ["was_out_then"]
    assert refusal(keyed, library, copy, pupil, 13) == ["was_out_then"]
    keyed(library, copy, pupil, 16, 16)
    keyed(library, copy, pupil, 13, 14)


def test_line_before_the_box_came_or_after_it_went_is_refused(library, copy, pupil):
    assert refusal(keyed, library, copy, pupil, 11) == ["not_in_corner"]
    take_back(copy, library.helper, at=library.noon + timedelta(days=3))
    assert refusal(keyed, library, copy, pupil, 13) == ["left_since"]
    keyed(library, copy, pupil, 13, 15)
    assert not Loan.objects.filter(OPEN).exists()


@pytest.mark.cases("CB-9", "UN-5")
def test_return_to_the_corner_is_not_undone_once_the_class_has_given_the_book_back(library, copy, pupil):
    lend_on(copy, pupil, library.school_class, library.helper)
    bring_back(copy, library.helper, scan=make_scan(desk="corner"))
    take_back(copy, library.helper, at=library.noon)
    assert refusal(undo_last, desk="corner", by=library.helper, at=library.noon) == ["moved_on"]
    assert not Loan.objects.filter(OPEN).exists()


@pytest.mark.cases("CB-7", "UN-1")
def test_undone_lending_from_the_corner_serves_no_queue(library, copy, pupil):
    """The book is with the class all the while, whoever waits for its title in the library."""
    waiting = Reservation.objects.create(title=copy.title, reader=make_reader(), placed_at=library.noon)
    lend_on(copy, pupil, library.school_class, library.helper)
    undo_last(desk="desk1", by=library.helper, at=library.noon)
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


@pytest.mark.cases("RN-10", "CB-7")
def test_book_of_the_corner_is_not_renewed_past_its_box(library, copy, pupil):
    loan = lend_on(copy, pupil, library.school_class, library.helper).loan
    at = library.noon + timedelta(days=1)
    renewal = {"loan_id": loan.pk, "by": pupil.account, "at": at, "reference": current_reference()}
    assert refusal(renew, **renewal) == ["from_corner"]


@pytest.mark.cases("RS-3")
def test_pupil_who_has_the_book_from_the_corner_does_not_wait_for_it(library, copy, pupil):
    lend_on(copy, pupil, library.school_class, library.helper)
    Loan.objects.filter(copy=copy, kind="class").update(due_on=date(2026, 12, 1))  # the row is now behind the pupil's
    asked = {"title_id": copy.title_id, "by": library.librarian, "at": library.noon, "reference": current_reference()}
    assert refusal(place, reader_id=pupil.pk, **asked) == ["has_it"]
    other = make_reader(school_class=library.school_class)
    assert place(reader_id=other.pk, **asked).state == "waiting"
