"""Use in the room: handed out, back, counted apart."""

from datetime import date, timedelta

import pytest

from circulation.models import CirculationEvent, Loan
from circulation.operations.checkin import check_in
from circulation.operations.in_room import bring_back, hand_out
from circulation.operations.popularity import count_popularity
from circulation.operations.renewal import renew, renew_all
from circulation.operations.undo import undo_last
from circulation.queries.in_room import most_used, not_back, room_use
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from readers.models import Reader
from reports.queries.facts import facts_of
from reports.rules.figures import Period
from tests.factories.catalog import make_copy, make_location
from tests.factories.desk import lend, loan_of, make_scan
from tests.factories.readers import make_reader


def use(library, copy, reader, **options):
    values = {"by": library.helper, "at": library.noon, "scan": make_scan(copy.barcode), **options}
    return hand_out(copy_id=copy.pk, reader_id=reader.pk, reference=current_reference(), **values)


def back(library, loan):
    return bring_back(loan_id=loan.pk, by=library.helper, at=library.noon, reference=current_reference())


def codes(library, copy, reader):
    with pytest.raises(Refused) as refusal:
        use(library, copy, reader)
    return [problem.code for problem in refusal.value.problems]


@pytest.fixture
def dictionary(library):
    return make_copy("D1", location=make_location("工具书阅览室", circulates=False))


@pytest.fixture
def pupil(library):
    return make_reader(school_class=library.school_class)


@pytest.mark.cases("IR-1", "IR-5")
def test_hand_out_is_a_use_due_the_same_day(library, dictionary, pupil):
    event = use(library, dictionary, pupil)

    loan = loan_of(dictionary)
    assert (event.kind, loan.kind, loan.due_on) == ("checkout", "room", library.noon.date())
    assert (loan.reader, loan.school_class) == (pupil, library.school_class)


def test_limit_of_loans_keeps_nobody_from_reading_here(library, dictionary, pupil):
    for _number in range(2):
        lend(make_copy(), pupil, library.helper)
    use(library, dictionary, pupil)
    assert loan_of(dictionary).kind == Loan.Kind.ROOM


def test_hand_out_is_refused_while_the_copy_is_out(library, dictionary, pupil):
    use(library, dictionary, pupil)
    assert codes(library, dictionary, make_reader()) == ["copy_is_out"]


def test_hand_out_is_refused_to_who_left_and_for_a_withdrawn_copy(library):
    gone = make_reader(status=Reader.Status.LEFT)
    assert codes(library, make_copy(state="withdrawn"), gone) == ["reader_left", "copy_withdrawn"]


def test_missing_copy_that_is_handed_out_is_found_and_undo_takes_both_back(library, dictionary, pupil):
    dictionary.state = "missing"
    dictionary.save()
    use(library, dictionary, pupil)
    dictionary.refresh_from_db()
    assert dictionary.state == "on_shelf"

    undo_last(desk="desk1", by=library.helper, at=library.noon)
    dictionary.refresh_from_db()
    assert dictionary.state == "missing"
    assert loan_of(dictionary).voided_at is not None


def test_hand_out_counts_once_for_one_scan(library, dictionary, pupil):
    scan = make_scan("D1")
    assert use(library, dictionary, pupil, scan=scan) == use(library, dictionary, pupil, scan=scan)
    assert Loan.objects.count() == 1


@pytest.mark.cases("IR-4", "RT-16")
def test_scanned_again_it_is_back_and_costs_nothing(library, dictionary, pupil):
    use(library, dictionary, pupil)
    late = library.noon + timedelta(days=5)
    event = check_in(copy_id=dictionary.pk, by=library.helper, at=late, reference=current_reference())

    assert event.kind == "return"
    assert loan_of(dictionary).returned_at == late
    assert not pupil.charges.exists()
    assert not pupil.suspensions.exists()


@pytest.mark.cases("IR-6")
def test_use_in_the_room_is_never_renewed(library, dictionary, pupil):
    use(library, dictionary, pupil)
    arguments = {"by": library.librarian, "at": library.noon, "reference": current_reference()}
    with pytest.raises(Refused) as refusal:
        renew(loan_id=loan_of(dictionary).pk, overrides=["in_room_only"], reason="急用", **arguments)
    assert [problem.code for problem in refusal.value.problems] == ["in_room_only"]
    assert renew_all(reader_id=pupil.pk, **arguments) == ([], [])


def test_bring_back_twice_is_once(library, dictionary, pupil):
    use(library, dictionary, pupil)
    loan = loan_of(dictionary)
    first = back(library, loan)
    again = back(library, loan)

    assert (first.kind, again) == ("return", None)
    assert CirculationEvent.objects.filter(kind="return").count() == 1


def test_bring_back_leaves_a_book_alone_that_was_lent_since(library, pupil):
    copy = make_copy()
    use(library, copy, pupil)
    used = loan_of(copy)
    back(library, used)
    lend(copy, pupil, library.helper)

    assert back(library, used) is None
    assert loan_of(copy).returned_at is None


def test_bring_back_knows_nothing_of_loans(library, pupil):
    copy = make_copy()
    lend(copy, pupil, library.helper)
    with pytest.raises(Loan.DoesNotExist):
        back(library, loan_of(copy))


@pytest.mark.cases("IR-3")
def test_not_back_lists_the_oldest_first(library, dictionary, pupil):
    atlas = make_copy("D2")
    use(library, atlas, pupil)
    use(library, dictionary, pupil, at=library.noon - timedelta(days=1))
    assert [loan.copy.barcode for loan in not_back()] == ["D1", "D2"]

    back(library, loan_of(dictionary))
    assert [loan.copy.barcode for loan in not_back()] == ["D2"]


@pytest.mark.cases("IR-5")
def test_use_in_the_room_is_counted_apart_from_loans(library, dictionary, pupil):
    use(library, dictionary, pupil, at=library.noon - timedelta(days=7))
    back(library, loan_of(dictionary))
    use(library, dictionary, pupil)
    lend(make_copy(), pupil, library.helper)

    today = library.noon.date()
    counted = room_use(current_reference(), today)
    facts = facts_of(Period.of(date(2026, 9, 1), today, today=today), reference=current_reference(), today=today)
    count_popularity(at=library.noon + timedelta(days=1))
    dictionary.title.refresh_from_db()
    assert (counted.today, counted.week, counted.semester) == (1, 1, 2)
    assert (facts.all_loans, facts.student_loans, dictionary.title.popularity) == (1, 1, 0)
    assert most_used(current_reference(), today) == [(dictionary.title_id, dictionary.title.name, 2)]
