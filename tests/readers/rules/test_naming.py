from types import SimpleNamespace

import pytest

from library_site.models.school import Stage
from readers.rules.naming import class_name, default_grades, position_in_stage

SIX_THREE = {
    (stage, position): name for stage, position, name in default_grades(["primary", "junior", "senior"], "6-3")
}


def a_class(stage="primary", entry_year=2023, number=1):
    return SimpleNamespace(stage=stage, entry_year=entry_year, number=number)


@pytest.mark.parametrize(
    ("school_class", "start_year", "name"),
    [
        (a_class(), 2025, "三(1)班"),
        (a_class(), 2026, "四(1)班"),
        (a_class(number=12), 2023, "一(12)班"),
        (a_class(), 2028, "六(1)班"),
        (a_class(), 2029, "2023级1班"),  # has left
        (a_class(), 2022, "2023级1班"),  # has not come yet
        (a_class("junior", 2025, 2), 2026, "八(2)班"),
        (a_class("senior", 2026, 3), 2026, "高一(3)班"),
    ],
)
def test_class_name_follows_from_the_school_year(school_class, start_year, name):
    assert class_name(school_class, start_year=start_year, grades=SIX_THREE) == name


def test_class_name_uses_the_school_s_own_grade_names():
    assert class_name(a_class("junior", 2026), start_year=2026, grades={("junior", 1): "初一"}) == "初一(1)班"


def test_position_in_stage_is_one_in_the_entry_year():
    assert position_in_stage(2026, 2026) == 1


@pytest.mark.parametrize(
    ("stages", "system", "names"),
    [
        (["primary"], "6-3", ["一", "二", "三", "四", "五", "六"]),
        (["primary"], "5-4", ["一", "二", "三", "四", "五"]),
        (["junior"], "6-3", ["七", "八", "九"]),
        (["junior"], "5-4", ["六", "七", "八", "九"]),
        (["junior", "senior"], "6-3", ["七", "八", "九", "高一", "高二", "高三"]),
        ([], "6-3", []),
    ],
)
def test_default_grades_of_stages_and_system(stages, system, names):
    assert [name for _stage, _position, name in default_grades(stages, system)] == names


@pytest.mark.parametrize("system", ["6-3", "5-4"])
def test_default_grades_number_each_stage_from_one(system):
    rows = default_grades(list(Stage.values), system)

    for stage in Stage.values:
        positions = [position for row_stage, position, _name in rows if row_stage == stage]
        assert positions == list(range(1, len(positions) + 1))
