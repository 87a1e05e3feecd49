"""Several people at one booklist: each book once, each in a place of its own, and nothing beyond what a list holds."""

from functools import partial

import pytest

from activities.models import BookListItem
from activities.operations.list_books import put_title, put_words
from library_site.models import Role
from library_site.shared.problems import Refused
from tests.concurrency.test_desks import at_once
from tests.factories.booklists import make_list
from tests.factories.catalog import make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian():
    make_school()
    return make_user(Role.LIBRARIAN)


def tried(act, **arguments):
    try:
        act(**arguments)
    except Refused as refusal:
        return [problem.code for problem in refusal.problems]
    return ["done"]


def test_same_book_put_on_at_once_stands_there_once(librarian):
    book_list, title = make_list(), make_title()
    act = partial(tried, put_title, list_id=book_list.pk, title_id=title.pk, by=librarian)

    outcomes = at_once(*[act] * 4)

    assert sorted(outcomes) == [["already_on_it"]] * 3 + [["done"]]
    assert book_list.items.count() == 1


def test_books_put_on_at_once_have_places_of_their_own(librarian):
    book_list = make_list()
    acts = [
        partial(tried, put_words, list_id=book_list.pk, values={"name": f"第{number}本"}, by=librarian)
        for number in range(6)
    ]

    at_once(*acts)

    assert sorted(book_list.items.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_last_place_of_a_list_is_given_once(librarian):
    book_list = make_list()
    BookListItem.objects.bulk_create(
        BookListItem(book_list=book_list, name=f"书{place}", position=place) for place in range(1, 300)
    )
    acts = [
        partial(tried, put_words, list_id=book_list.pk, values={"name": f"第{number}本"}, by=librarian)
        for number in range(3)
    ]

    outcomes = at_once(*acts)

    assert sorted(outcomes) == [["done"], ["list_full"], ["list_full"]]
    assert book_list.items.count() == 300
