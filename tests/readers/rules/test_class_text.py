"""Classes in all the spellings that schools use."""

import pytest

from readers.rules.class_text import ClassReader
from readers.rules.naming import default_grades


def reader(*stages, system="6-3", start_year=2026):
    rows = default_grades(list(stages), system)
    return ClassReader(start_year, {(stage, position): name for stage, position, name in rows})


@pytest.mark.parametrize(
    "text",
    [
        "三(1)班", "三（1）班", "三1班", "三年级1班", "三年级(1)班", "三年级一班", "三年1班", "三.1", "3.1", "3-1",
        "３（１）班",
        "301", "301班", "0301", "三(一)班", "三一班", "2024级1班", "2024级(1)班",
        "24级1班", "小学2024级1班", "2030届1班",
        "三 (1) 班", "小三1班", "三【1】班", "3年级1班", "3年级01班",
    ],
)  # fmt: skip
def test_read_class_of_a_primary_school(text):
    assert reader("primary").read(text) == ("primary", 2024, 1)


@pytest.mark.parametrize(
    ("text", "number"), [("三12班", 12), ("312", 12), ("三(十二)班", 12), ("三年级十二班", 12), ("3.12", 12)]
)
def test_read_class_with_two_digits(text, number):
    assert reader("primary").read(text) == ("primary", 2024, number)


@pytest.mark.parametrize(
    "text", ["初一(2)班", "七2", "七(2)班", "7.2", "702", "七年级2班", "初12班"[:2] + "(2)", "2026级2班", "初2026级2班"]
)
def test_read_class_of_a_middle_school(text):
    assert reader("junior").read(text) == ("junior", 2026, 2)


def test_read_class_counted_within_its_only_stage():
    assert reader("junior").read("102") == ("junior", 2026, 2)
    assert reader("senior").read("高一(3)班") == ("senior", 2026, 3)
    assert reader("senior").read("1003") == ("senior", 2026, 3)


def test_read_class_of_both_stages():
    both = reader("primary", "junior")

    assert both.read("一(2)班") == ("primary", 2026, 2)
    assert both.read("初一(2)班") == ("junior", 2026, 2)
    assert both.read("初中2024级2班") == ("junior", 2024, 2)
    assert both.read("2024级2班") is None


def test_read_class_in_the_five_four_system():
    assert reader("primary", "junior", system="5-4").read("六(1)班") == ("junior", 2026, 1)
    assert reader("primary", "junior", system="5-4").read("初一(1)班") == ("junior", 2026, 1)


@pytest.mark.parametrize(
    ("grade", "text"),
    [
        ("三年级", "1班"),
        ("三", "1"),
        ("3", "01"),
        ("2024级", "(1)班"),
        ("三年级", "三(1)班"),
        ("3年级", "一班"),
        ("2024", "2024级1班"),
    ],
)
def test_read_class_from_two_columns(grade, text):
    assert reader("primary").read(text, grade) == ("primary", 2024, 1)


@pytest.mark.parametrize(
    "text", ["", "三", "3", "班", "三年级", "九(1)班", "教师办公室", "2010级1班", "三(0)班", "张三"]
)
def test_read_class_that_is_not_clear(text):
    assert reader("primary").read(text) is None


def test_every_class_is_read_from_its_own_name():
    everywhere = reader("primary", "junior", "senior")
    for (stage, position), name in everywhere.grades.items():
        for number in (1, 10, 19):
            assert everywhere.read(f"{name}({number})班") == (stage, 2027 - position, number)
