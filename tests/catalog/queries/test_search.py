from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.models import ClcClass, FormerBarcode, Title
from catalog.operations.search_index import index_titles
from catalog.queries import search
from catalog.queries.facets import Facets
from catalog.queries.search import Filters, Order, SearchPage, search_titles, titles_found
from circulation.queries.availability import title_availability
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan

pytestmark = pytest.mark.django_db


def names(page: SearchPage) -> list[str]:
    return [hit.title.name for hit in page.hits]


def make_titles(*titles: str, **fields: object) -> list[Title]:
    made = [make_title(name, **fields) for name in titles]
    index_titles()
    return made


@pytest.mark.parametrize("text", ["三国演义", "演义", "sgyy", "sanguo", "三国"])
def test_search_finds_by_characters_and_pinyin(text):
    make_titles("三国演义", "西游记")
    assert names(search_titles(text)) == ["三国演义"]


@pytest.mark.parametrize("text", ["", "   ", "？！"])
def test_search_for_nothing_finds_nothing(text, django_assert_num_queries):
    make_titles("三国演义")
    with django_assert_num_queries(0):
        assert search_titles(text) == SearchPage(hits=[], total=0, capped=False, page=1, pages=0)


def test_best_hits_come_first():
    make_title("读三国", popularity=9)
    make_title("三国演义", popularity=1)
    make_title("三国志", popularity=5)
    make_title("赤壁", author="三国生", popularity=9)
    make_title("三国", popularity=0)
    make_title("赤壁之战", series="三国故事丛书", popularity=9)
    make_title("官渡", keywords="三国", popularity=9)
    index_titles()
    assert names(search_titles("三国")) == ["三国", "三国志", "三国演义", "读三国", "赤壁", "赤壁之战", "官渡"]


def test_whole_initials_come_before_their_beginning():
    make_title("三国演义连环画", popularity=9)
    make_titles("三国演义")
    assert names(search_titles("sgyy")) == ["三国演义", "三国演义连环画"]


def test_name_among_several_words_comes_first():
    make_title("草房子阅读指导", author="曹文轩", popularity=9)
    make_title("草房子", author="曹文轩")
    index_titles()
    assert names(search_titles("曹文轩 草房子")) == ["草房子", "草房子阅读指导"]


def test_dots_in_a_name_do_not_matter():
    make_title("读哈利波特", popularity=9)
    make_titles("哈利·波特")
    assert names(search_titles("哈利波特")) == names(search_titles("哈利•波特")) == ["哈利·波特", "读哈利波特"]


def test_signs_of_patterns_are_plain_text():
    make_titles("百分之100%的笑话", "笑话_大全")
    assert names(search_titles("100%")) == ["百分之100%的笑话"]
    assert search_titles("%").total == search_titles("_").total == 0


def test_newest_first_is_by_arrival():
    older, _newer = make_titles("三国", "读三国")
    Title.objects.filter(pk=older.pk).update(created_at=timezone.now() - timedelta(days=1))
    assert names(search_titles("三国", order=Order.NEWEST)) == ["读三国", "三国"]


@pytest.mark.parametrize("text", ["00012345", "００012345", "ZC-77"])
def test_barcode_and_accession_number_find_their_title(text):
    title, _other = make_titles("三国演义", "西游记")
    make_copy("00012345", title=title, accession_number="ZC-77")
    assert names(search_titles(text)) == ["三国演义"]


def test_isbn_and_call_number_find_the_title():
    make_title("三国演义", isbn="9787020008728", clc_number="I242.4", book_number="7")
    make_titles("西游记", clc_number="I242.41")
    for text in ["978-7-02-000872-8", "7-02-000872-0", "I242.4/7"]:
        assert names(search_titles(text)) == ["三国演义"], text
    assert names(search_titles("I242")) == ["三国演义", "西游记"]


def test_summary_is_searched_where_there_are_few_hits():
    make_titles("草房子", summary="油麻地的孩子")
    assert names(search_titles("油麻地")) == ["草房子"]


def test_summary_is_left_out_where_there_are_many_hits():
    make_title("别的书", summary="油麻地的孩子")
    make_titles(*(f"油麻地{number}" for number in range(search.FEW)))
    assert search_titles("油麻地").total == search.FEW


def test_pages_hold_each_hit_once():
    make_titles(*(f"丛书第{number}种" for number in range(7)))
    pages = [search_titles("丛书", limit=3, page=number) for number in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [3, 3, 1]
    assert len({name for page in pages for name in names(page)}) == 7
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}


@pytest.mark.parametrize("page", [-1, 0, 99])
def test_page_that_does_not_exist_is_the_first(page):
    make_titles("丛书一", "丛书二")
    found = search_titles("丛书", page=page)
    assert (found.page, len(found.hits)) == (1, 2)


def test_more_hits_than_the_cap_are_counted_to_the_cap(monkeypatch):
    monkeypatch.setattr(search, "MOST_HITS", 4)
    make_titles(*(f"丛书第{number}种" for number in range(7)))
    found = search_titles("丛书", limit=2, page=99)
    assert (found.total, found.capped, found.pages, found.page) == (4, True, 2, 2)


def test_browsing_without_words_puts_the_most_lent_first():
    make_title("热门", main_class="I", clc_number="I24", popularity=7)
    make_title("冷门", main_class="I", clc_number="I24")
    assert names(search_titles("", filters=Filters(main_class="I"))) == ["热门", "冷门"]
    assert names(search_titles("", filters=Filters(main_class="I"), order=Order.NEWEST)) == ["冷门", "热门"]


def test_filters_narrow():
    novel, reader = (
        make_title("小说", main_class="I", clc_number="I24"),
        make_title("小说教学", main_class="G", clc_number="G62", audience="teacher"),
    )
    index_titles()
    hall = make_location("二楼书库")
    make_copy(title=novel, location=hall)
    make_copy(title=reader)
    assert names(search_titles("小说", filters=Filters(main_class="I"))) == ["小说"]
    assert names(search_titles("小说", filters=Filters(location_id=hall.pk))) == ["小说"]
    assert names(search_titles("小说", filters=Filters(audience="teacher"))) == ["小说教学"]
    assert names(search_titles("", filters=Filters(main_class="G"))) == ["小说教学"]


def test_class_holds_what_is_below_it():
    for code, parent in [("G", None), ("G4", "G"), ("G62", "G4"), ("G8", "G")]:
        ClcClass.objects.create(code=code, name=code, parent_id=parent, level=1)
    make_title("小学作文", clc_class_id="G62")
    make_title("足球", clc_class_id="G8")
    assert names(search_titles("", filters=Filters(clc="G4"))) == ["小学作文"]
    assert search_titles("", filters=Filters(clc="G")).total == 2
    assert search_titles("", filters=Filters(clc="Z9")).total == 0


def test_order_is_chosen():
    make_title("丛书甲", clc_number="I3", popularity=1)
    make_title("丛书乙", clc_number="I24", popularity=3)
    make_title("丛书丙", popularity=2)
    index_titles()
    assert names(search_titles("丛书", order=Order.SHELF)) == ["丛书乙", "丛书甲", "丛书丙"]
    assert names(search_titles("丛书", order=Order.LENT)) == ["丛书乙", "丛书丙", "丛书甲"]
    assert names(search_titles("丛书", order=Order.NEWEST)) == ["丛书丙", "丛书乙", "丛书甲"]


def test_subject_and_part_are_found_after_name_and_series():
    make_title("别的书", part="三国卷", popularity=9)
    make_title("赤壁", subjects="三国时代", popularity=5)
    make_title("官渡", series="三国丛书", popularity=1)
    make_titles("读三国")
    assert names(search_titles("三国")) == ["读三国", "官渡", "赤壁", "别的书"]


def shelves_of_novels() -> None:
    """Four titles 小说: one in, one lent and at a second place, one without copies, one whose copies are gone."""
    inside, lent, none, gone = make_titles("小说一", "小说二", "小说三", "小说四", main_class="I", clc_number="I24")
    Title.objects.filter(pk=lent.pk).update(
        main_class="H", clc_number="H19", language="eng", stage="junior", audience="student"
    )
    make_copy(title=inside)
    make_copy(title=inside)
    make_loan(copy=make_copy(title=lent, location=make_location("二楼书库")))
    make_copy(title=gone, state="lost")
    assert none.copies.count() == 0


def test_facets_count_what_they_would_leave():
    shelves_of_novels()
    found = search_titles("小说", availability=title_availability(), with_facets=True)
    hall, upstairs = (make_location(name).pk for name in ("流通书库", "二楼书库"))
    assert found.facets == Facets(
        columns={
            "main_class": [("I", 3), ("H", 1)],
            "language": [("chi", 3), ("eng", 1)],
            "stage": [("junior", 1)],
            "audience": [("all", 3), ("student", 1)],
            "clc_class_id": [],
        },
        places=[(hall, 1), (upstairs, 1)],
        inside=1,
    )
    for filters, number in [
        (Filters(main_class="I"), 3),
        (Filters(language="eng"), 1),
        (Filters(stage="junior"), 1),
        (Filters(audience="all"), 3),
        (Filters(location_id=upstairs), 1),
        (Filters(only_inside=True), 1),
    ]:
        assert search_titles("小说", availability=title_availability(), filters=filters).total == number, filters


def test_titles_whose_copies_are_gone_may_be_left_out():
    shelves_of_novels()
    assert names(search_titles("小说", gone_too=False)) == ["小说一", "小说二", "小说三"]
    found = search_titles("小说", gone_too=False, with_facets=True, limit=2, page=2)
    assert (names(found), found.total, found.pages) == (["小说三"], 3, 2)
    assert found.facets is not None and found.facets.columns["main_class"] == [("I", 2), ("H", 1)]


def test_facets_are_counted_to_the_cap(monkeypatch):
    monkeypatch.setattr(search, "MOST_HITS", 4)
    make_titles(*(f"丛书第{number}种" for number in range(7)), main_class="I", clc_number="I24")
    found = search_titles("丛书", with_facets=True)
    assert found.capped
    assert found.facets is not None and found.facets.columns["main_class"] == [("I", 4)]


@pytest.mark.parametrize("text", ["丛书", "congshu", "油麻地", "没有的", ""])
def test_all_titles_found_are_those_that_are_listed(text):
    make_title("别的书", summary="油麻地的孩子", main_class="I", clc_number="I24")
    make_titles(*(f"丛书第{number}种" for number in range(search.FEW + 2)), main_class="I", clc_number="I24")
    listed = names(search_titles(text, limit=50))
    assert [title.name for title in titles_found(text)] == listed


def test_all_titles_of_a_filter_are_not_capped(monkeypatch):
    monkeypatch.setattr(search, "MOST_HITS", 4)
    make_titles(*(f"丛书第{number}种" for number in range(7)), main_class="I", clc_number="I24")
    assert titles_found("", filters=Filters(main_class="I")).count() == 7


def test_former_barcode_finds_its_title():
    title, _other = make_titles("三国演义", "西游记")
    FormerBarcode.objects.create(barcode="0077", copy=make_copy("00012345", title=title))
    assert names(search_titles("0077")) == ["三国演义"]


def test_only_titles_that_are_in():
    lent, inside = make_titles("小说一", "小说二")
    make_loan(copy=make_copy(title=lent))
    make_copy(title=inside)
    found = search_titles("小说", availability=title_availability(), filters=Filters(only_inside=True))
    assert names(found) == ["小说二"]


def test_hit_tells_places_and_copies():
    (title,) = make_titles("三国演义")
    first, second = make_location("一楼书库"), make_location("二楼书库")
    make_loan(copy=make_copy(title=title, location=first))
    make_copy(title=title, location=first)
    make_copy(title=title, location=second)
    make_copy(title=title, location=second, state="in_repair")
    make_copy(title=title, location=make_location("旧库"), state="withdrawn")
    (hit,) = search_titles("三国", availability=title_availability()).hits
    assert (sorted(hit.places), hit.held, hit.inside) == (["一楼书库", "二楼书库"], 4, 2)


def test_returned_and_voided_loans_do_not_count():
    (title,) = make_titles("三国演义")
    make_loan(copy=make_copy(title=title), returned_at=timezone.now())
    make_loan(copy=make_copy(title=title), voided_at=timezone.now())
    (hit,) = search_titles("三国", availability=title_availability()).hits
    assert (hit.held, hit.inside) == (2, 2)


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow_with_hits(number, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(search, "FEW", 0)
    for title in make_titles(*(f"丛书第{place}种" for place in range(number))):
        make_loan(copy=make_copy(title=title), due_on=date(2026, 12, 1))
        make_copy(title=title)
    with django_assert_num_queries(2):
        found = search_titles("丛书", availability=title_availability(), limit=5, with_facets=True, gone_too=False)
    assert [(hit.held, hit.inside) for hit in found.hits] == [(2, 1)] * number
