import pytest
from django.urls import reverse

from tests.factories.catalog import make_copy
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


def home_of(client, *roles):
    client.force_login(make_user(*roles, name="李老师"))
    return client.get(reverse("home"))


def test_home_greets_and_leads_to_the_pages_of_the_role(client):
    make_school()
    page = home_of(client, "librarian").content.decode()
    assert "李老师" in page
    assert page.count(reverse("circulation:desk")) >= 2  # menu and tile


def test_home_of_a_role_without_the_desk_does_not_show_it(client):
    make_school()
    assert reverse("circulation:desk") not in home_of(client, "student").content.decode()


def test_home_of_a_new_library_tells_the_librarian_what_comes_next(client):
    make_school()
    steps = home_of(client, "librarian").context["steps"]
    assert [step.done for step in steps] == [False] * len(steps)
    assert steps[-1].url == reverse("circulation:desk")


def test_next_steps_are_not_for_other_roles(client):
    make_school()
    assert home_of(client, "administrator").context["steps"] == []


def test_step_that_was_begun_is_marked(client):
    make_school()
    make_copy()
    steps = home_of(client, "librarian").context["steps"]
    assert [step.done for step in steps if step.url == reverse("circulation:desk")] == [False]
    assert all(step.done for step in steps if "holdings" in step.url)
