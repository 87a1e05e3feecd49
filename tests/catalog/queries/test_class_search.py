"""What the class picker offers."""

import pytest

from catalog.operations.class_picks import remember_pick
from catalog.queries.class_search import find_classes
from tests.factories.catalog import make_title
from tests.factories.classification import make_classification
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db):
    make_classification()
    return make_user()


def numbers(text, user, **asked):
    return [found.number for found in find_classes(text, user_id=user.pk, **asked).classes]


def test_find_by_number_gives_the_class_then_those_below_it(user):
    assert numbers("I28", user) == ["I28", "I287", "I287.4", "I287.45"]
    assert numbers("i28", user, limit=2) == ["I28", "I287"]
    assert numbers("ｔｐ", user) == ["TP", "TP3"]


def test_find_by_built_number_gives_the_class_it_belongs_to(user):
    found = find_classes("I287.45=2", user_id=user.pk)

    assert [option.number for option in found.classes] == ["I287.45"]
    assert found.meaning == ("I287.45", "新体小说")
    assert found.is_number
    assert numbers("I561.84", user) == ["I3/7"]


def test_find_by_name_puts_the_exact_one_first_and_shows_the_way_down(user):
    found = find_classes("小说", user_id=user.pk)

    assert [option.number for option in found.classes] == ["I24", "I287.4", "I247.5", "I287.45"]
    assert found.classes[1].path == ("文学", "中国文学", "儿童文学", "当代作品")
    assert not found.is_number
    assert found.meaning is None


def test_find_by_name_prefers_what_the_library_has(user):
    make_title(clc_number="I287.4", clc_class_id="I287.4")

    assert numbers("小说", user)[:2] == ["I287.4", "I24"]
    assert find_classes("小说", user_id=user.pk).classes[0].titles == 1


def test_find_by_words_along_the_path(user):
    assert numbers("儿童 小说", user) == ["I287.4", "I287.45"]
    assert numbers("儿童小说", user) == ["I287.4", "I287.45"]
    assert numbers("教育 小说", user) == []


def test_find_by_pinyin(user):
    assert numbers("ertong", user) == ["I28"]
    assert numbers("er tong wen xue", user) == ["I28"]
    assert numbers("xiaoxue", user) == ["G62"]
    assert numbers("etwx", user) == ["I28"]


def test_find_nothing_for_what_is_no_class(user):
    assert numbers("飞天意面", user) == []
    assert numbers("%", user) == []
    assert numbers("，。", user) == []


def test_find_nothing_typed_gives_what_was_chosen_last_then_what_the_library_has_most_of(user):
    for number in ["K", "I287.45", "K"]:
        remember_pick(clc_number=number, by=user)
    for number in ["I247.5", "I247.5", "TP3"]:
        make_title(clc_number=number)
    remember_pick(clc_number="G62", by=make_user())

    assert numbers("", user) == ["K", "I287.45", "I247.5", "TP3"]


def test_find_takes_a_handful_of_statements_however_many_are_found(user, django_assert_max_num_queries):
    find_classes("I", user_id=user.pk)  # loads the numbers once per process
    with django_assert_max_num_queries(5):
        find_classes("I", user_id=user.pk)
    with django_assert_max_num_queries(10):  # one for each place at which the words may part
        find_classes("儿童小说", user_id=user.pk)
