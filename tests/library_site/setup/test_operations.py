from datetime import date, timedelta

import pytest

from catalog.models import Location
from circulation.models import LoanPolicy, OpeningHours
from circulation.queries.settings import open_days
from library_site.models import School, User
from library_site.setup.operations import AlreadySetUp, set_up_school
from library_site.shared.reference import current_reference
from readers.models import Semester
from readers.queries.classes import classes_on
from tests.factories.setup import first_start_form
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db


def plan(**changes):
    form = first_start_form(**changes)
    assert form.is_valid(), form.errors
    return form.plan()


def test_set_up_writes_everything_the_guide_asked():
    user = set_up_school(plan(grade_1=3))
    assert School.objects.get().name == "青松实验小学"
    assert user.roles == ["administrator", "librarian"]
    assert user.check_password("reading-2026")
    names = [row.name for row in classes_on(current_reference(), date(2026, 11, 22))]
    assert names[:4] == ["一(1)班", "一(2)班", "一(3)班", "二(1)班"]
    assert len(names) == 13
    assert Semester.objects.count() == 2
    assert LoanPolicy.objects.get(category="teacher").loan_days == 60
    assert LoanPolicy.objects.get(category="student").effective_from == date(2026, 9, 1)
    assert OpeningHours.objects.count() == 5
    assert Location.objects.get().name == "流通书库"


def test_set_up_of_a_school_that_exists_is_refused_and_writes_nothing():
    make_school(name="先到小学")
    with pytest.raises(AlreadySetUp):
        set_up_school(plan())
    assert School.objects.get().name == "先到小学"
    assert not User.objects.exists()
    assert not Location.objects.exists()


def test_set_up_school_knows_its_holidays_without_entering_them():
    set_up_school(plan())
    reference = current_reference()
    autumn, spring = Semester.objects.order_by("starts_on")

    days = open_days(reference)

    assert not days.is_open(autumn.ends_on + timedelta(days=1))
    assert days.on_or_after(autumn.ends_on + timedelta(days=1)) >= spring.starts_on
    assert not days.is_open(date(2026, 10, 1))
    assert days.is_open(date(2026, 11, 23))
