"""The desk's pages cost the same number of statements however much they show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.catalog import make_copy
from tests.factories.desk import lend
from tests.factories.readers import make_reader


@pytest.fixture
def lend_one(library, desk):
    def lend_one():
        reader = make_reader(school_class=library.school_class, card=f"K{make_copy().pk}")
        copy = make_copy()
        desk.scan(reader.cards.get().barcode)
        assert desk.scan(copy.barcode).tone == "lent"

    return lend_one


@pytest.mark.parametrize("page", ["desk", "board", "sheet", "out"])
def test_page_costs_the_same_for_one_row_and_three(library, desk, lend_one, page):
    url = reverse(f"circulation:{page}", args=[library.school_class.pk] if page in ("board", "sheet") else [])
    lend_one()
    desk.client.get(url)  # fills what a process keeps
    with CaptureQueriesContext(connection) as one:
        desk.client.get(url)
    lend_one()
    lend_one()
    with CaptureQueriesContext(connection) as three:
        response = desk.client.get(url)
    assert response.status_code == 200
    assert len(one) == len(three)


def test_feed_shows_what_was_lent_and_to_whom(library, desk):
    reader = make_reader("王小明", card="C001")
    copy = make_copy("10000001")
    lend(copy, reader, library.helper)  # at another desk
    desk.scan("10000001")
    page = desk.client.get(reverse("circulation:desk")).content.decode()
    assert copy.title.name in page
    assert page.count('class="feed-line"') == 1
