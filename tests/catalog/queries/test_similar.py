import pytest

from catalog.operations.search_index import index_titles
from catalog.queries.similar import Kind, similar_titles
from tests.factories.catalog import make_copy, make_title

pytestmark = pytest.mark.django_db


def held(name: str, **fields: object):
    return make_copy(title=make_title(name, **fields)).title


def names(title) -> dict[str, list[str]]:
    return {group.kind: [like.name for like in group.titles] for group in similar_titles(title)}


def test_similar_titles_come_by_series_author_and_shelf():
    shelved = {"main_class": "I", "clc_number": "I28"}
    title = held("草房子", series="纯美小说", author="曹文轩著", book_number="5", **shelved)
    held("青铜葵花", series="纯美小说", author="曹文轩著", book_number="90", **shelved)
    held("根鸟", author="曹文轩著")
    held("前一本", book_number="4", **shelved)
    held("后一本", book_number="10", **shelved)
    held("别的书", clc_number="O1")
    index_titles()
    title.refresh_from_db()
    assert names(title) == {
        Kind.SERIES: ["青铜葵花"],
        Kind.AUTHOR: ["根鸟"],
        Kind.SHELF: ["前一本", "后一本"],
    }


def test_titles_whose_copies_are_gone_are_like_nothing():
    title = held("草房子", author="曹文轩著")
    make_copy(title=make_title("根鸟", author="曹文轩著"), state="lost")
    make_title("青铜葵花", author="曹文轩著")
    index_titles()
    assert names(title) == {}


def test_title_that_says_nothing_of_itself_is_like_nothing(django_assert_num_queries):
    title = make_title("无名")
    with django_assert_num_queries(0):
        assert similar_titles(title) == []


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow_with_similar_titles(number, django_assert_num_queries):
    title = held("草房子", author="曹文轩著", series="纯美小说", clc_number="I28")
    for place in range(number):
        held(f"根鸟{place}", author="曹文轩著", series="纯美小说", clc_number="I28", book_number=str(place))
    index_titles()
    title.refresh_from_db()
    with django_assert_num_queries(2):
        assert sum(len(group.titles) for group in similar_titles(title)) == number
