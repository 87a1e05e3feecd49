from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from circulation.exports.out import out_table
from circulation.queries.out import who_has_what
from library_site.shared.reference import current_reference
from readers.queries.classes import classes_on
from tests.factories.boxes import fill, lend_on
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box
from tests.factories.desk import lend
from tests.factories.readers import make_class, make_reader

TODAY = date(2026, 10, 12)


@pytest.fixture
def classes(library):
    make_class(2024, 2)
    return classes_on(current_reference(), TODAY)


@pytest.mark.cases("CB-1")
def test_box_stands_under_its_class_and_names_no_reader(library, classes):
    box, pupil, copy = make_box("图书箱甲", school_class=library.school_class), None, make_copy()
    pupil = make_reader("借书人", school_class=library.school_class)
    fill(box, library.helper, copy)
    fill(box, library.helper)
    lend_on(copy, pupil, library.school_class, library.helper)
    lend(make_copy(), pupil, library.helper)
    (group,) = who_has_what(classes, TODAY, current_reference())
    assert (group.name, [line.reader_name for line in group.lines]) == ("三(1)班", ["借书人", "借书人"])
    (out,) = group.boxes
    assert (out.name, len(out.lines), out.with_classmates, group.books) == ("图书箱甲", 2, 1, 4)
    assert len(list(out_table([group]).rows)) == 4


def test_only_the_classes_asked_for_are_read(library, classes):
    other = make_class(2024, 2)
    fill(make_box(school_class=other), library.helper)
    assert who_has_what(classes, TODAY, current_reference(), only={library.school_class.pk}) == []


def test_boxes_cost_no_statement_more(library, classes):
    counts = []
    for number in (1, 2, 3):
        fill(make_box(school_class=make_class(2024, number)), library.helper)
        reference = current_reference()
        with CaptureQueriesContext(connection) as captured:
            who_has_what(classes, TODAY, reference)
        counts.append(len(captured))
    assert set(counts) == {1}
