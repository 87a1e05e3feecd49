"""The pages of school years and classes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library_site.models import Role
from readers.models import ClassMembership, ClassTeacher, Grade, SchoolClass, SchoolYear
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, time_machine):
    """The librarian's browser in June 2027, when the next year should be entered."""
    time_machine.move_to("2027-06-28T04:00:00Z")
    make_school(stages=["primary", "junior"])
    make_school_year(2026)
    for number in (1, 2, 3):
        make_class(2026, number)
    client.force_login(make_user(Role.LIBRARIAN))
    return client


def shown(form):
    """What a browser would send of a form left as it is."""
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}


def test_missing_year_is_told_and_entered_with_one_click(office):
    page = office.get(reverse("readers:years"))
    assert page.context["missing"] == 2027

    address = reverse("readers:year", args=[2027])
    offered = shown(office.get(address).context["form"])
    assert (offered["begins"], offered["second_ends"]) == (date(2027, 9, 1), date(2028, 7, 10))
    assert (offered["classes_primary"], offered["classes_junior"]) == (3, 0)

    assert office.post(address, offered).status_code == 302
    assert SchoolClass.objects.filter(stage="primary", entry_year=2027).count() == 3
    assert office.get(reverse("readers:years")).context["missing"] is None


def test_year_with_wrong_days_says_so_at_the_day(office):
    address = reverse("readers:year", args=[2027])
    values = {**shown(office.get(address).context["form"]), "second_ends": "2028-10-01"}

    answer = office.post(address, values)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["second_ends"]
    assert not SchoolYear.objects.filter(start_year=2027).exists()


@pytest.mark.parametrize("year", [1, 2031, 999_999])
def test_year_far_away_is_not_found(office, year):
    assert office.get(reverse("readers:year", args=[year])).status_code == 404


def test_grade_gets_another_name(office):
    address = reverse("readers:grades")
    values = shown(office.get(address).context["form"])
    office.post(address, {**values, "junior_1": "初一"})

    assert Grade.objects.get(stage="junior", position=1).name == "初一"
    assert office.post(address, {**values, "junior_1": "八"}).status_code == 422


def test_class_gets_a_teacher_and_a_pupil_moves(office):
    first, second = make_class(2026, 1), make_class(2026, 2)
    teacher, pupil = make_reader(category="teacher"), make_reader(school_class=first, since=date(2026, 9, 1))

    office.post(reverse("readers:school_class", args=[first.pk]), {"teacher": teacher.pk, "since": "2027-03-01"})
    assert ClassTeacher.objects.get().reader == teacher
    office.post(reverse("readers:move", args=[pupil.pk]), {"school_class": second.pk, "since": "2027-06-01"})
    assert ClassMembership.objects.get(reader=pupil, until=None).school_class == second

    too_early = {"school_class": first.pk, "since": "2027-05-01"}
    answer = office.post(reverse("readers:move", args=[pupil.pk]), too_early)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["since"])


def test_teacher_has_no_move(office):
    assert office.get(reverse("readers:move", args=[make_reader(category="teacher").pk])).status_code == 404


def test_lists_cost_the_same_for_one_and_many(office):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            office.get(reverse("readers:years"))
            office.get(reverse("readers:school_class", args=[make_class(2026, 1).pk]))
        return len(captured)

    make_reader(school_class=make_class(2026, 1))
    cost()
    few = cost()
    for number in range(4, 9):
        make_reader(school_class=make_class(2026, 1))
        make_reader(school_class=make_class(2026, number))
    cost()
    assert cost() == few
