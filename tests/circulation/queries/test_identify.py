import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from circulation.queries.identify import identify
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box, make_class_loan, make_loan
from tests.factories.readers import make_reader


@pytest.fixture
def box(library):
    return make_box(school_class=library.school_class)


def test_copy_of_a_box_is_with_the_class_whoever_has_it_from_the_corner(library, box):
    copy, pupil = make_copy(), make_reader(school_class=library.school_class)
    loan = make_class_loan(box, library.school_class, copy=copy)
    make_loan(copy=copy, reader=pupil, school_class=library.school_class, kind="corner", box=box)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found = identify(copy.barcode).copy
    assert (found.loan_id, found.holder_id, found.kind) == (loan.pk, None, "class")
    assert (found.class_id, found.classmate_id) == (library.school_class.pk, pupil.pk)
    assert len(captured) == 1


def test_copy_of_a_title_in_a_box_is_found_once_by_its_isbn(library, box):
    copy = make_copy()
    copy.title.isbn = "9787020002207"
    copy.title.save()
    make_class_loan(box, library.school_class, copy=copy)
    make_loan(copy=copy, school_class=library.school_class, kind="corner", box=box)
    assert [row.copy_id for row in identify("9787020002207").by_isbn] == [copy.pk]


def test_copy_lent_to_a_reader_names_nobody_else(library):
    loan = make_loan()
    found = identify(loan.copy.barcode).copy
    assert (found.holder_id, found.kind, found.classmate_id) == (loan.reader_id, "reader", None)


def test_copy_that_is_in_has_no_loan(library):
    found = identify(make_copy().barcode).copy
    assert (found.loan_id, found.kind, found.class_id) == (None, "", None)
