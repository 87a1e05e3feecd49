"""Covers as browsers get them: drawn where there is none, kept for ever where there is one."""

import pytest
from django.urls import reverse

from catalog.models import Cover
from catalog.operations.search_index import index_titles
from tests.factories.catalog import make_copy, make_cover, make_title
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def school():
    make_school()


def test_title_without_cover_shows_a_drawn_one_of_its_class(client):
    title = make_title("草房子", main_class="I", author="曹文轩")

    page = client.get(reverse("catalog:title", args=[title.pk])).content.decode()

    assert 'class="cover cover-drawn class-I cover-large"' in page
    assert "<img" not in page


def test_title_to_be_classified_has_a_drawn_cover_too(client):
    page = client.get(reverse("catalog:title", args=[make_title().pk])).content.decode()

    assert "cover-drawn class-none" in page


def test_search_hits_show_the_cover_of_their_title(client):
    cover = make_cover(title=make_title("三国演义", main_class="I"))
    make_copy(title=cover.title)
    index_titles([cover.title_id])

    page = client.get(reverse("catalog:search"), {"q": "三国"}).content.decode()

    assert reverse("covers:image", args=[cover.pk, cover.version]) in page


def test_image_is_kept_by_the_browser_for_ever(client):
    cover = make_cover()
    address = reverse("covers:image", args=[cover.pk, cover.version])

    answer = client.get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert answer.content == bytes(cover.image)
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_outdated_address_of_an_image_gets_the_present_one_and_is_not_kept(client):
    cover = make_cover()

    answer = client.get(reverse("covers:image", args=[cover.pk, "old"]))

    assert answer.content == bytes(cover.image)
    assert "immutable" not in answer.headers["Cache-Control"]


def test_image_of_a_title_without_cover_is_not_there(client):
    assert client.get(reverse("covers:image", args=[make_title().pk, "x"])).status_code == 404
    assert Cover.objects.count() == 0
