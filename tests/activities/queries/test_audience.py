from datetime import date

import pytest

from activities.models import Audience, BookList
from activities.queries.audience import audience_text, classes_invited, classes_meant, grades_text
from library_site.shared.reference import current_reference
from tests.factories.readers import make_class, make_school_year

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 12)


@pytest.fixture
def classes():
    make_school_year(2026)
    return make_class(2024, 1), make_class(2023, 1), make_class(2026, 1, "junior")  # 三(1)班, 四(1)班, 七(1)班


def names(found):
    return [one.name for one in found]


def test_classes_meant_are_those_of_the_grades(classes):
    row = BookList(stage="primary", from_position=3, to_position=3)
    assert names(classes_meant(row, current_reference(), DAY)) == ["三(1)班"]
    assert len(classes_meant(BookList(), current_reference(), DAY)) == 3


def test_classes_invited_by_grade_and_by_name(classes):
    rows = [Audience(category="student", stage="junior"), Audience(category="student", school_class=classes[1])]
    assert names(classes_invited(rows, current_reference(), DAY)) == ["四(1)班", "七(1)班"]
    assert names(classes_invited([Audience(category="teacher")], current_reference(), DAY)) == []


def test_grades_in_words(classes):
    reference = current_reference()
    texts = [
        grades_text(BookList(**fields), reference)
        for fields in (
            {},
            {"stage": "primary"},
            {"stage": "primary", "from_position": 3, "to_position": 3},
            {"stage": "primary", "from_position": 3, "to_position": 4},
        )
    ]
    assert texts == ["", "小学", "三年级", "三年级至四年级"]


def test_audience_in_words_names_pupils_first(classes):
    rows = [
        Audience(pk=1, category="teacher"),
        Audience(pk=2, category="student", stage="primary", from_position=3, to_position=4),
        Audience(pk=3, category="student", school_class=classes[2]),
    ]
    assert audience_text(rows, current_reference(), DAY) == "三年级至四年级、七(1)班、教师"
    assert audience_text([], current_reference(), DAY) == "全校"
