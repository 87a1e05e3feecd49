"""Entering a school year, and what the entry year's classes are called in it."""

from dataclasses import replace
from datetime import date

import pytest

from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from readers.models import Grade, SchoolClass, SchoolYear, Semester
from readers.operations.school_years import name_grades, save_school_year
from readers.queries.classes import classes_on
from readers.rules.naming import default_grades
from readers.rules.school_years import dates_after, missing_next_year, next_stage, usual_dates
from tests.factories.readers import make_class, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def save(start_year=2027, dates=None, **new_classes):
    dates = dates or usual_dates(start_year)
    return save_school_year(start_year=start_year, dates=dates, new_classes=new_classes, by=make_user())


def test_saving_a_new_year_makes_semesters_and_the_classes_of_the_entry_year():
    make_school_year(2026)
    save(primary=3)

    days = Semester.objects.filter(school_year__start_year=2027).order_by("number").values_list("starts_on", "ends_on")
    assert list(days) == [(date(2027, 9, 1), date(2028, 1, 31)), (date(2028, 2, 15), date(2028, 7, 10))]
    names = [row.name for row in classes_on(current_reference(), date(2027, 9, 1))]
    assert names == ["一(1)班", "一(2)班", "一(3)班"]


def test_saving_again_changes_dates_and_adds_only_missing_classes():
    save(primary=2)
    save(dates=replace(usual_dates(2027), begins=date(2027, 8, 30)), primary=3)

    year = SchoolYear.objects.get(start_year=2027)
    assert (year.starts_on, year.ends_on) == (date(2027, 8, 30), date(2028, 8, 29))
    assert sorted(SchoolClass.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_saving_is_refused_for_days_out_of_order_and_within_another_year():
    make_school_year(2026)
    dates = replace(usual_dates(2027), begins=date(2027, 8, 1), second=(date(2028, 1, 20), date(2028, 9, 10)))
    with pytest.raises(Refused) as refused:
        save(dates=dates, primary=1)

    assert [problem.field for problem in refused.value.problems] == ["second_starts", "second_ends", "begins"]
    assert not SchoolYear.objects.filter(start_year=2027).exists()


def test_dates_of_the_next_year_follow_those_of_the_year_before():
    before = replace(usual_dates(2027), second=(date(2028, 2, 29), date(2028, 7, 5)))

    assert dates_after(before, 2028).second == (date(2029, 2, 28), date(2029, 7, 5))
    assert dates_after(None, 2028) == usual_dates(2028)


@pytest.mark.parametrize(("today", "missing"), [("2027-05-01", None), ("2027-06-25", 2027), ("2027-10-01", 2027)])
def test_missing_year_is_told_from_summer_on(today, missing):
    assert missing_next_year([make_school_year(2026)], date.fromisoformat(today)) == missing


def test_grades_can_be_renamed_but_not_to_the_same_name():
    make_school_year(2026)
    name_grades(names={("junior", 1): "初一"}, by=None)
    assert Grade.objects.get(stage="junior", position=1).name == "初一"

    with pytest.raises(Refused):
        name_grades(names={("junior", 2): "初一"}, by=None)


def test_sixth_grade_of_the_five_four_system_belongs_to_the_junior_stage():
    make_school_year(2026)
    Grade.objects.all().delete()
    grades = default_grades(["primary", "junior"], "5-4")
    Grade.objects.bulk_create(Grade(stage=stage, position=position, name=name) for stage, position, name in grades)
    make_class(2022, 1, "primary"), make_class(2026, 1, "junior"), make_class(2023, 1, "junior")
    make_class(2021, 1, "primary")

    assert [row.name for row in classes_on(current_reference(), date(2026, 10, 1))] == ["五(1)班", "六(1)班", "九(1)班"]
    named = {(stage, position): name for stage, position, name in grades}
    assert (next_stage("primary", named), next_stage("junior", named)) == ("junior", None)
