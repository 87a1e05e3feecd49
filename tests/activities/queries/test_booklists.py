from datetime import date, timedelta

import pytest

from activities.queries.booklists import (
    books_of,
    newest_list,
    own_grade,
    published_lists,
    recommended_in,
    titles_of,
    with_covers_of,
)
from library_site.shared.reference import current_reference
from readers.queries.classes import classes_on
from tests.factories.booklists import SHOWN_AT, make_item, make_list
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture
def third():
    """三(1)班 as it is called today."""
    make_school()
    make_school_year()
    made = make_class(2024, 1)
    return next(row for row in classes_on(current_reference(), TODAY) if row.pk == made.pk)


def names(rows):
    return [row.name for row in rows]


def test_lists_are_shown_once_published_begun_and_until_they_end():
    make_list("草稿", shown=False)
    make_list("下月", begins_on=TODAY + timedelta(days=1))
    make_list("已结束", ended_on=TODAY)
    make_list("今日起", begins_on=TODAY)
    make_list("明日止", ended_on=TODAY + timedelta(days=1), published_at=SHOWN_AT + timedelta(days=1))

    assert names(published_lists("student", None, TODAY)) == ["明日止", "今日起"]


def test_lists_mean_the_grade_of_the_class(third):
    make_list("全校")
    make_list("小学", stage="primary")
    make_list("三四年级", stage="primary", from_position=3, to_position=4)
    make_list("四年级", stage="primary", from_position=4, to_position=4)
    make_list("初中", stage="junior")
    make_list("教师", category="teacher")

    assert set(names(published_lists("student", third, TODAY))) == {"全校", "小学", "三四年级"}
    assert names(published_lists("teacher", None, TODAY)) == ["教师"]


def test_titles_of_a_list_are_those_of_the_library():
    book_list = make_list()
    kept = make_item(book_list)
    make_item(book_list, name="没有的书")
    make_item(make_list())

    assert titles_of(book_list.pk) == {kept.title_id}


def test_books_stand_in_order_with_what_is_in(django_assert_num_queries):
    book_list, title = make_list(), make_title("昆虫记", author="法布尔")
    inside, lent = make_copy(title=title, location=make_location("低年级室")), make_copy(title=title)
    make_copy(title=title, state="withdrawn", location=make_location("旧库"))
    make_loan(copy=lent)
    make_item(book_list, name="没有的书", author="某人", position=1)
    make_item(book_list, title, name="旧名", position=2)
    for _number in range(3):
        make_item(book_list)

    with django_assert_num_queries(2):
        books = books_of(book_list.pk)

    assert [(book.name, book.author, book.held, book.inside) for book in books[:2]] == [
        ("没有的书", "某人", 0, 0), ("昆虫记", "法布尔", 2, 1),
    ]  # fmt: skip
    assert set(books[1].places) == {"低年级室", lent.location.name} - {inside.location.name} | {"低年级室"}


def test_lists_show_their_first_covers_in_two_statements(django_assert_num_queries):
    lists = [make_list() for _number in range(3)]
    for book_list in lists[:2]:
        for place in range(7, 0, -1):
            make_item(book_list, make_title(f"书{place}"), position=place)

    with django_assert_num_queries(2):
        shown = with_covers_of(lists)

    assert names(shown[0].covers) == ["书1", "书2", "书3", "书4", "书5"]
    assert shown[2].covers == []


def test_title_says_where_it_is_recommended():
    title = make_title()
    for book_list in (make_list("甲"), make_list("乙", category="teacher"), make_list("丙", shown=False)):
        make_item(book_list, title, reason=book_list.name)

    assert [row.reason for row in recommended_in(title.pk, ["student"], TODAY)] == ["甲"]
    assert [row.reason for row in recommended_in(title.pk, ["student", "teacher"], TODAY)] == ["乙", "甲"]


def test_newest_list_of_pupils_is_the_one_of_the_catalogue():
    make_list("旧")
    newest = make_list("新", published_at=SHOWN_AT + timedelta(days=3))
    make_list("教师", category="teacher", published_at=SHOWN_AT + timedelta(days=9))
    item = make_item(newest)
    make_item(newest, name="没有的书")

    assert newest_list(TODAY) == (newest, [item.title_id])


def test_own_grade_is_that_of_the_pupil(third):
    account = make_user("student")
    make_reader(account=account, school_class=make_class(2024, 1))

    assert own_grade(account, current_reference(), TODAY) == third
    assert own_grade(make_user("librarian"), current_reference(), TODAY) is None
