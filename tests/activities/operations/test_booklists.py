from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from activities.models import BookList, BookListItem, Suggestion
from activities.operations.booklists import (
    copy_list,
    delete_list,
    end_list,
    publish_list,
    review_list,
    save_list,
)
from activities.operations.list_books import (
    change_book,
    choose_titles,
    list_of_titles,
    move_book,
    put_title,
    put_words,
    take_off,
)
from library_site.models import Role
from library_site.shared.problems import Refused
from tests.factories.booklists import make_item, make_list
from tests.factories.catalog import make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
VALUES = {"name": "书目", "occasion": "month", "category": "student", "introduction": "读一读"}


@pytest.fixture
def librarian():
    make_school()
    return make_user(Role.LIBRARIAN)


@pytest.fixture
def teacher():
    return make_user(Role.TEACHER)


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def names(book_list):
    return list(book_list.items.order_by("position", "pk").values_list("name", flat=True))


def test_saving_begins_a_list_and_changes_it(librarian):
    made = save_list(list_id=None, values=VALUES, by=librarian)
    save_list(list_id=made.pk, values=VALUES | {"name": "新名"}, by=librarian)

    made.refresh_from_db()
    assert (made.name, made.by, made.published_at, made.reviewed_at) == ("新名", librarian, None, None)


def test_saving_is_refused_to_a_teacher_once_reviewed(teacher, librarian):
    made = save_list(list_id=None, values=VALUES, by=teacher)
    review_list(list_id=made.pk, reviewed=True, by=librarian, at=NOW)

    with pytest.raises(Refused) as refusal:
        save_list(list_id=made.pk, values=VALUES | {"name": "改"}, by=teacher)
    with pytest.raises(Refused):
        put_title(list_id=made.pk, title_id=make_title().pk, by=teacher)

    assert codes(refusal) == ["list_reviewed"]
    save_list(list_id=made.pk, values=VALUES | {"name": "馆员改"}, by=librarian)


def test_publishing_is_refused_without_books_or_review(librarian):
    made = make_list(shown=False)

    with pytest.raises(Refused) as refusal:
        publish_list(list_id=made.pk, by=librarian, at=NOW)
    assert codes(refusal) == ["list_empty", "not_reviewed"]
    make_item(made)
    review_list(list_id=made.pk, reviewed=True, by=librarian, at=NOW)
    published = publish_list(list_id=made.pk, by=librarian, at=NOW)

    assert (published.published_at, published.reviewed_by) == (NOW, librarian)


def test_review_taken_back_takes_the_list_from_the_readers(librarian):
    made = make_list()

    review_list(list_id=made.pk, reviewed=False, by=librarian, at=NOW)

    made.refresh_from_db()
    assert (made.reviewed_at, made.published_at, made.reviewed_by) == (None, None, None)


def test_ended_list_is_shown_again_since_it_was_first_published(librarian):
    made = make_list()
    make_item(made)
    first = made.published_at

    end_list(list_id=made.pk, on=date(2026, 11, 1), by=librarian)
    again = publish_list(list_id=made.pk, by=librarian, at=NOW)

    assert (again.ended_on, again.published_at) == (None, first)


def test_copy_has_the_books_and_neither_review_nor_readers(librarian, teacher):
    old = make_list("旧", stage="primary", from_position=3, to_position=4, begins_on=date(2026, 9, 1))
    make_item(old, reason="好看", is_required=True)
    make_item(old, name="没有的书")

    made = copy_list(list_id=old.pk, by=teacher)

    assert (made.reviewed_at, made.published_at, made.begins_on, made.by) == (None, None, None, teacher)
    assert (made.stage, made.from_position, made.to_position) == ("primary", 3, 4)
    assert names(made) == names(old)
    assert made.items.order_by("position").values_list("reason", "is_required").first() == ("好看", True)


def test_deleting_is_refused_once_readers_saw_it(librarian):
    seen, draft = make_list(), make_list(shown=False)
    make_item(draft)

    with pytest.raises(Refused) as refusal:
        delete_list(list_id=seen.pk, by=librarian)
    delete_list(list_id=draft.pk, by=librarian)

    assert codes(refusal) == ["list_was_shown"]
    assert list(BookList.objects.all()) == [seen]


def test_deleting_is_refused_where_something_is_built_on_it(librarian):
    draft = make_list(shown=False)
    Suggestion.objects.create(name="书", item=make_item(draft, name="书"), at=NOW, state_at=NOW)

    with pytest.raises(Refused) as refusal:
        delete_list(list_id=draft.pk, by=librarian)

    assert codes(refusal) == ["list_used"]
    assert draft.items.count() == 1


def test_title_is_put_on_a_list_once(librarian):
    made, title = make_list(), make_title("昆虫记", author="法布尔", isbn="9787020002207")

    item = put_title(list_id=made.pk, title_id=title.pk, reason="虫子", by=librarian)
    with pytest.raises(Refused) as refusal:
        put_title(list_id=made.pk, title_id=title.pk, by=librarian)

    assert codes(refusal) == ["already_on_it"]
    assert (item.name, item.author, item.isbn, item.reason) == ("昆虫记", "法布尔", "9787020002207", "虫子")


def test_full_list_takes_no_more(librarian):
    made = make_list()
    BookListItem.objects.bulk_create(
        BookListItem(book_list=made, name=f"书{place}", position=place) for place in range(1, 301)
    )

    with pytest.raises(Refused) as refusal:
        put_words(list_id=made.pk, values={"name": "又一本"}, by=librarian)

    assert codes(refusal) == ["list_full"]


def test_books_are_moved_and_taken_off(librarian):
    made = make_list()
    items = [make_item(made, name=name) for name in "甲乙丙丁"]

    move_book(item_id=items[3].pk, place=1, by=librarian)
    assert names(made) == ["丁", "甲", "乙", "丙"]
    move_book(item_id=items[3].pk, place=99, by=librarian)
    assert names(made) == ["甲", "乙", "丙", "丁"]
    move_book(item_id=items[1].pk, place=0, by=librarian)
    assert names(made) == ["乙", "甲", "丙", "丁"]
    take_off(item_id=items[0].pk, by=librarian)
    assert names(made) == ["乙", "丙", "丁"]


def test_suggestion_stays_when_its_book_is_taken_off(librarian):
    item = make_item(make_list(), name="没有的书")
    wish = Suggestion.objects.create(name="没有的书", item=item, at=NOW, state_at=NOW)

    take_off(item_id=item.pk, by=librarian)

    wish.refresh_from_db()
    assert wish.item is None


def test_reason_is_kept_and_a_book_that_is_gone_is_refused(librarian):
    item = make_item(make_list())

    change_book(item_id=item.pk, reason="好看", is_required=True, by=librarian)
    item.refresh_from_db()
    assert (item.reason, item.is_required) == ("好看", True)
    take_off(item_id=item.pk, by=librarian)
    with pytest.raises(Refused) as refusal:
        change_book(item_id=item.pk, reason="晚了", is_required=False, by=librarian)
    assert codes(refusal) == ["no_such_list"]


def test_words_become_the_title_that_was_chosen(librarian):
    made, title, other = make_list(), make_title(), make_title()
    make_item(made, other)
    one, two, three = (make_item(made, name=name) for name in "甲乙丙")

    number = choose_titles(
        list_id=made.pk, chosen={one.pk: title.pk, two.pk: other.pk, three.pk: 999_999}, by=librarian
    )

    assert number == 1
    assert [row.title_id for row in made.items.order_by("position")] == [other.pk, title.pk, None, None]


def test_new_books_begin_a_list(librarian):
    titles = [make_title("甲"), make_title("乙")]

    made = list_of_titles(name="新书", titles=titles, by=librarian)

    assert (made.occasion, made.published_at, names(made)) == ("new", None, ["甲", "乙"])
