from types import SimpleNamespace

import pytest

from activities.models import Audience, BookList
from activities.rules.audience import grades_match, in_audience

THREE = SimpleNamespace(pk=31, stage="primary", position=3)
SEVEN = SimpleNamespace(pk=71, stage="junior", position=1)


@pytest.mark.parametrize(
    ("grades", "three", "seven"),
    [
        ({}, True, True),
        ({"stage": "primary"}, True, False),
        ({"stage": "primary", "from_position": 3, "to_position": 3}, True, False),
        ({"stage": "primary", "from_position": 1, "to_position": 2}, False, False),
        ({"stage": "primary", "from_position": 4, "to_position": 6}, False, False),
        ({"stage": "junior", "from_position": 1, "to_position": 3}, False, True),
    ],
)
def test_grades_match_stage_and_both_ends(grades, three, seven):
    row = BookList(**grades)
    assert (grades_match(row, THREE), grades_match(row, SEVEN)) == (three, seven)


def test_nobody_named_is_everybody():
    assert in_audience([], category="teacher", school_class=None)


def test_who_is_of_another_category_is_not_meant():
    rows = [Audience(category="teacher")]
    assert in_audience(rows, category="teacher", school_class=None)
    assert not in_audience(rows, category="student", school_class=THREE)


def test_one_class_is_meant_and_its_grade_is_not():
    rows = [Audience(category="student", school_class_id=31)]
    assert in_audience(rows, category="student", school_class=THREE)
    assert not in_audience(rows, category="student", school_class=SEVEN)


def test_pupil_without_a_class_is_meant_only_where_no_grade_is_asked():
    assert in_audience([Audience(category="student")], category="student", school_class=None)
    assert not in_audience([Audience(category="student", stage="primary")], category="student", school_class=None)


def test_one_fitting_row_of_several_is_enough():
    rows = [Audience(category="student", stage="junior"), Audience(category="student", school_class_id=31)]
    assert in_audience(rows, category="student", school_class=THREE)
