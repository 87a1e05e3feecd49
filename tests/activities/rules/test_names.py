import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.models import ShownNames
from activities.rules.names import shortened, shown_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("李明", "李*"),
        ("司马相如", "司马**"),
        ("欧阳", "欧*"),
        ("王", "王*"),
        ("迪丽热巴·买买提", "迪**"),
        ("John Smith", "J**"),
        (" 张三 ", "张*"),
    ],
)
def test_shortened_name_is_the_surname_and_stars(name, short):
    assert shortened(name) == short


@given(st.text(min_size=2).filter(lambda text: len(text.strip()) > 1 and "*" not in text))
def test_shortened_name_never_tells_the_whole_name(name):
    assert name.strip() not in shortened(name)


@pytest.mark.parametrize(
    ("option", "consent", "shown"),
    [
        (ShownNames.SHORT, True, "张**"),
        (ShownNames.SHORT, False, "张**"),
        (ShownNames.FULL, True, "张三丰"),
        (ShownNames.FULL, False, "张**"),
        (ShownNames.CLASS_ONLY, True, ""),
    ],
)
def test_name_in_full_takes_the_schools_choice_and_consent(option, consent, shown):
    assert shown_name("张三丰", option, consent=consent, class_name="三(1)班") == shown


def test_class_only_without_a_class_is_a_word():
    assert shown_name("张三丰", ShownNames.CLASS_ONLY, consent=True) == "同学"
