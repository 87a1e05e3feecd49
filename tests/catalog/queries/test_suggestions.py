"""Suggestions out of the own holdings."""

import pytest

from catalog.models import Title
from catalog.operations.search_index import index_titles
from catalog.queries.suggestions import suggest_classes
from catalog.rules.suggestions import Reason
from tests.factories.catalog import make_title
from tests.factories.classification import make_classification

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def classification(db):
    make_classification()


def make_held(name: str, number: str, **fields) -> Title:
    return make_title(name, clc_number=number, clc_class_id=number, main_class=number[0], **fields)


def suggested(title: Title, **asked):
    index_titles()
    return suggest_classes([title], **asked)[title.pk]


def test_same_isbn_is_sure():
    make_held("草房子", "I287.45", isbn="9787000000011")

    first = suggested(make_title("草房子（新版）", isbn="9787000000011"))[0]

    assert (first.number, first.name, first.confident) == ("I287.45", "新体小说", True)
    assert first.evidence[0].reason is Reason.ISBN


def test_same_title_by_the_same_author_is_sure_by_another_not():
    make_held("童年", "I287.45", author="（苏）高尔基著")

    assert suggested(make_title("童年", author="高尔基"))[0].confident
    assert not suggested(make_title("童年", author="王小明"))[0].confident


def test_series_and_author_speak_for_their_usual_class():
    for number in range(4):
        make_held(f"甲{number}", "I287.4", series="小书虫丛书")
        make_held(f"乙{number}", "TP3", author="刘远")

    assert suggested(make_title("丙", series="小书虫丛书"))[0].number == "I287.4"
    assert suggested(make_title("丁", author="刘远编著"))[0].number == "TP3"


def test_words_of_the_title_speak_for_where_they_stand():
    make_held("宇宙飞船的秘密", "TP3")
    make_held("飞船里的朋友", "TP3")
    make_held("朋友的秘密花园", "I287.45")

    found = suggested(make_title("飞船学校"))

    assert found[0].number == "TP3"
    assert (found[0].evidence[0].reason, found[0].evidence[0].detail, found[0].evidence[0].titles) == (
        Reason.WORDS, "飞船", 2,
    )  # fmt: skip


def test_word_of_form_helps_on_the_first_day():
    assert suggested(make_title("格林童话", author="（德）格林兄弟"))[0].number == "I516.88"


def test_suggestions_are_cut_to_the_depth_of_the_school():
    make_held("草房子", "I287.45", isbn="9787000000011")
    make_held("草房子", "I287.4", isbn="9787000000011")

    assert [each.number for each in suggested(make_title(isbn="9787000000011"), depth=4)] == ["I287"]


def test_titles_asked_about_say_nothing_of_each_other():
    one = make_held("草房子", "K", isbn="9787000000011")
    index_titles()

    found = suggest_classes([one])[one.pk]

    assert "K" not in [each.number for each in found]


def test_suggestions_take_as_many_statements_for_many_titles(django_assert_max_num_queries):
    titles = [make_title(f"飞船{number}", series="丛书", author="刘远") for number in range(20)]
    index_titles()
    suggest_classes(titles)

    with django_assert_max_num_queries(10):
        suggest_classes(titles)
