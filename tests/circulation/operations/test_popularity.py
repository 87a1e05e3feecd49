from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Title
from circulation.operations.popularity import count_popularity
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_box, make_class_loan, make_loan
from tests.factories.readers import make_class

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    return dict(Title.objects.values_list("name", "popularity"))


def lend(title: Title, days_ago: int, **fields: object) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    make_loan(copy=make_copy(title=title), lent_at=at, **fields)


def test_loans_of_the_last_year_are_counted_over_all_copies():
    title, other = make_title("三国演义"), make_title("西游记", popularity=9)
    lend(title, 1)
    lend(title, 300)
    lend(title, 400)
    lend(other, 2, voided_at=timezone.now())
    assert count_popularity(at=timezone.now()) == 2
    assert counted() == {"三国演义": 2, "西游记": 0}


@pytest.mark.cases("CB-1", "CB-7")
def test_title_is_popular_by_readers_not_by_boxes_that_it_is_packed_into():
    title, school_class = make_title("三国演义"), make_class()
    box, copy = make_box(school_class=school_class), make_copy(title=title)
    make_class_loan(box, school_class, copy=copy)
    make_loan(copy=copy, school_class=school_class, kind="corner", box=box)
    make_loan(copy=make_copy(title=title), kind="room")
    count_popularity(at=timezone.now())
    assert counted() == {"三国演义": 1}


def test_counting_again_changes_nothing():
    lend(make_title(), 1)
    at = timezone.now()
    assert (count_popularity(at=at), count_popularity(at=at)) == (1, 0)
