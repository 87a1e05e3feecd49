"""What each class holds, counted once."""

import pytest

from catalog.models import Copy
from catalog.queries.class_counts import Count, class_counts
from catalog.rules.classification import Division
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.classification import make_classification

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def classification(db):
    make_classification()


def make_held(code: str, copies: int = 1, **fields):
    title = make_title(clc_number=code, clc_class_id=code or None, main_class=code[:1])
    for _number in range(copies):
        make_copy(title=title, **fields)
    return title


def test_class_counts_what_is_in_it_and_below_it_once():
    make_held("I287.45", copies=3)
    make_held("I28")
    make_held("I247.5", copies=2)

    counts = class_counts()

    assert counts.of("I287.45") == Count(1, 3)
    assert counts.of("I28") == Count(2, 4)
    assert counts.of("I") == Count(3, 6)
    assert counts.of("I24") == Count(1, 2)
    assert counts.of("K") == Count(0, 0)
    assert counts.total == Count(3, 6)


def test_book_in_tp_counts_once_under_t():
    make_held("TP3", copies=2)

    counts = class_counts()

    assert counts.main["T"] == counts.of("TP") == Count(1, 2)
    assert counts.divisions[Division.NATURAL_SCIENCES] == Count(1, 2)
    assert counts.total == Count(1, 2)


def test_parent_that_is_no_prefix_counts_its_classes():
    make_held("G62")

    assert class_counts().of("G4") == Count(1, 1)


def test_only_held_copies_count():
    gone = make_held("I28", state=Copy.State.WITHDRAWN)
    make_copy(title=gone, state=Copy.State.LOST)
    make_title(clc_number="I28", clc_class_id="I28", main_class="I")
    make_held("I28", state=Copy.State.MISSING)

    assert class_counts().of("I28") == Count(1, 1)


def test_unclassified_titles_count_in_the_total_only():
    make_held("", copies=2)
    make_held("K")

    counts = class_counts()

    assert counts.unclassified == Count(1, 2)
    assert counts.total == Count(2, 3)
    assert sum((count.copies for count in counts.main.values()), 0) == 1


def test_title_without_a_known_class_counts_by_its_letter():
    make_copy(title=make_title(clc_number="Q95-49", main_class="Q"))

    assert class_counts().main["Q"] == Count(1, 1)


def test_copies_of_a_place_can_be_counted_alone(django_assert_num_queries):
    corner = make_location("绘本室")
    title = make_held("I28")
    make_copy(title=title, location=corner)

    with django_assert_num_queries(1):
        counts = class_counts(Copy.objects.filter(location=corner))

    assert counts.of("I") == Count(1, 1)
