from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import ClassSeries, ReclassedTitle, Title
from catalog.operations.titles import add_title, change_title
from catalog.rules.titles import version_of
from library_site.shared.problems import Refused
from tests.factories.catalog import make_clc_class, make_copy, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def school():
    make_clc_class("I", "文学")
    make_clc_class("I28", "儿童文学", parent="I")
    return make_school()


@pytest.fixture
def librarian():
    return make_user()


def add(by=None, **values):
    return add_title(values={"name": "草房子", **values}, by=by)


def codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [problem.code for problem in refused.value.problems]


def test_title_is_entered_tidy_classified_numbered_and_found(librarian):
    title = add(librarian, name=" 草 房子 ", isbn="7-5346-1874-6", clc_number="ｉ287.45", price="22.5", author="曹文轩")

    title.refresh_from_db()
    assert (title.name, title.isbn, title.price) == ("草 房子", "9787534618741", Decimal("22.50"))
    assert (title.clc_number, title.book_number, title.clc_class_id, title.main_class) == ("I287.45", "1", "I28", "I")
    assert title.pinyin == "caofangzi"
    assert title.search


def test_title_without_a_class_waits_to_be_classified():
    title = add()

    assert (title.clc_number, title.book_number, title.clc_class_id) == ("", "", None)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "  "}, "name_missing"),
        ({"isbn": "9787534618742"}, "isbn_wrong"),
        ({"clc_number": "小说"}, "clc_wrong"),
        ({"author": "甲" * 401}, "too_long"),
        ({"price": "-1"}, "too_small"),
        ({"volumes": 0}, "too_small"),
    ],
)
def test_title_that_makes_no_sense_is_refused(values, code):
    assert codes(add, **values) == [code]
    assert not Title.objects.exists()


def test_number_of_the_school_names_one_title():
    add(school_number="T1")

    assert codes(add, school_number="t1") == ["school_number_taken"]


def test_column_that_a_title_has_not_is_a_bug():
    with pytest.raises(ValueError, match="popularity"):
        add(popularity=3)


def test_serial_numbers_go_on_behind_the_highest_ever_given():
    numbers = [add(clc_number="I287").book_number for _title in range(3)]
    Title.objects.filter(book_number="3").delete()
    assert [*numbers, add(clc_number="I287").book_number] == ["1", "2", "3", "4"]
    assert add(clc_number="I2").book_number == "1"


def test_serial_numbers_go_on_behind_those_that_came_with_a_sheet():
    make_title(clc_number="I287", book_number="057")
    assert add(clc_number="I287").book_number == "58"


def test_serial_number_typed_by_hand_is_not_given_again():
    add(clc_number="I287", book_number="9")
    Title.objects.all().delete()
    assert add(clc_number="I287").book_number == "10"


def test_gaps_are_filled_where_the_school_wants_that():
    make_school(book_numbers="gaps")
    for number in ("1", "2", "4"):
        make_title(clc_number="I287", book_number=number)
    assert [add(clc_number="I287").book_number for _title in range(2)] == ["3", "5"]


def test_author_numbers_where_the_school_wants_them():
    make_school(book_numbers="author")
    numbers = [add(clc_number="I287", author=author).book_number for author in ("曹文轩著", "曹文轩", "", "[英]罗琳")]
    assert numbers == ["CWX", "CWX2", "CFZ", "LL"]


def test_number_of_a_new_title_is_cut_to_the_depth_of_the_school():
    make_school(clc_depth=4)
    old = make_title(clc_number="I287.45", book_number="1")
    assert add(clc_number="I287.45").clc_number == "I287"

    change_title(title_id=old.pk, values={"author": "曹文轩"}, by=None)
    assert Title.objects.get(pk=old.pk).clc_number == "I287.45"


def test_correction_writes_what_differs_and_keeps_what_was(librarian):
    title = add(author="曹文")

    change_title(title_id=title.pk, values={"name": "草房子", "author": "曹文轩"}, by=librarian)

    title.refresh_from_db()
    old = title.events.get()
    assert (title.author, old.author, old.pgh_context.metadata["user"]) == ("曹文轩", "曹文", librarian.pk)


def test_correction_that_changes_nothing_leaves_no_trace(librarian):
    title = add(clc_number="I287")
    change_title(title_id=title.pk, values={"name": "草房子", "clc_number": "I287", "price": ""}, by=librarian)
    assert not title.events.exists()


def test_corrected_name_is_found():
    title = add(name="早房子")
    change_title(title_id=title.pk, values={"name": "草房子"}, by=None)
    title.refresh_from_db()
    assert title.initials == "cfz"


def test_another_class_gives_a_number_there_and_makes_labels_due(librarian):
    title = add(clc_number="I287", book_number="7")
    copy = make_copy(title=title, spine_label_at=timezone.now())
    make_title(clc_number="I247", book_number="3")

    change_title(title_id=title.pk, values={"clc_number": "I247", "book_number": "7"}, by=librarian)

    title.refresh_from_db()
    copy.refresh_from_db()
    was = ReclassedTitle.objects.get()
    assert (title.call_number, copy.spine_label_at) == ("I247/4", None)
    assert (was.old_clc_number, was.old_book_number, was.reclassing.by) == ("I287", "7", librarian)
    assert ClassSeries.objects.get(pk="I287").last == 7


def test_another_book_number_alone_is_kept_as_typed():
    title = add(clc_number="I287")
    change_title(title_id=title.pk, values={"book_number": "20"}, by=None)
    title.refresh_from_db()
    assert (title.call_number, ReclassedTitle.objects.get().old_book_number) == ("I287/20", "1")


def test_first_class_of_a_title_is_no_reclassing():
    title = add()
    change_title(title_id=title.pk, values={"clc_number": "I287"}, by=None)
    assert not ReclassedTitle.objects.exists()


def test_title_that_somebody_changed_meanwhile_is_not_overwritten():
    title = add()
    seen = version_of(Title.objects.get(pk=title.pk))
    change_title(title_id=title.pk, values={"author": "甲"}, by=None, seen=seen)

    assert codes(change_title, title_id=title.pk, values={"author": "乙"}, by=None, seen=seen) == ["title_changed"]
    assert Title.objects.get().author == "甲"


def test_title_that_is_gone_is_said_to_be():
    assert codes(change_title, title_id=999_999, values={"author": "乙"}, by=None) == ["title_gone"]
