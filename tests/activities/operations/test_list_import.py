from datetime import date, timedelta

import pytest

from activities.imports.book_lines import read_text
from activities.operations.list_import import take_lines
from activities.queries.list_editing import arrived_titles, lacking_books, list_figures, made_lists
from activities.queries.list_matching import match_lines
from activities.rules.book_lines import in_groups
from catalog.operations.search_index import index_titles
from library_site.models import Role
from library_site.shared.problems import Refused
from tests.factories.booklists import SHOWN_AT, make_item, make_list
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ISBN = "9787020002207"


@pytest.fixture
def librarian():
    make_school()
    return make_user(Role.LIBRARIAN)


def held(name, **fields):
    title = make_title(name, **fields)
    make_copy(title=title)
    return title


def matched(text):
    index_titles()
    return {match.line.name or match.line.isbn: match for match in match_lines(read_text(text))}


def test_line_is_found_by_isbn_by_name_and_in_another_writing():
    by_isbn, by_name = held("昆虫记", isbn=ISBN), held("夏洛的网", author="（美）E.B.怀特")
    otherwise = held("和大人一起读. 一", author="张秋生")

    found = matched(f"{ISBN}\n夏洛的网  E.B.怀特\n《和大人一起读》（全四册） 张秋生\n没有的书")

    assert found[ISBN].sure == by_isbn
    assert found["夏洛的网"].sure == by_name
    assert (found["和大人一起读"].sure, list(found["和大人一起读"].candidates)) == (None, [otherwise])
    assert (found["没有的书"].sure, list(found["没有的书"].candidates)) == (None, [])


def test_same_name_by_another_author_is_asked_about():
    held("童年", author="泰戈尔")

    found = matched("童年  高尔基")["童年"]

    assert found.sure is None
    assert len(found.candidates) == 1


def test_of_several_editions_the_one_with_most_copies_is_taken():
    make_title("西游记", author="吴承恩")
    most = held("西游记", author="吴承恩")

    found = matched("西游记  吴承恩")["西游记"]

    assert found.sure == most
    assert len(found.candidates) == 2


def test_matching_takes_few_statements_however_many_lines(django_assert_num_queries):
    for number in range(3):
        held(f"第{number}本书")
    index_titles()
    lines = read_text("\n".join(f"没有的第{number}本书" for number in range(30)))

    with django_assert_num_queries(2):  # by name, by search; nothing was found
        match_lines(lines)
    with django_assert_num_queries(3):
        match_lines(read_text("\n".join([*(f"没有的{number}" for number in range(30)), "第1本书"])))


def take(librarian, text, list_id=None, chosen=None, **values):
    groups = in_groups(read_text(text))
    made = {key: {"name": key or "书目", "occasion": "official", **values} for key in groups}
    return take_lines(list_id=list_id, groups=groups, values=made, chosen=chosen or {}, by=librarian)


def test_lines_become_a_list_with_titles_and_words(librarian):
    title = held("昆虫记", author="法布尔", isbn=ISBN)
    index_titles()

    taken = take(librarian, "昆虫记  法布尔\n没有的书  某人")

    items = list(taken.lists[0].items.order_by("position"))
    assert [(row.title, row.name, row.author) for row in items] == [
        (title, "昆虫记", "法布尔"),
        (None, "没有的书", "某人"),
    ]
    assert items[0].isbn == ISBN
    assert (taken.added, taken.already) == (2, 0)


def test_same_lines_again_change_nothing(librarian):
    held("昆虫记")
    index_titles()
    first = take(librarian, "昆虫记\n《没有的书》（全二册）")

    again = take(librarian, "昆虫记\n没有的书\n昆虫记", list_id=first.lists[0].pk)

    assert (again.added, again.already) == (0, 3)
    assert first.lists[0].items.count() == 2


def test_choice_of_a_person_goes_before_the_likeliest(librarian):
    sure, other = held("童年", author="高尔基"), held("童年", author="泰戈尔")
    index_titles()

    one = take(librarian, "童年  高尔基", chosen={1: other.pk}).lists[0]
    none = take(librarian, "童年  高尔基", chosen={1: 0}).lists[0]
    usual = take(librarian, "童年  高尔基").lists[0]

    assert [row.items.get().title for row in (one, none, usual)] == [other, None, sure]


def test_each_group_becomes_a_list(librarian):
    taken = take(librarian, "书名,年级\n甲,三年级\n乙,四年级\n丙,三年级")

    assert {row.name: row.items.count() for row in taken.lists} == {"三年级": 2, "四年级": 1}


def test_too_many_lines_leave_nothing_behind(librarian):
    book_list = make_list()
    text = "\n".join(f"第{number:03d}号书" for number in range(301))

    with pytest.raises(Refused) as refusal:
        take(librarian, text, list_id=book_list.pk)

    assert [problem.code for problem in refusal.value.problems] == ["list_full"]
    assert book_list.items.count() == 0


def test_nothing_to_take_is_refused(librarian):
    with pytest.raises(Refused) as refusal:
        take_lines(list_id=None, groups={}, values={}, chosen={}, by=librarian)
    assert [problem.code for problem in refusal.value.problems] == ["no_lines"]


def test_lacking_books_are_words_and_titles_without_copies():
    book_list = make_list()
    make_item(book_list, held("有的书"))
    gone = make_title("散失的书")
    make_copy(title=gone, state="lost")
    make_item(book_list, gone)
    make_item(book_list, name="没有的书")
    index_titles()

    assert [row.item.name for row in lacking_books(book_list.pk)] == ["散失的书", "没有的书"]


def test_book_that_came_meanwhile_is_found_again():
    book_list = make_list()
    item = make_item(book_list, name="昆虫记", author="法布尔")
    assert arrived_titles(book_list.pk) == {}

    title = held("昆虫记", author="（法）法布尔")
    index_titles()

    assert arrived_titles(book_list.pk) == {item.pk: title.pk}


def test_figures_count_readers_loans_since_publication(django_assert_num_queries):
    book_list, title = make_list(), make_title()
    make_item(book_list, title)
    make_item(book_list, name="没有的书")
    copy, other = make_copy(title=title), make_copy(title=title)
    returned = {"returned_at": SHOWN_AT + timedelta(days=9)}
    make_loan(copy=copy, lent_at=SHOWN_AT - timedelta(days=1), returned_at=SHOWN_AT)
    make_loan(copy=copy, lent_at=SHOWN_AT + timedelta(days=1), **returned)
    make_loan(copy=copy, lent_at=SHOWN_AT + timedelta(days=2), voided_at=SHOWN_AT + timedelta(days=2))
    make_loan(copy=copy, lent_at=SHOWN_AT + timedelta(days=3), kind="room", **returned)
    make_loan(copy=other, lent_at=SHOWN_AT + timedelta(days=4))

    with django_assert_num_queries(3):
        figures = list_figures(book_list)

    assert (figures.loans, figures.borrowed, figures.copies, figures.inside, figures.lent) == (2, 1, 2, 1, 1)
    assert list_figures(make_list(shown=False)).loans == 0


def test_teacher_finds_the_own_lists_only(librarian):
    teacher = make_user(Role.TEACHER)
    own = make_list("自编", by=teacher, shown=False)
    make_list("馆员", by=librarian)
    today = date(2026, 11, 2)

    assert list(made_lists(by=teacher, state="", day=today)) == [own]
    assert [row.name for row in made_lists(by=None, state="shown", day=today)] == ["馆员"]
    assert [row.name for row in made_lists(by=None, state="draft", day=today)] == ["自编"]
    assert list(made_lists(by=None, state="ended", day=today)) == []
