"""Covers as browsers get them: drawn where there is none, kept for ever where there is one."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from catalog.models import Cover
from catalog.operations.search_index import index_titles
from library_site.models import Role
from tests.factories.catalog import make_copy, make_cover, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def school():
    make_school()


def test_title_without_cover_shows_a_drawn_one_of_its_class(client):
    title = make_title("草房子", main_class="I", author="曹文轩")

    page = client.get(reverse("catalog:title", args=[title.pk])).content.decode()

    assert 'class-I cover-large"' in page
    assert "<img" not in page


def test_title_to_be_classified_has_a_drawn_cover_too(client):
    page = client.get(reverse("catalog:title", args=[make_title().pk])).content.decode()

    assert "class-none" in page


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


@pytest.fixture
def librarian():
    client = Client()
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


def photo(name="cover.jpg"):
    file = BytesIO()
    Image.new("RGB", (600, 840), (10, 90, 60)).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def test_librarian_uploads_a_cover_and_removes_it(librarian):
    title = make_title()
    page = reverse("covers:edit", args=[title.pk])

    saved = librarian.post(page, {"file": photo()})
    shown = librarian.get(page).content.decode()
    cover = Cover.objects.get()
    removed = librarian.post(reverse("covers:remove", args=[title.pk]))

    assert (saved.status_code, removed.status_code) == (302, 302)
    assert reverse("covers:image", args=[title.pk, cover.version]) in shown
    assert "cover-drawn" in librarian.get(page).content.decode()


def test_file_that_is_no_picture_is_refused_at_its_field(librarian):
    title = make_title()

    answer = librarian.post(
        reverse("covers:edit", args=[title.pk]), {"file": SimpleUploadedFile("cover.jpg", b"<svg/>", "image/jpeg")}
    )

    assert answer.status_code == 422
    assert "无法读取此图片" in answer.content.decode()


def test_record_without_a_picture_offers_none(librarian):
    title = make_title()

    page = librarian.get(reverse("covers:edit", args=[title.pk])).content.decode()
    answer = librarian.post(reverse("covers:from_record", args=[title.pk]), follow=True)

    assert reverse("covers:from_record", args=[title.pk]) not in page
    assert "没有从书目记录取得封面" in answer.content.decode()


def test_covers_are_set_by_the_librarian_alone():
    client = Client()
    client.force_login(make_user(Role.HELPER), backend="library_site.authentication.AccountBackend")

    assert client.get(reverse("covers:edit", args=[make_title().pk])).status_code == 403
