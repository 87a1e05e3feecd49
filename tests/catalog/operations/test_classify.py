"""Titles get a class from the queue, and lose it again."""

import pytest

from catalog.models import ClassPick, ClassSeries, Title
from catalog.operations.classify import classify_titles, take_back_class
from catalog.queries.search import search_titles
from library_site.shared.problems import Refused
from tests.factories.catalog import make_title
from tests.factories.classification import make_classification
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user(db):
    make_school()
    make_classification()
    return make_user()


def test_classify_gives_class_book_number_and_place_in_the_search(user):
    make_title(clc_number="I287.45", book_number="7", main_class="I")
    one, other = make_title("甲"), make_title("乙")

    done = classify_titles(choices={one.pk: " i287.45", other.pk: "Ｉ287.45"}, by=user)

    assert done.problems == {}
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.clc_number, one.book_number, one.clc_class_id, one.main_class) == ("I287.45", "8", "I287.45", "I")
    assert other.call_number == "I287.45/9"
    assert ClassSeries.objects.get(pk="I287.45").last == 9
    assert [hit.title.pk for hit in search_titles("I287.45/8").hits] == [one.pk]
    assert list(ClassPick.objects.values_list("user", "code")) == [(user.pk, "I287.45")]


def test_classify_cuts_to_the_depth_of_the_school(user):
    make_school(clc_depth=4)
    title = make_title()

    classify_titles(choices={title.pk: "I287.45"}, by=user)

    title.refresh_from_db()
    assert title.call_number == "I287/1"


def test_classify_names_what_it_cannot_and_writes_the_rest(user):
    waiting, taken, wrong = make_title(), make_title(clc_number="K1", main_class="K"), make_title()

    done = classify_titles(choices={waiting.pk: "I28", taken.pk: "I28", wrong.pk: "小说", 999_999: "I28"}, by=user)

    assert [title.pk for title in done.titles] == [waiting.pk]
    assert {pk: problem.code for pk, problem in done.problems.items()} == {
        taken.pk: "classified_meanwhile",
        wrong.pk: "no_number",
        999_999: "title_gone",
    }
    taken.refresh_from_db()
    assert taken.clc_number == "K1"


def test_classify_numbers_by_the_way_of_the_school(user):
    make_school(book_numbers="gaps")
    for number in ("1", "2", "4"):
        make_title(clc_number="K", book_number=number, main_class="K")
    one, other = make_title(), make_title()

    classify_titles(choices={one.pk: "K", other.pk: "K"}, by=user)

    assert sorted(Title.objects.filter(pk__in=[one.pk, other.pk]).values_list("book_number", flat=True)) == ["3", "5"]


def test_classify_takes_as_many_statements_for_many(user, django_assert_max_num_queries):
    titles = [make_title() for _number in range(40)]

    with django_assert_max_num_queries(24):
        classify_titles(choices={title.pk: "I28" for title in titles}, by=user)


def test_taken_back_class_leaves_no_gap(user):
    title = make_title()
    classify_titles(choices={title.pk: "I28"}, by=user)

    take_back_class(title_id=title.pk, clc_number="I28", book_number="1", by=user)

    title.refresh_from_db()
    assert (title.call_number, title.main_class, title.clc_class_id) == ("", "", None)
    classify_titles(choices={make_title().pk: "I28"}, by=user)
    assert Title.objects.filter(clc_number="I28", book_number="1").count() == 1


def test_take_back_is_refused_once_the_number_is_another(user):
    title = make_title(clc_number="I28", book_number="2", main_class="I")

    with pytest.raises(Refused) as refusal:
        take_back_class(title_id=title.pk, clc_number="I28", book_number="1", by=user)

    assert [problem.code for problem in refusal.value.problems] == ["changed_since"]
