import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Location, Shelf
from tests.factories.catalog import make_copy, make_location
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    make_school()
    make_school_year()
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


def test_place_is_entered_with_shelves_and_taken_away(client):
    client.post(reverse("places:new"), {"name": "绘本室", "hint": "二楼", "circulates": "on"})
    place = Location.objects.get()
    client.post(reverse("places:add_shelf", args=[place.pk]), {"name": "一号架", "begins_with": "I"})
    shelf = Shelf.objects.get()
    client.post(reverse("places:shelf", args=[shelf.pk]), {"name": "1 号架", "begins_with": "I2"})

    page = client.get(reverse("places:place", args=[place.pk])).content.decode()
    assert "1 号架" in page
    assert "I2" in page

    client.post(reverse("places:shelf_away", args=[shelf.pk]))
    client.post(reverse("places:remove", args=[place.pk]))
    assert not Location.objects.exists()


def test_place_in_use_says_what_to_do_instead(client):
    copy = make_copy()

    answer = client.post(reverse("places:remove", args=[copy.location_id]), follow=True)

    assert "Move them to another place first" in answer.content.decode()
    assert Location.objects.exists()


@pytest.mark.parametrize(
    ("name", "posted", "said"),
    [
        ("places:new", {"name": "流通书库"}, "Another place has this name."),
        ("places:new", {"name": ""}, "This field is required."),
    ],
)
def test_wrong_place_is_told_at_its_field(client, name, posted, said):
    make_location()

    answer = client.post(reverse(name), posted)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_wrong_shelf_is_told_at_its_field(client):
    answer = client.post(reverse("places:add_shelf", args=[make_location().pk]), {"name": "架", "begins_with": "书"})

    assert answer.status_code == 422
    assert answer.context["shelf_form"].errors["begins_with"] == ["This is no CLC number."]
    assert answer.context["form"]["name"].value() == "流通书库"


def test_overview_costs_the_same_for_few_places_and_many(client, django_assert_max_num_queries):
    for name in ("甲", "乙", "丙"):
        make_location(name)

    with django_assert_max_num_queries(8):
        page = client.get(reverse("places:overview")).content.decode()

    assert all(name in page for name in ("甲", "乙", "丙"))
