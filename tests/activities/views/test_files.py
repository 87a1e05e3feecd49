"""Files as they are sent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import StoredFile
from activities.operations.files import store_file
from tests.factories.files import PDF, picture_bytes, upload
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user


@pytest.fixture
def owner(db, client):
    make_school()
    make_school_year()
    owner = make_user("teacher")
    client.force_login(owner)
    return owner


def brought(by, content=None, name="photo.jpg") -> StoredFile:
    return store_file(upload=upload(content, name), by=by, at=timezone.now())


def address(stored: StoredFile, name: str = "file") -> str:
    return reverse(f"files:{name}", args=[stored.pk, stored.version])


def test_picture_is_sent_with_its_small_one(client, owner):
    stored = brought(owner, picture_bytes((900, 600)))

    large, small = client.get(address(stored)), client.get(address(stored, "preview"))

    assert large["Content-Type"] == small["Content-Type"] == "image/webp"
    assert len(small.content) < len(large.content)
    assert "Content-Disposition" not in large


def test_what_the_browser_has_is_not_sent_again(client, owner):
    stored = brought(owner)

    again = client.get(address(stored), headers={"If-None-Match": f'"{stored.version}"'})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("content", "name"), [(PDF, "征文.pdf"), (b"<script>", "征文.txt")])
def test_what_is_no_picture_is_a_download_and_never_a_page(client, owner, content, name):
    answer = client.get(address(brought(owner, content, name)))

    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''%E5%BE%81%E6%96%87{name[-4:]}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "html" not in answer["Content-Type"]
    assert client.get(address(StoredFile.objects.get(), "preview")).status_code == 404


@pytest.mark.parametrize("role", ["librarian", "principal", "student", "helper", "teacher", "administrator"])
def test_file_that_belongs_to_nothing_does_not_exist_for_others(client, owner, role):
    stored = brought(owner)
    client.force_login(make_user(role))

    assert client.get(address(stored)).status_code == 404
    assert client.get(address(stored, "preview")).status_code == 404


def test_file_that_belongs_to_nothing_is_shown_for_a_day(client, owner):
    stored = brought(owner)
    StoredFile.objects.filter(pk=stored.pk).update(added_at=timezone.now() - timedelta(days=2))

    assert client.get(address(stored)).status_code == 404


def test_file_does_not_exist_for_who_is_logged_out(client, owner):
    stored = brought(owner)
    client.logout()

    assert client.get(address(stored)).status_code == 404
