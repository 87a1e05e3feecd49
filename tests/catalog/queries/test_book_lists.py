from datetime import date

import pytest
from django.utils import translation

from catalog.models import ClcClass
from catalog.queries.book_lists import Asked, Group, Grouping, Outline, courses, lines_of, outline, titles_of
from tests.factories.catalog import make_copy, make_location, make_title

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def held(name, *, copies=1, location=None, acquired_on=None, **fields):
    title = make_title(name, **fields)
    for _copy in range(copies):
        make_copy(title=title, location=location, acquired_on=acquired_on)
    return title


def listed(**asked):
    """{heading: names of the titles} in the order of the list."""
    return {
        heading: [title.name for shown, title in lines_of(outline(Asked(**asked)).groups) if shown == heading]
        for heading in [group.heading for group in outline(Asked(**asked)).groups]
    }


@pytest.fixture
def classes():
    rows = [("I", "文学", 1, None), ("I2", "中国文学", 2, "I"), ("I287", "儿童文学", 3, "I2"), ("G", "教育", 1, None)]
    rows += [("G4", "教育学", 2, "G"), ("G62", "初等教育", 3, "G4")]
    for code, name, level, parent in rows:
        ClcClass.objects.create(code=code, name=name, level=level, parent_id=parent)


def test_titles_stand_under_their_main_class_in_shelf_order(classes):
    held("乙", clc_number="I25", book_number="1", main_class="I")
    held("甲", clc_number="I247.5", book_number="2", main_class="I")
    held("丙", clc_number="G4", book_number="1", main_class="G")
    held("未分类")

    assert listed() == {"G 教育": ["丙"], "I 文学": ["甲", "乙"], "To be classified": ["未分类"]}


def test_second_level_follows_the_parents_not_the_letters(classes):
    """G62 stands under G4, though G4 is no prefix of it."""
    held("小学语文", clc_number="G62", main_class="G", clc_class_id="G62")
    held("草房子", clc_number="I287.45", main_class="I", clc_class_id="I287")
    held("总类", clc_number="I-49", main_class="I", clc_class_id="I")

    assert listed(by=Grouping.CLASS) == {"G4 教育学": ["小学语文"], "I 文学": ["总类"], "I2 中国文学": ["草房子"]}


def test_title_stands_under_each_of_its_subjects():
    held("昆虫记", subjects="昆虫；动物")
    held("森林报", subjects="动物")
    held("无题")

    assert listed(by=Grouping.SUBJECT) == {"动物": ["昆虫记", "森林报"], "昆虫": ["昆虫记"], "Not given": ["无题"]}
    found = outline(Asked(by=Grouping.SUBJECT))
    assert (found.lines, found.titles) == (4, 3)


def test_keywords_may_be_parted_in_any_usual_way():
    held("书", keywords="海洋, 鱼、船;海洋")

    assert sorted(listed(by=Grouping.KEYWORD)) == ["海洋", "船", "鱼"]


def test_places_months_stages_and_courses_head_lists():
    first = held("甲", location=make_location("书库"), acquired_on=date(2026, 9, 3), course="语文", stage="junior")
    make_copy(title=first, location=make_location("绘本室"), acquired_on=date(2025, 3, 1))
    held("乙", location=make_location("书库"), acquired_on=date(2026, 3, 1), course="数学", stage="picture")

    assert listed(by=Grouping.LOCATION) == {"书库": ["甲", "乙"], "绘本室": ["甲"]}
    assert [names for _month, names in listed(by=Grouping.MONTH).items()] == [["甲"], ["乙"]]
    assert list(listed(by=Grouping.STAGE)) == ["Picture books and first readers", "Junior middle school"]
    assert listed(by=Grouping.COURSE) == {"数学": ["乙"], "语文": ["甲"]}
    assert courses() == ["数学", "语文"]
    assert listed(by=Grouping.NONE) == {"": ["甲", "乙"]}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"clc": "I2"}, ["甲"]),
        ({"course": "数学"}, ["乙"]),
        ({"stage": "junior"}, ["甲"]),
        ({"audience": "teacher"}, ["甲", "乙"]),
        ({"audience": "lower"}, ["甲"]),
        ({"since": date(2026, 9, 1)}, ["甲"]),
        ({"words": "动物"}, ["甲", "乙"]),
        ({"words": "动物 昆虫"}, ["乙"]),
        ({"clc": "Q"}, ["乙"]),
        ({"clc": "Z"}, []),
    ],
)
def test_list_is_narrowed(asked, names):
    held("甲", clc_number="I25", stage="junior", acquired_on=date(2026, 9, 1), subjects="动物")
    held("乙", clc_number="Q96", course="数学", audience="teacher", acquired_on=date(2020, 9, 1), keywords="昆虫 动物")

    assert [title.name for _heading, title in lines_of(outline(Asked(**asked)).groups)] == names


def test_place_narrows_to_what_it_holds():
    room = make_location("绘本室")
    title = held("甲", location=room)
    make_copy(title=title, location=make_location("书库"))
    held("乙", location=make_location("书库"))

    assert listed(by=Grouping.LOCATION, location_id=room.pk) == {"绘本室": ["甲"]}


def test_titles_without_a_copy_left_are_no_books_of_the_list():
    make_title("未到")
    make_copy(title=make_title("已注销"), state="withdrawn")
    title = held("在架", copies=2)
    make_copy(title=title, state="lost")

    assert listed() == {"To be classified": ["在架"]}
    assert titles_of([title.pk])[title.pk].held == 2


def test_parts_follow_each_other_without_gap_or_repeat():
    whole = Outline([Group("甲", [1, 2, 3], 3), Group("乙", [4], 1), Group("丙", [5, 6], 2)])

    parts = [whole.part(first, first + 2) for first in (0, 2, 4)]

    assert [[(group.heading, list(group.keys), group.begins) for group in part] for part in parts] == [
        [("甲", [1, 2], True)],
        [("甲", [3], False), ("乙", [4], True)],
        [("丙", [5, 6], True)],
    ]


def test_long_list_costs_no_more_statements(django_assert_num_queries):
    for number in range(5):
        held(f"书{number}", subjects="动物")

    with django_assert_num_queries(2):
        assert len(list(lines_of(outline(Asked(by=Grouping.SUBJECT)).groups))) == 5
