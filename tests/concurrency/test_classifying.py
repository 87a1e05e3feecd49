"""Cataloguers who classify at once: no book number twice, no title twice, and acts that cross wait for each other."""

from functools import partial

import pytest

from catalog.models import ReclassedTitle, Title
from catalog.operations.classify import classify_titles
from catalog.operations.reclassing import NewClass, reclass_titles
from tests.concurrency.test_desks import at_once
from tests.factories.catalog import make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian():
    make_school()
    return make_user()


def test_queues_worked_at_once_share_no_book_number(librarian):
    parts = [[make_title().pk for _title in range(3)] for _part in range(4)]

    at_once(*(partial(classify_titles, choices=dict.fromkeys(part, "I287"), by=librarian) for part in parts))

    numbers = Title.objects.values_list("book_number", flat=True)
    assert sorted(map(int, numbers)) == list(range(1, 13))


def test_title_classified_twice_at_once_keeps_the_first_class(librarian):
    title = make_title()
    give = [partial(classify_titles, choices={title.pk: number}, by=librarian) for number in ("I287", "K1")]

    answers = at_once(*give)

    assert sorted(len(answer.problems) for answer in answers) == [0, 1]
    title.refresh_from_db()
    first = next(answer for answer in answers if not answer.problems)
    assert [done.clc_number for done in first.titles] == [title.clc_number]


def test_batches_that_move_both_ways_end_neither(librarian):
    one = [make_title(clc_number="I24", book_number=str(n), main_class="I").pk for n in range(1, 9)]
    other = [make_title(clc_number="I28", book_number=str(n), main_class="I").pk for n in range(1, 9)]

    at_once(
        partial(reclass_titles, title_ids=one, new_class=NewClass("I28"), reason="", by=librarian),
        partial(reclass_titles, title_ids=other, new_class=NewClass("I24"), reason="", by=librarian),
    )

    assert ReclassedTitle.objects.count() == 16
    assert len(set(Title.objects.values_list("clc_number", "book_number"))) == 16
