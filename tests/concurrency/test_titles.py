"""Two cataloguers at once: no book number is given twice, no correction is lost, none falls on a title that is gone."""

from functools import partial

import pytest

from catalog.models import ClassSeries, Title
from catalog.operations.titles import add_title, change_title
from catalog.rules.titles import version_of
from tests.concurrency.test_desks import at_once
from tests.factories.catalog import make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian():
    make_school()
    return make_user()


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("next", ["1", *map(str, range(5, 19))]),
        ("gaps", ["1", *map(str, [2, 3, *range(5, 17)])]),
        ("author", ["CFZ", *(f"CFZ{number}" for number in range(2, 16)), "4"]),
    ],
)
def test_titles_entered_at_once_share_no_book_number(librarian, kind, numbers):
    make_school(book_numbers=kind)
    make_title(clc_number="I287", book_number="1" if kind != "author" else "CFZ")
    make_title(clc_number="I287", book_number="4")
    ClassSeries.objects.all().delete()  # the first of a class makes its row: that is the hard case
    enter = partial(add_title, values={"name": "草房子", "clc_number": "I287"}, by=librarian)

    for _round in range(2):
        at_once(*[enter] * 7)

    drawn = Title.objects.values_list("book_number", flat=True)
    assert sorted(drawn) == sorted({*numbers, "4"})


def test_titles_classified_at_once_share_no_book_number(librarian):
    waiting = [make_title() for _title in range(6)]

    at_once(*(partial(change_title, title_id=row.pk, values={"clc_number": "I287"}, by=librarian) for row in waiting))

    assert sorted(Title.objects.values_list("book_number", flat=True)) == ["1", "2", "3", "4", "5", "6"]


def test_number_typed_by_one_is_not_drawn_by_another(librarian):
    enter = partial(add_title, by=librarian)
    for first in range(2, 20, 2):
        typed = {"name": "甲", "clc_number": "I287", "book_number": str(first)}
        at_once(
            partial(enter, values=typed),
            partial(enter, values={"name": "乙", "clc_number": "I287"}),
        )
        drawn = list(Title.objects.values_list("book_number", flat=True))
        assert len(drawn) == len(set(drawn))
        Title.objects.all().delete()
        ClassSeries.objects.all().delete()


def test_of_two_corrections_of_what_was_shown_one_is_told(librarian):
    title = make_title()
    seen = version_of(Title.objects.get())
    correct = partial(change_title, title_id=title.pk, by=librarian, seen=seen)

    outcomes = at_once(*(partial(correct, values={"author": name}) for name in ("甲", "乙", "丙")))

    assert outcomes.count(["title_changed"]) == 2


def test_titles_that_change_their_classes_both_ways_at_once_wait_for_each_other(librarian):
    one, other = make_title(clc_number="I247", book_number="1"), make_title(clc_number="I287", book_number="1")
    for here, there in [("I287", "I247"), ("I247", "I287")] * 10:
        outcomes = at_once(
            partial(change_title, title_id=one.pk, values={"clc_number": here}, by=librarian),
            partial(change_title, title_id=other.pk, values={"clc_number": there}, by=librarian),
        )
        assert [title.clc_number for title in outcomes] == [here, there]
