"""Suggestions to buy: one open per book, answered in words, settled by what comes in."""

from datetime import timedelta

import pytest

from activities.models import Backer, Suggestion
from activities.operations.suggestions import answer_suggestion, back, mark_all, settle_arrived
from activities.rules.suggestions import MOST_OPEN
from catalog.models import Copy
from library_site.shared.problems import Refused
from tests.factories.catalog import make_copy, make_title
from tests.factories.desk import NOON
from tests.factories.readers import make_reader
from tests.factories.site import make_user
from tests.factories.voice import ISBN, make_list_item, make_suggestion, wish

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)


def codes(refusal) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def came_in(at, **fields):
    """A copy that was entered at that time."""
    copy = make_copy(**fields)
    Copy.objects.filter(pk=copy.pk).update(created_at=at)
    return copy


def answer(row, state, *, shown="", words="", title=None):
    return answer_suggestion(
        suggestion_id=row.pk,
        state=state,
        shown=shown or row.state,
        answer=words,
        title_id=title.pk if title else None,
        by=make_user(),
        at=LATER,
    )


def test_suggest_keeps_who_what_and_the_category_of_the_day():
    reader = make_reader(category="teacher")
    row = wish(reader, isbn="978-7-02-000220-7", name=" 《红楼梦》 ", copies=3)
    assert (row.isbn, row.name, row.copies, row.category) == (ISBN, "红楼梦", 3, "teacher")
    assert (row.reader, row.state, row.by) == (reader, "new", None)


def test_suggest_by_the_readers_own_account_keeps_no_account():
    """The account would still name who has long been forgotten."""
    user, clerk = make_user("student"), make_user()
    reader = make_reader(account=user)
    assert wish(reader, by=user).by is None
    assert wish(reader, by=clerk).by == clerk


def test_suggest_of_an_open_isbn_backs_it():
    first, second = make_reader(), make_reader()
    row = wish(first, isbn=ISBN)
    again = wish(second, isbn=ISBN, name="another name", copies=4)
    assert again.pk == row.pk
    assert again.copies == 4
    assert list(Backer.objects.values_list("suggestion", "reader")) == [(row.pk, second.pk)]


def test_suggest_without_isbn_backs_the_same_title_and_author():
    row = wish(make_reader(), name="草房子", author="曹文轩")
    assert wish(make_reader(), name="《草房子》", author="曹文轩").pk == row.pk
    assert wish(make_reader(), name="草房子", author="别人").pk != row.pk


def test_suggest_twice_by_one_reader_counts_once():
    reader = make_reader()
    wish(reader, isbn=ISBN)
    wish(reader, isbn=ISBN)
    assert (Suggestion.objects.count(), Backer.objects.count()) == (1, 0)


def test_suggest_after_the_old_one_is_closed_begins_anew():
    row = wish(make_reader(), isbn=ISBN)
    answer(row, "declined", words="只供教师")
    assert wish(make_reader(), isbn=ISBN).pk != row.pk


def test_suggest_for_a_booklist_ties_its_line_and_nobody():
    row = wish(make_reader(), isbn=ISBN)
    item = make_list_item(isbn=ISBN)
    same = wish(isbn=ISBN, item_id=item.pk, copies=5)
    assert (same.pk, same.item_id, same.copies) == (row.pk, item.pk, 5)
    assert not Backer.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"isbn": "9787020002208"}, "no_isbn"),
        ({"name": "《 》"}, "not_named"),
        ({"copies": 0}, "too_many_copies"),
        ({"copies": 100}, "too_many_copies"),
    ],
)
def test_suggest_refuses_what_is_not_right(fields, code):
    with pytest.raises(Refused) as refusal:
        wish(make_reader(), **fields)
    assert codes(refusal) == [code]
    assert not Suggestion.objects.exists()


def test_suggest_refuses_more_open_ones_than_the_library_can_answer():
    reader = make_reader()
    for _number in range(MOST_OPEN):
        make_suggestion(reader=reader)
    with pytest.raises(Refused) as refusal:
        wish(reader)
    assert codes(refusal) == ["too_many_open"]
    make_suggestion("草房子")
    assert wish(reader, name="草房子").backers.count() == 1  # to back another's costs no place


def test_suggest_of_a_held_book_is_refused_unless_more_are_wanted():
    make_copy(title=make_title("红楼梦", isbn=ISBN))
    with pytest.raises(Refused) as refusal:
        wish(make_reader(), isbn=ISBN, overrides=())
    assert codes(refusal) == ["held"]
    assert wish(make_reader(), isbn=ISBN).state == "new"


def test_back_counts_each_reader_once_and_leaves_closed_ones():
    reader, row = make_reader(), make_suggestion()
    for _time in range(2):
        back(suggestion_id=row.pk, reader_id=reader.pk, at=NOON)
    assert row.backers.count() == 1
    closed = make_suggestion(state="declined", answer="已有同类书")
    back(suggestion_id=closed.pk, reader_id=reader.pk, at=NOON)
    assert closed.backers.count() == 0


def test_answer_moves_the_state_and_its_day():
    row = make_suggestion()
    moved = answer(row, "ordered", words="下月到")
    assert (moved.state, moved.answer, moved.state_at) == ("ordered", "下月到", LATER)
    assert answer(moved, "ordered", words="改为下周").state_at == LATER


def test_answer_refuses_to_decline_without_a_reason():
    row = make_suggestion()
    with pytest.raises(Refused) as refusal:
        answer(row, "declined", words="  ")
    assert codes(refusal) == ["why_not"]
    row.refresh_from_db()
    assert row.state == "new"


def test_answer_on_the_shelf_needs_the_title_it_became():
    row, title = make_suggestion(), make_title()
    with pytest.raises(Refused) as refusal:
        answer(row, "on_shelf")
    assert codes(refusal) == ["not_on_shelf"]
    assert answer(row, "on_shelf", title=title).title == title


def test_answer_to_a_page_of_before_is_refused():
    row = make_suggestion(state="ordered")
    with pytest.raises(Refused) as refusal:
        answer(row, "seen", shown="new")
    assert codes(refusal) == ["changed_meanwhile"]


def test_answer_opens_no_second_suggestion_of_an_isbn():
    closed = make_suggestion(isbn=ISBN, state="declined", answer="太贵")
    make_suggestion(isbn=ISBN)
    with pytest.raises(Refused) as refusal:
        answer(closed, "seen", words="再看看")
    assert codes(refusal) == ["open_again"]


def test_mark_all_moves_only_forward():
    rows = [make_suggestion(), make_suggestion(state="seen"), make_suggestion(state="declined", answer="重复")]
    keys = [row.pk for row in rows]
    assert mark_all(suggestions=keys, state="ordered", by=make_user(), at=LATER) == 2
    assert mark_all(suggestions=keys, state="seen", by=make_user(), at=LATER) == 0
    assert sorted(Suggestion.objects.values_list("state", flat=True)) == ["declined", "ordered", "ordered"]


def test_settle_finds_by_isbn_what_came_in_since():
    row = wish(make_reader(), isbn=ISBN)
    other = wish(make_reader(), name="没有书号的书")
    copy = came_in(NOON + timedelta(days=9), title=make_title("红楼梦", isbn=ISBN))
    assert settle_arrived(at=LATER) == 1
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.title_id, row.state_at) == ("on_shelf", copy.title_id, LATER)
    assert other.state == "new"
    assert settle_arrived(at=LATER) == 0


def test_settle_leaves_more_copies_of_a_held_book_wanted():
    """What stood there before the suggestion is not what was wished for."""
    held = came_in(NOON - timedelta(days=1), title=make_title("红楼梦", isbn=ISBN))
    row = wish(make_reader(), isbn=ISBN)
    assert settle_arrived(at=LATER) == 0
    gone = came_in(NOON + timedelta(days=9), title=held.title, state="lost")
    assert settle_arrived(at=LATER) == 0
    Copy.objects.filter(pk=gone.pk).update(state="on_shelf")
    assert settle_arrived(at=LATER) == 1
    row.refresh_from_db()
    assert row.title_id == held.title_id
