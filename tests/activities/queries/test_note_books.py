"""Which books are offered for a card, and which title a text means."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from activities.queries.note_books import books_at_hand, title_meant
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_reader, make_school_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(db):
    make_school_year()
    return make_reader()


def lend(reader, title, *, back=False, days=1, **fields):
    at = timezone.now() - timedelta(days=days)
    returned = {"returned_at": at + timedelta(hours=2)} if back else {}
    return make_loan(reader=reader, copy=make_copy(title=title), lent_at=at, **returned, **fields)


def names(reader, since):
    return [row.name for row in books_at_hand([reader.pk], since=since, most=6).get(reader.pk, [])]


def test_only_what_is_out_is_offered_unless_a_day_is_said(reader):
    out, back = make_title("西游记"), make_title("水浒传")
    lend(reader, back, back=True, days=9), lend(reader, out)
    assert names(reader, None) == ["西游记"]
    assert names(reader, timezone.localdate() - timedelta(days=20)) == ["西游记", "水浒传"]
    assert names(reader, timezone.localdate() - timedelta(days=5)) == ["西游记"]


def test_title_lent_twice_is_offered_once_and_what_was_undone_never(reader):
    title, undone = make_title("西游记"), make_title("错借")
    lend(reader, title, back=True, days=9), lend(reader, title, days=2)
    lend(reader, undone, back=True, voided_at=timezone.now())
    assert names(reader, date(2020, 1, 1)) == ["西游记"]


def test_six_are_offered_the_last_lent_first(reader):
    for number in range(8):
        lend(reader, make_title(f"书{number}"), back=True, days=20 - number)
    assert names(reader, date(2020, 1, 1)) == [f"书{number}" for number in range(7, 1, -1)]


@pytest.mark.parametrize(
    "text", ["西游记", "《西游记》", " 西游记 ", "9787020008735", "978-7-02-000873-5", "7020008739"]
)
def test_title_is_found_by_its_whole_name_or_isbn(db, text):
    title = make_title("西游记", isbn="9787020008735")
    assert title_meant(text) == title


def test_name_that_several_titles_have_means_none(db):
    make_title("西游记"), make_title("西游记")
    assert title_meant("西游记") is None
    assert title_meant("") is None
    assert title_meant("没有的书") is None
